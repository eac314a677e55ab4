// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/row_copy.h"

#include "core/log.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <cmath>

namespace tracedeck {

namespace {

const RowCopyCell& cellAt(const std::vector<RowCopyCell>& row, std::size_t column)
{
    static const RowCopyCell missing{{}, true, false, 0};
    return column < row.size() ? row[column] : missing;
}

QString maskedText(const RowCopy::Column& column, const RowCopyCell& cell)
{
    if (looksSecret(column.id.toStdString())) {
        return QStringLiteral("\u2022\u2022\u2022");
    }
    return QString::fromStdString(redactSecrets(cell.text.toStdString()));
}

QString oneLine(QString text)
{
    for (const QChar c : {QChar(u'\t'), QChar(u'\n'), QChar(u'\r'), QChar(QChar::LineSeparator)}) {
        text.replace(c, QChar(u' '));
    }
    return text;
}

QString tsvOf(const RowCopy& copy)
{
    QStringList lines;
    QStringList cells;
    for (const RowCopy::Column& column : copy.columns) {
        cells.append(oneLine(column.title));
    }
    lines.append(cells.join(u'\t'));
    for (const std::vector<RowCopyCell>& row : copy.rows) {
        cells.clear();
        for (std::size_t i = 0; i < copy.columns.size(); ++i) {
            const RowCopyCell& cell = cellAt(row, i);
            cells.append(cell.missing ? QString() : oneLine(maskedText(copy.columns[i], cell)));
        }
        lines.append(cells.join(u'\t'));
    }
    return lines.join(u'\n') + u'\n';
}

QString jsonOf(const RowCopy& copy)
{
    QJsonArray rows;
    for (const std::vector<RowCopyCell>& row : copy.rows) {
        QJsonObject object;
        for (std::size_t i = 0; i < copy.columns.size(); ++i) {
            const RowCopyCell& cell = cellAt(row, i);
            const RowCopy::Column& column = copy.columns[i];
            if (cell.missing) {
                continue;
            }
            const bool number = cell.hasValue && std::isfinite(cell.value) && !looksSecret(column.id.toStdString());
            object.insert(column.id, number ? QJsonValue(cell.value) : QJsonValue(maskedText(column, cell)));
        }
        rows.append(object);
    }
    return QString::fromUtf8(QJsonDocument(rows).toJson(QJsonDocument::Indented));
}

QString markdownCell(QString text)
{
    text = oneLine(std::move(text));
    text.replace(u'\\', QStringLiteral("\\\\"));
    return text.replace(u'|', QStringLiteral("\\|"));
}

QString markdownOf(const RowCopy& copy)
{
    QString text;
    QString rule;
    for (const RowCopy::Column& column : copy.columns) {
        text += QStringLiteral("| ") + markdownCell(column.title) + u' ';
        rule += column.numbers ? QStringLiteral("| ---: ") : QStringLiteral("| --- ");
    }
    text += QStringLiteral("|\n") + rule + QStringLiteral("|\n");
    for (const std::vector<RowCopyCell>& row : copy.rows) {
        for (std::size_t i = 0; i < copy.columns.size(); ++i) {
            const RowCopyCell& cell = cellAt(row, i);
            text += QStringLiteral("| ")
                + (cell.missing ? QStringLiteral("\u2013") : markdownCell(maskedText(copy.columns[i], cell))) + u' ';
        }
        text += QStringLiteral("|\n");
    }
    return text;
}

} // namespace

QString encodeRows(const RowCopy& copy, RowCopyForm form)
{
    switch (form) {
    case RowCopyForm::Tsv:
        return tsvOf(copy);
    case RowCopyForm::Json:
        return jsonOf(copy);
    case RowCopyForm::Markdown:
        break;
    }
    return markdownOf(copy);
}

} // namespace tracedeck
