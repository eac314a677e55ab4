// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/route.h"

#include <QRegularExpression>
#include <QUrl>

namespace tracedeck {

namespace {
constexpr std::size_t kMostPlaces = 100;
}

QString Route::toText() const
{
    QUrl url;
    url.setScheme(QStringLiteral("tracedeck"));
    url.setHost(page);
    if (!item.isEmpty()) {
        url.setPath(u'/' + item);
    }
    if (!state.isEmpty()) {
        url.setQuery(state);
    }
    return url.toString(QUrl::FullyEncoded);
}

std::optional<Route> Route::fromText(const QString& text)
{
    const QUrl url(text.trimmed(), QUrl::StrictMode);
    if (!url.isValid() || url.scheme() != QStringLiteral("tracedeck") || url.host().isEmpty()) {
        return std::nullopt;
    }
    Route route;
    route.page = url.host();
    route.item = url.path().mid(1);
    route.state = QUrlQuery(url.query(QUrl::FullyEncoded));
    return route;
}

void Navigation::visit(const Route& route)
{
    if (!m_places.empty() && m_places[m_position] == route) {
        return;
    }
    if (!m_places.empty()) {
        m_places.resize(m_position + 1);
    }
    m_places.push_back(route);
    if (m_places.size() > kMostPlaces) {
        m_places.erase(m_places.begin());
    }
    m_position = m_places.size() - 1;
}

void Navigation::replace(const Route& route)
{
    if (m_places.empty()) {
        visit(route);
        return;
    }
    m_places[m_position] = route;
}

std::optional<Route> Navigation::back()
{
    if (!canGoBack()) {
        return std::nullopt;
    }
    return m_places[--m_position];
}

std::optional<Route> Navigation::forward()
{
    if (!canGoForward()) {
        return std::nullopt;
    }
    return m_places[++m_position];
}

std::optional<Route> routeOfPastedText(const QString& text)
{
    static const QRegularExpression traceParent(QStringLiteral("^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$"),
                                                QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression traceId(QStringLiteral("^([0-9a-f]{32})$"),
                                            QRegularExpression::CaseInsensitiveOption);
    const QString trimmed = text.trimmed();
    for (const QRegularExpression& form : {traceParent, traceId}) {
        const QRegularExpressionMatch match = form.match(trimmed);
        if (match.hasMatch()) {
            return Route{QStringLiteral("traces"), match.captured(1).toLower(), {}};
        }
    }
    return Route::fromText(trimmed);
}

} // namespace tracedeck
