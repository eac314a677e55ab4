// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/connection_spec.h"

#include "sources/proxy_choice.h"
#include "sources/socket_permission.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonArray>
#include <QUrl>

#include <algorithm>
#include <array>

namespace tracedeck {
namespace {

struct KindNames {
    ConnectionKind kind;
    const char* key;
    const char* label;
};

constexpr std::array<KindNames, 3> kKinds{{{ConnectionKind::Docker, "docker", "Docker"},
                                           {ConnectionKind::Podman, "podman", "Podman"},
                                           {ConnectionKind::Pulse, "pulse", "Pulse"}}};

const KindNames& namesOf(ConnectionKind kind)
{
    return kKinds.at(static_cast<std::size_t>(kind));
}

QJsonArray toArray(const QStringList& texts)
{
    return QJsonArray::fromStringList(texts);
}

QStringList toTexts(const QJsonValue& value)
{
    QStringList out;
    for (const QJsonValue item : value.toArray()) {
        out.append(item.toString());
    }
    return out;
}

Error wrongField(const QString& field, const QString& why)
{
    return makeError(ErrorCode::InvalidArgument, "connection",
                     QStringLiteral("\"%1\" %2").arg(field, why).toStdString());
}

} // namespace

QString connectionKindKey(ConnectionKind kind)
{
    return QString::fromLatin1(namesOf(kind).key);
}

QString connectionKindLabel(ConnectionKind kind)
{
    return QString::fromLatin1(namesOf(kind).label);
}

std::optional<ConnectionKind> connectionKindFromKey(const QString& key)
{
    const auto found = std::find_if(kKinds.begin(), kKinds.end(),
                                    [&](const KindNames& names) { return key == QLatin1String(names.key); });
    return found == kKinds.end() ? std::nullopt : std::optional(found->kind);
}

QString ConnectionSpec::shownLabel() const
{
    if (!label.isEmpty()) {
        return label;
    }
    const QString host = QUrl(address).host();
    return host.isEmpty() ? connectionKindLabel(kind)
                          : connectionKindLabel(kind) + QCoreApplication::translate("Connections", " on %1").arg(host);
}

QJsonObject connectionToJson(const ConnectionSpec& spec)
{
    QJsonObject json;
    const auto put = [&](const QString& name, const QString& value) {
        if (!value.isEmpty()) {
            json.insert(name, value);
        }
    };
    put(QStringLiteral("id"), spec.id);
    put(QStringLiteral("kind"), connectionKindKey(spec.kind));
    put(QStringLiteral("label"), spec.label);
    put(QStringLiteral("address"), spec.address);
    put(QStringLiteral("proxy"), spec.proxy);
    put(QStringLiteral("ca_file"), spec.trust.caFile);
    put(QStringLiteral("fingerprint"), spec.trust.fingerprint);
    put(QStringLiteral("client_cert"), spec.trust.clientCertFile);
    put(QStringLiteral("client_key"), spec.trust.clientKeyFile);
    if (!spec.tokenCommand.isEmpty()) {
        json.insert(QStringLiteral("token_command"), toArray(spec.tokenCommand));
    }
    if (!spec.openWith.isEmpty()) {
        json.insert(QStringLiteral("open_with"), toArray(spec.openWith));
    }
    if (spec.paused) {
        json.insert(QStringLiteral("paused"), true);
    }
    return json;
}

Result<ConnectionSpec> connectionFromJson(const QJsonObject& json)
{
    ConnectionSpec spec;
    const auto text = [&](const char* name) { return json.value(QLatin1String(name)).toString().trimmed(); };
    const auto kind = connectionKindFromKey(text("kind"));
    if (!kind) {
        return wrongField(QStringLiteral("kind"), QStringLiteral("must be docker, podman or pulse"));
    }
    spec.kind = *kind;
    spec.id = text("id");
    spec.label = text("label");
    spec.address = text("address");
    if (spec.address.isEmpty()) {
        return wrongField(QStringLiteral("address"), QStringLiteral("is missing"));
    }
    if (*kind != ConnectionKind::Pulse && !EngineEndpoint::fromText(spec.address)) {
        return wrongField(QStringLiteral("address"), QStringLiteral("is no unix://, tcp:// or https:// address"));
    }
    const QUrl url(spec.address, QUrl::StrictMode);
    if (*kind == ConnectionKind::Pulse
        && (!url.isValid() || url.host().isEmpty() || !url.scheme().startsWith(QStringLiteral("http")))) {
        return wrongField(QStringLiteral("address"), QStringLiteral("is no http:// or https:// address"));
    }
    if (!url.userInfo().isEmpty()) {
        return wrongField(QStringLiteral("address"), QStringLiteral("must not carry a name or password"));
    }
    if (spec.id.isEmpty()) {
        spec.id = connectionKindKey(spec.kind) + u':' + spec.address;
    }
    spec.proxy = text("proxy");
    if (!isProxyText(spec.proxy)) {
        return wrongField(QStringLiteral("proxy"),
                          QStringLiteral("must be none, http://HOST:PORT or socks5://HOST:PORT, without a password"));
    }
    spec.trust = {text("ca_file"), text("fingerprint"), text("client_cert"), text("client_key")};
    spec.tokenCommand = toTexts(json.value(u"token_command"));
    spec.openWith = toTexts(json.value(u"open_with"));
    spec.paused = json.value(u"paused").toBool();
    return spec;
}

std::vector<ConnectionSpec> localEngineConnections(const std::function<QString(const char*)>& environment,
                                                   const QString& root)
{
    return localEngines(environment, root).usable;
}

LocalEngines localEngines(const std::function<QString(const char*)>& environment, const QString& root,
                          const std::function<bool(const QString&)>& mayUse)
{
    const auto variable = [&](const char* name) {
        return environment ? environment(name) : QString::fromLocal8Bit(qgetenv(name));
    };
    LocalEngines found;
    QStringList seen;
    const auto add = [&](ConnectionKind kind, const QString& id, const QString& label, const QString& path) {
        const QString real = QFileInfo(root + path).canonicalFilePath();
        const SocketPermission permission = socketPermission(root + path);
        if (path.isEmpty() || seen.contains(real) || !permission.there) {
            return;
        }
        const bool allowed = mayUse ? mayUse(root + path) : permission.allowed;
        seen.append(real);
        ConnectionSpec spec;
        spec.id = id;
        spec.kind = kind;
        spec.label = label;
        spec.address = QStringLiteral("unix://") + root + path;
        spec.found = true;
        (allowed ? found.usable : found.denied).push_back(std::move(spec));
    };
    const QString runtime = variable("XDG_RUNTIME_DIR");
    const auto named = EngineEndpoint::fromText(variable("DOCKER_HOST"));
    if (named && named->transport == EngineEndpoint::Transport::UnixSocket) {
        add(ConnectionKind::Docker, QStringLiteral("docker:local"), QStringLiteral("Docker"), named->path);
    }
    add(ConnectionKind::Docker, found.usable.empty() ? QStringLiteral("docker:local") : QStringLiteral("docker:system"),
        QStringLiteral("Docker"), QStringLiteral("/run/docker.sock"));
    add(ConnectionKind::Podman, QStringLiteral("podman:local"), QStringLiteral("Podman"),
        QStringLiteral("/run/podman/podman.sock"));
    if (!runtime.isEmpty()) {
        add(ConnectionKind::Docker, QStringLiteral("docker:user"), QStringLiteral("Docker, rootless"),
            runtime + QStringLiteral("/docker.sock"));
        add(ConnectionKind::Podman, QStringLiteral("podman:user"), QStringLiteral("Podman, rootless"),
            runtime + QStringLiteral("/podman/podman.sock"));
    }
    return found;
}

} // namespace tracedeck
