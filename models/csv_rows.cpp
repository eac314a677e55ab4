// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/csv_rows.h"

#include "core/log.h"

#include <QStringList>
#include <cmath>

namespace tracedeck {
namespace {

QString csvText(QString text)
{
    if (!text.isEmpty() && QStringLiteral("=+-@\t").contains(text.front())) {
        text.prepend(u'\'');
    }
    const bool plain = !text.contains(u',') && !text.contains(u'"') && !text.contains(u'\n') && !text.contains(u'\r');
    return plain ? text : u'"' + text.replace(u'"', QStringLiteral("\"\"")) + u'"';
}

QString csvCell(const RowCopy::Column& column, const RowCopyCell& cell)
{
    if (cell.missing) {
        return {};
    }
    if (looksSecret(column.id.toStdString())) {
        return QStringLiteral("\u2022\u2022\u2022");
    }
    if (cell.hasValue && std::isfinite(cell.value)) {
        return QString::number(cell.value, 'g', 15);
    }
    return csvText(QString::fromStdString(redactSecrets(cell.text.toStdString())));
}

} // namespace

QString encodeCsv(const RowCopy& rows)
{
    const QString lineEnd = QStringLiteral("\r\n");
    QStringList cells;
    for (const RowCopy::Column& column : rows.columns) {
        cells.append(csvText(column.id));
    }
    QString text = cells.join(u',') + lineEnd;
    for (const std::vector<RowCopyCell>& row : rows.rows) {
        cells.clear();
        for (std::size_t i = 0; i < rows.columns.size(); ++i) {
            cells.append(i < row.size() ? csvCell(rows.columns[i], row[i]) : QString());
        }
        text += cells.join(u',') + lineEnd;
    }
    return text;
}

} // namespace tracedeck
