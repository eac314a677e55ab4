// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/trace_match_link.h"

#include "views/fact_words.h"

#include <QUrl>
#include <algorithm>

namespace tracedeck {
namespace {

constexpr std::size_t kMostWays = 8;

void put(QUrlQuery& state, const char16_t* key, const QString& value)
{
    state.addQueryItem(QString::fromUtf16(key), QString::fromLatin1(QUrl::toPercentEncoding(value)));
}

} // namespace

QString traceMatchLink(const QString& subject, const std::vector<TraceMatch>& matches)
{
    TraceMatchWish wish;
    wish.subject = subject;
    for (const TraceMatch& match : matches) {
        wish.ways.push_back({utf8Text(match.key), utf8Text(match.value), utf8Text(match.query)});
    }
    if (wish.isEmpty()) {
        return {};
    }
    QUrlQuery state;
    addMatchWish(state, wish);
    return pageLink(QStringLiteral("traces"), state);
}

void addMatchWish(QUrlQuery& state, const TraceMatchWish& wish)
{
    if (wish.isEmpty()) {
        return;
    }
    put(state, u"of", wish.subject);
    for (const TraceMatchWish::Way& way : wish.ways) {
        put(state, u"by", way.key);
        put(state, u"is", way.value);
        put(state, u"try", way.query);
    }
}

TraceMatchWish readMatchWish(const QUrlQuery& state)
{
    const QStringList keys = state.allQueryItemValues(QStringLiteral("by"), QUrl::FullyDecoded);
    const QStringList values = state.allQueryItemValues(QStringLiteral("is"), QUrl::FullyDecoded);
    const QStringList queries = state.allQueryItemValues(QStringLiteral("try"), QUrl::FullyDecoded);
    TraceMatchWish wish;
    if (keys.size() != queries.size() || values.size() != queries.size()) {
        return wish;
    }
    wish.subject = state.queryItemValue(QStringLiteral("of"), QUrl::FullyDecoded);
    for (qsizetype i = 0; i < std::min<qsizetype>(queries.size(), kMostWays); ++i) {
        wish.ways.push_back({keys.at(i), values.at(i), queries.at(i)});
    }
    return wish;
}

} // namespace tracedeck
