// SPDX-License-Identifier: GPL-3.0-or-later
// What the other side answers: which engine or server it is and what it lets us read.
#include "formats/engine_json.h"
#include "sources/connection_probe.h"
#include "sources/engine_api_version.h"

namespace tracedeck {
namespace {

constexpr std::size_t kMaxProbeBytes = std::size_t{4} << 20U;
constexpr int kUnauthorized = 401;

} // namespace

void ConnectionProbe::failTransport(const QString& name, const Error& error)
{
    fail(name, QString::fromStdString(error.what));
}

void ConnectionProbe::askPing()
{
    m_client = new EngineHttpClient(m_endpoint, this);
    if (!m_basePath.isEmpty()) {
        askPulse(); // engines do not live below a path
        return;
    }
    m_client->get("/_ping", kMaxProbeBytes, [this](const Result<EngineReply>& reply) {
        reply.ok() ? judgePing(*reply) : failTransport(tr("Answer"), reply.error());
    });
}

/// A connection of its own: the one before was opened without the token.
void ConnectionProbe::useHeader(const QByteArray& name)
{
    m_client->deleteLater();
    m_client = new EngineHttpClient(m_endpoint, this);
    m_client->setHeaders(tokenHeader(name, m_request.token));
}

void ConnectionProbe::judgePing(const EngineReply& reply)
{
    if (reply.head.status == kUnauthorized && !m_request.token.isEmpty() && !m_bearer) {
        m_bearer = true; // a server in front of the engine, perhaps
        useHeader("Authorization: Bearer ");
        m_client->get("/_ping", kMaxProbeBytes, [this](const Result<EngineReply>& again) {
            again.ok() ? judgePing(*again) : failTransport(tr("Answer"), again.error());
        });
        return;
    }
    const Result<EngineApiVersion> version = negotiateEngineVersion(reply.head);
    if (!version.ok()) {
        if (reply.head.field("api-version").empty() && m_endpoint.transport != EngineEndpoint::Transport::UnixSocket) {
            askPulse();
        } else {
            fail(tr("Version"), QString::fromStdString(version.error().what));
        }
        return;
    }
    m_report.kind = version->podman.empty() ? QStringLiteral("docker") : QStringLiteral("podman");
    m_report.address = m_endpoint.text(); // with its port: other programs take another one as given
    m_report.version = QString::fromStdString(version->podman.empty() ? version->api : version->podman);
    pass(tr("Answer"),
         version->podman.empty() ? tr("Docker, API %1").arg(m_report.version)
                                 : tr("Podman %1, API %2").arg(m_report.version, QString::fromStdString(version->api)));
    if (m_endpoint.transport == EngineEndpoint::Transport::Tcp) {
        m_report.steps.push_back({tr("Encryption"),
                                  ProbeStep::Outcome::Warned,
                                  tr("none: whoever reads the network sees it, and this port is as good as root there"),
                                  {}});
    }
    askEngineAccess(version->api);
}

void ConnectionProbe::askEngineAccess(const std::string& api)
{
    m_client->get("/v" + api + "/containers/json?limit=1", kMaxProbeBytes, [this](const Result<EngineReply>& reply) {
        if (!reply.ok()) {
            failTransport(tr("Access"), reply.error());
        } else if (reply->head.status != 200) {
            fail(tr("Access"), QString::fromStdString(engineStatusError(reply->head.status, reply->body, "").what));
        } else if (!decodeEngineContainers(reply->body).ok()) {
            fail(tr("Access"), tr("the list of containers cannot be read"));
        } else {
            pass(tr("Access"), tr("may list containers"));
            finish();
        }
    });
}

void ConnectionProbe::askPulse()
{
    if (!m_request.token.isEmpty()) {
        useHeader("X-API-Token: ");
    }
    m_client->get(QString(m_basePath + QStringLiteral("/api/resources?page=1&limit=1")).toStdString(), kMaxProbeBytes,
                  [this](const Result<EngineReply>& reply) {
                      reply.ok() ? judgePulse(*reply) : failTransport(tr("Answer"), reply.error());
                  });
}

void ConnectionProbe::judgePulse(const EngineReply& reply)
{
    const int status = reply.head.status;
    const QString token = tr("The token needs the right monitoring:read and no other");
    if (status == 401) {
        m_report.kind = QStringLiteral("pulse");
        m_report.needsToken = true;
        fail(tr("Access"),
             m_request.token.isEmpty() ? tr("A token is needed. %1").arg(token)
                                       : tr("The token is not accepted. %1").arg(token));
    } else if (status == 403) {
        m_report.kind = QStringLiteral("pulse");
        fail(tr("Access"), tr("The token may not read. %1").arg(token));
    } else if (status >= 300 && status < 400) {
        fail(
            tr("Answer"),
            tr("It sends on to %1: enter that address")
                .arg(
                    QString::fromUtf8(QByteArray::fromStdString(std::string(reply.head.field("location")))).left(200)));
    } else if (status != 200 || reply.body.find("\"data\"") == std::string::npos
               || reply.body.find("\"meta\"") == std::string::npos) {
        fail(tr("Answer"), tr("It answers (%1), but as neither Docker, Podman nor Pulse").arg(status));
    } else {
        m_report.kind = QStringLiteral("pulse");
        pass(tr("Answer"), tr("Pulse"));
        pass(tr("Access"), tr("may read the fleet"));
        finish();
    }
}

} // namespace tracedeck
