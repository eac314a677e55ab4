// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/proxy_choice.h"

#include "sources/engine_endpoint.h"

#include <QHostAddress>
#include <QNetworkProxyFactory>
#include <QUrl>

namespace tracedeck {
namespace {

constexpr int kHttpProxyPort = 3128;
constexpr int kSocksPort = 1080;
const QString kNone = QStringLiteral("none");

std::optional<QNetworkProxy> proxyOfText(const QString& text)
{
    const QUrl url(text.trimmed(), QUrl::StrictMode);
    const bool socks = url.scheme() == QStringLiteral("socks5");
    if (!url.isValid() || url.host().isEmpty() || (!socks && url.scheme() != QStringLiteral("http"))
        || !url.userInfo().isEmpty() || url.path().size() > 1 || url.hasQuery()) {
        return std::nullopt;
    }
    return QNetworkProxy(socks ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy, url.host(),
                         static_cast<quint16>(url.port(socks ? kSocksPort : kHttpProxyPort)));
}

bool isOwnMachine(const QString& host)
{
    return host == QStringLiteral("localhost") || QHostAddress(host).isLoopback();
}

} // namespace

bool isProxyText(const QString& text)
{
    return text.isEmpty() || text == kNone || proxyOfText(text).has_value();
}

ProxyChoice proxyOf(const EngineEndpoint& endpoint)
{
    ProxyChoice choice;
    if (endpoint.transport == EngineEndpoint::Transport::UnixSocket || endpoint.proxy == kNone) {
        return choice;
    }
    if (const auto named = proxyOfText(endpoint.proxy)) {
        return {*named, ProxyChoice::Origin::Settings};
    }
    if (isOwnMachine(endpoint.host)) {
        return choice;
    }
    QUrl url;
    const bool tls = endpoint.transport == EngineEndpoint::Transport::Tls;
    url.setScheme(tls ? QStringLiteral("https") : QStringLiteral("http"));
    url.setHost(endpoint.host);
    url.setPort(endpoint.port);
    for (const QNetworkProxy& proxy : QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(url))) {
        if (proxy.type() == QNetworkProxy::NoProxy) {
            return choice;
        }
        if (proxy.capabilities().testFlag(QNetworkProxy::TunnelingCapability)) {
            return {proxy, ProxyChoice::Origin::System};
        }
    }
    return choice;
}

} // namespace tracedeck
