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

QString Route::openItem() const
{
    for (const char16_t* key : {u"trace", u"row"}) {
        if (QString open = state.queryItemValue(QString::fromUtf16(key)); !open.isEmpty()) {
            return open;
        }
    }
    return item;
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
    if (m_position > 0 && m_places[m_position - 1] == route) {
        m_places.erase(m_places.begin() + static_cast<std::ptrdiff_t>(m_position--));
    }
}

void Navigation::follow(const Route& route)
{
    const QString opened = route.openItem();
    const bool isNew = m_places.empty() || m_places[m_position].page != route.page
        || (!opened.isEmpty() && opened != m_places[m_position].openItem());
    isNew ? visit(route) : replace(route);
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
