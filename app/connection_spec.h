// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "sources/engine_endpoint.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace tracedeck {

enum class ConnectionKind : std::uint8_t { Docker, Podman, Pulse };

/// One place a fleet is read from, as a person or a team set it up. Secrets are not part of it: they lie
/// in the secret store under the connection's id.
struct ConnectionSpec {
    QString id; ///< stable, also the instance name in row keys: "docker:local"
    ConnectionKind kind = ConnectionKind::Docker;
    QString label; ///< for people; empty = made of kind and address
    QString address; ///< "unix:///run/docker.sock", "https://pulse.example.org"
    TlsTrust trust;
    QStringList tokenCommand; ///< prints the token, run without a shell; empty = the secret store has it
    QString proxy; ///< see sources/proxy_choice.h; empty = the system's
    QStringList openWith; ///< "open in": argv with {id} {name} {host} {address}; empty = none
    bool paused = false;
    bool locked = false; ///< set up by the team: can be paused, not changed
    bool found = false; ///< found on this machine, not set up by anybody; not saved

    [[nodiscard]] QString shownLabel() const;
    bool operator==(const ConnectionSpec&) const = default;
};

[[nodiscard]] QString connectionKindKey(ConnectionKind kind);
/// "Docker", "Podman", "Pulse".
[[nodiscard]] QString connectionKindLabel(ConnectionKind kind);
[[nodiscard]] std::optional<ConnectionKind> connectionKindFromKey(const QString& key);

[[nodiscard]] QJsonObject connectionToJson(const ConnectionSpec& spec);
/// InvalidArgument names the field that is missing or wrong. Unknown fields are ignored.
[[nodiscard]] Result<ConnectionSpec> connectionFromJson(const QJsonObject& json);

/// The sockets of container engines on this machine, in the order Docker, Podman, rootless Docker, rootless
/// Podman. Looks at files, connects to nothing. `environment` gives variables, for tests.
struct LocalEngines {
    std::vector<ConnectionSpec> usable; ///< this user may read them
    std::vector<ConnectionSpec> denied; ///< they are there, and need a right first
};
[[nodiscard]] LocalEngines localEngines(const std::function<QString(const char*)>& environment = {},
                                        const QString& root = {},
                                        const std::function<bool(const QString&)>& mayUse = {});
[[nodiscard]] std::vector<ConnectionSpec> localEngineConnections(
    const std::function<QString(const char*)>& environment = {}, const QString& root = {});

} // namespace tracedeck
