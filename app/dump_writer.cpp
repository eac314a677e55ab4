// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/dump_writer.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

namespace tracedeck {

namespace {

QString phaseName(SourceBadge::Phase phase)
{
    switch (phase) {
    case SourceBadge::Phase::Connecting:
        return QStringLiteral("connecting");
    case SourceBadge::Phase::Fresh:
        return QStringLiteral("fresh");
    case SourceBadge::Phase::Stale:
        return QStringLiteral("stale");
    case SourceBadge::Phase::Failed:
        return QStringLiteral("failed");
    case SourceBadge::Phase::Paused:
        break;
    }
    return QStringLiteral("paused");
}

QJsonObject rowJson(const DumpRow& row)
{
    QJsonObject cells;
    for (const DumpCell& cell : row.cells) {
        cells.insert(cell.column,
                     QJsonObject{{QStringLiteral("text"), cell.text},
                                 {QStringLiteral("value"), QJsonValue::fromVariant(cell.value)},
                                 {QStringLiteral("unit"), cell.unit}});
    }
    return {{QStringLiteral("kind"), row.group ? QStringLiteral("group") : QStringLiteral("row")},
            {QStringLiteral("key"), QStringLiteral("%1").arg(row.key, 16, 16, QChar(u'0'))},
            {QStringLiteral("cells"), cells}};
}

} // namespace

QByteArray dumpJson(const QString& page, const PageDump& dump, const std::vector<SourceBadge>& sources,
                    const QStringList& missing)
{
    QJsonArray rows;
    for (const DumpRow& row : dump.rows) {
        rows.append(rowJson(row));
    }
    QJsonArray sourceList;
    for (const SourceBadge& source : sources) {
        sourceList.append(QJsonObject{{QStringLiteral("id"), source.id},
                                      {QStringLiteral("label"), source.label},
                                      {QStringLiteral("state"), phaseName(source.phase)},
                                      {QStringLiteral("reason"), source.reason}});
    }
    QJsonObject root{{QStringLiteral("page"), page},
                     {QStringLiteral("columns"), QJsonArray::fromStringList(dump.columns)},
                     {QStringLiteral("rows"), rows},
                     {QStringLiteral("shown"), static_cast<qint64>(dump.shown)},
                     {QStringLiteral("total"), static_cast<qint64>(dump.total)},
                     {QStringLiteral("sources"), sourceList}};
    if (!missing.isEmpty()) {
        root.insert(QStringLiteral("missing"), QJsonArray::fromStringList(missing));
    }
    return QJsonDocument(root).toJson(QJsonDocument::Indented);
}

Result<void> writeFileWhole(const QString& path, const QByteArray& content)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size() || !file.commit()) {
        return makeError(ErrorCode::ReadOnly, path.toStdString(),
                         "Could not be written: " + file.errorString().toStdString());
    }
    return {};
}

} // namespace tracedeck
