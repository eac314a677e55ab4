// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/table_choice.h"

#include <QUrl>
#include <algorithm>

namespace tracedeck {

namespace {

void put(QUrlQuery& query, const QString& key, const QString& value)
{
    if (!value.isEmpty()) {
        query.addQueryItem(key, QString::fromLatin1(QUrl::toPercentEncoding(value)));
    }
}

QString sortWord(const QString& key, bool descending)
{
    return (descending ? QStringLiteral("-") : QString()) + key;
}

void readSortWord(const QString& word, QString& key, bool& descending)
{
    descending = word.startsWith(u'-');
    key = descending ? word.mid(1) : word;
}

QString take(const QUrlQuery& query, const QString& key)
{
    return query.queryItemValue(key, QUrl::FullyDecoded);
}

} // namespace

bool TableChoice::hasFilter() const
{
    return !text.isEmpty() || !view.isEmpty() || !status.isEmpty() || !source.isEmpty() || problemsOnly || host != 0
        || changedMinutes != 0;
}

bool TableChoice::hasOrderOf(const TableChoice& other) const
{
    return sortKey == other.sortKey && descending == other.descending && thenSortKey == other.thenSortKey
        && thenDescending == other.thenDescending;
}

bool TableChoice::isNested() const
{
    return !thenGrouping.isEmpty() && thenGrouping != grouping && grouping != QStringLiteral("none");
}

void TableChoice::clearFilter()
{
    text.clear();
    view.clear();
    status.clear();
    source.clear();
    problemsOnly = false;
    changedMinutes = 0;
    host = 0;
    hostName.clear();
}

int changeWindowOf(int minutes)
{
    const auto found = std::find(kChangeWindows.begin(), kChangeWindows.end(), minutes);
    return found == kChangeWindows.end() ? 0 : *found;
}

void TableChoice::nextChangeWindow()
{
    const auto next = std::upper_bound(kChangeWindows.begin(), kChangeWindows.end(), changedMinutes);
    changedMinutes = next == kChangeWindows.end() ? 0 : *next;
}

void TableChoice::thenSortBy(const QString& key, bool descendingFirst)
{
    if (key == sortKey) {
        descending = !descending;
    } else if (key != thenSortKey) {
        thenSortKey = key;
        thenDescending = descendingFirst;
    } else if (thenDescending == descendingFirst) {
        thenDescending = !thenDescending;
    } else {
        thenSortKey.clear();
        thenDescending = false;
    }
}

QUrlQuery TableChoice::toQuery() const
{
    QUrlQuery query;
    put(query, QStringLiteral("q"), text);
    put(query, QStringLiteral("view"), view);
    put(query, QStringLiteral("status"), status);
    put(query, QStringLiteral("source"), source);
    put(query, QStringLiteral("group"), thenGrouping.isEmpty() ? grouping : grouping + u',' + thenGrouping);
    put(query, QStringLiteral("worst"), worstGroupsFirst ? QStringLiteral("1") : QString());
    if (sortKey != QStringLiteral("name") || descending || !thenSortKey.isEmpty()) {
        const QString then = thenSortKey.isEmpty() ? QString() : u',' + sortWord(thenSortKey, thenDescending);
        put(query, QStringLiteral("sort"), sortWord(sortKey, descending) + then);
    }
    put(query, QStringLiteral("problems"), problemsOnly ? QStringLiteral("1") : QString());
    put(query, QStringLiteral("changed"), changedMinutes == 0 ? QString() : QString::number(changedMinutes));
    put(query, QStringLiteral("host"), host == 0 ? QString() : QString::number(host, 16));
    put(query, QStringLiteral("hostname"), hostName);
    return query;
}

void TableChoice::readQuery(const QUrlQuery& query)
{
    text = take(query, QStringLiteral("q"));
    view = take(query, QStringLiteral("view"));
    status = take(query, QStringLiteral("status"));
    source = take(query, QStringLiteral("source"));
    const QString group = take(query, QStringLiteral("group"));
    if (!group.isEmpty()) {
        grouping = group.section(u',', 0, 0);
        thenGrouping = group.section(u',', 1, 1);
        worstGroupsFirst = take(query, QStringLiteral("worst")) == QStringLiteral("1");
    }
    const QString sort = take(query, QStringLiteral("sort"));
    readSortWord(sort.section(u',', 0, 0), sortKey, descending);
    sortKey = sortKey.isEmpty() ? QStringLiteral("name") : sortKey;
    readSortWord(sort.section(u',', 1, 1), thenSortKey, thenDescending);
    problemsOnly = take(query, QStringLiteral("problems")) == QStringLiteral("1");
    changedMinutes = changeWindowOf(take(query, QStringLiteral("changed")).toInt());
    host = take(query, QStringLiteral("host")).toULongLong(nullptr, 16);
    hostName = host == 0 ? QString() : take(query, QStringLiteral("hostname"));
}

} // namespace tracedeck
