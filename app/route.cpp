// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/route.h"

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
    if (route.page == QStringLiteral("trace") && !route.item.isEmpty()) {
        route.page = QStringLiteral("traces");
    }
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

} // namespace tracedeck
