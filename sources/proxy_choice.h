// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QNetworkProxy>
#include <QString>

#include <cstdint>
#include <optional>

namespace tracedeck {

struct EngineEndpoint;

/// How a connection's proxy is written in settings: empty = what the system says, "none" = straight to the
/// server, else "http://host:3128" or "socks5://host:1080". Names and passwords are refused: they do not
/// belong into settings.
[[nodiscard]] bool isProxyText(const QString& text);

/// The proxy to use for an endpoint, with where that was said.
struct ProxyChoice {
    enum class Origin : std::uint8_t { None, System, Settings };
    QNetworkProxy proxy{QNetworkProxy::NoProxy};
    Origin origin = Origin::None;
    [[nodiscard]] bool isUsed() const { return proxy.type() != QNetworkProxy::NoProxy; }
};

/// Sockets and loopback never go through the system's proxy. The system's are asked for anew each time; the
/// look-up reads the environment and may read the desktop's settings.
[[nodiscard]] ProxyChoice proxyOf(const EngineEndpoint& endpoint);

} // namespace tracedeck
