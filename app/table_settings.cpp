// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/table_settings.h"

#include <QJsonArray>
#include <algorithm>

namespace tracedeck {

namespace {

QJsonArray keysToJson(const std::vector<RowKey>& keys)
{
    QJsonArray list;
    for (const RowKey key : keys) {
        list.append(QString::number(key, 16));
    }
    return list;
}

std::vector<RowKey> keysFromJson(const QJsonValue& value)
{
    std::vector<RowKey> keys;
    for (const QJsonValue& entry : value.toArray()) {
        bool ok = false;
        const RowKey key = entry.toString().toULongLong(&ok, 16);
        if (ok && key != 0) {
            keys.push_back(key);
        }
    }
    return keys;
}

void takeMember(QString& out, const QJsonObject& object, QStringView key)
{
    out = object.value(key).toString(out);
}

void takeMember(bool& out, const QJsonObject& object, QStringView key)
{
    out = object.value(key).toBool(out);
}

} // namespace

QJsonObject choiceToJson(const TableChoice& choice)
{
    return {{QStringLiteral("text"), choice.text},
            {QStringLiteral("view"), choice.view},
            {QStringLiteral("status"), choice.status},
            {QStringLiteral("source"), choice.source},
            {QStringLiteral("grouping"), choice.grouping},
            {QStringLiteral("thenGrouping"), choice.thenGrouping},
            {QStringLiteral("sort"), choice.sortKey},
            {QStringLiteral("descending"), choice.descending},
            {QStringLiteral("thenSort"), choice.thenSortKey},
            {QStringLiteral("thenDescending"), choice.thenDescending},
            {QStringLiteral("problemsOnly"), choice.problemsOnly},
            {QStringLiteral("changedMinutes"), choice.changedMinutes},
            {QStringLiteral("worstGroupsFirst"), choice.worstGroupsFirst},
            {QStringLiteral("collapsed"), keysToJson(choice.collapsed)},
            {QStringLiteral("pinned"), keysToJson(choice.pinned)}};
}

TableChoice choiceFromJson(const QJsonObject& object, TableChoice fallback)
{
    TableChoice choice = std::move(fallback);
    takeMember(choice.text, object, u"text");
    takeMember(choice.view, object, u"view");
    takeMember(choice.status, object, u"status");
    takeMember(choice.source, object, u"source");
    takeMember(choice.grouping, object, u"grouping");
    takeMember(choice.thenGrouping, object, u"thenGrouping");
    takeMember(choice.sortKey, object, u"sort");
    takeMember(choice.descending, object, u"descending");
    takeMember(choice.thenSortKey, object, u"thenSort");
    takeMember(choice.thenDescending, object, u"thenDescending");
    takeMember(choice.problemsOnly, object, u"problemsOnly");
    choice.changedMinutes = changeWindowOf(object.value(u"changedMinutes").toInt(choice.changedMinutes));
    takeMember(choice.worstGroupsFirst, object, u"worstGroupsFirst");
    if (object.contains(u"collapsed")) {
        choice.collapsed = keysFromJson(object.value(u"collapsed"));
        std::sort(choice.collapsed.begin(), choice.collapsed.end());
    }
    if (object.contains(u"pinned")) {
        choice.pinned = keysFromJson(object.value(u"pinned"));
    }
    return choice;
}

QJsonObject layoutToJson(const TableLayoutState& layout)
{
    QJsonArray columns;
    for (const TableLayoutState::Column& column : layout.columns) {
        columns.append(QJsonObject{{QStringLiteral("id"), column.id},
                                   {QStringLiteral("width"), column.width},
                                   {QStringLiteral("hidden"), column.hidden},
                                   {QStringLiteral("kept"), column.kept}});
    }
    return {{QStringLiteral("columns"), columns}};
}

TableLayoutState layoutFromJson(const QJsonObject& object)
{
    TableLayoutState layout;
    for (const QJsonValue& entry : object.value(u"columns").toArray()) {
        const QJsonObject column = entry.toObject();
        const QString id = column.value(u"id").toString();
        if (!id.isEmpty()) {
            layout.columns.push_back({id, std::clamp(column.value(u"width").toInt(), 0, 4000),
                                      column.value(u"hidden").toBool(), column.value(u"kept").toBool()});
        }
    }
    return layout;
}

} // namespace tracedeck
