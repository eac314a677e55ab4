// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/query_history.h"

#include "app/settings_store.h"

#include <QJsonArray>

namespace tracedeck {

namespace {

QString historyPath(const QString& page)
{
    return QStringLiteral("search.history.") + page;
}

} // namespace

QStringList QueryHistory::of(const QString& page) const
{
    QStringList queries;
    for (const QJsonValue& entry : m_settings.value(historyPath(page)).toArray()) {
        const QString query = entry.toString();
        if (!query.isEmpty() && query.size() <= kLongest && queries.size() < kMost && !queries.contains(query)) {
            queries.append(query);
        }
    }
    return queries;
}

void QueryHistory::add(const QString& page, const QString& query)
{
    const QString text = query.trimmed();
    if (text.isEmpty() || text.size() > kLongest) {
        return;
    }
    QStringList queries = of(page);
    queries.removeAll(text);
    queries.prepend(text);
    m_settings.setValue(historyPath(page), QJsonArray::fromStringList(queries.mid(0, kMost)));
}

} // namespace tracedeck
