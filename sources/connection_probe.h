// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/engine_http_client.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <optional>
#include <vector>

class QSslSocket;

namespace tracedeck {

struct SocketPermission;

/// What to try. The token goes nowhere but to the address, and not before its certificate was accepted.
struct ProbeRequest {
    QString address; ///< anything a person pastes: a path, a URL, "host", "host:port"
    TlsTrust trust;
    QString token;
    QString proxy{}; ///< see proxy_choice.h
};

/// One thing that was tried, in order; the first that failed is the last.
struct ProbeStep {
    enum class Outcome : std::uint8_t { Passed, Warned, Failed };
    QString name; ///< "Address", "Socket", "Name", "Proxy", "Connection", "Certificate", "Answer", "Access", "Version"
    Outcome outcome = Outcome::Passed;
    QString text; ///< what was found, or what went wrong and what to do
    QString command{}; ///< to be copied into a terminal; empty = none helps
};

/// The plain diagnosis of a connection.
struct ProbeReport {
    std::vector<ProbeStep> steps;
    QString kind; ///< "docker", "podman", "pulse"; empty = not recognised
    QString address; ///< as it should be saved, once it is understood
    QString version;
    QString fingerprint; ///< of the certificate shown by the other side
    QString certificate; ///< whom it names and until when it is valid
    bool certificateUnknown = false; ///< it is not trusted; pinning it would do
    bool certificateChanged = false; ///< another one was pinned
    bool needsToken = false;
    [[nodiscard]] bool passed() const { return !steps.empty() && steps.back().outcome != ProbeStep::Outcome::Failed; }
};

/// Tries a connection step by step and says where it fails. Lives on the I/O thread; reads only. One probe
/// per object; `done` is called once, on that thread, at most kLimitMs after start().
class ConnectionProbe : public QObject {
    Q_OBJECT

public:
    using Done = std::function<void(const ProbeReport&)>;
    static constexpr int kLimitMs = 15'000;

    ConnectionProbe(ProbeRequest request, Done done);
    ~ConnectionProbe() override;
    void start();

private:
    void lookUp();
    void choosePath();
    void failSocket(const SocketPermission& permission);
    void failConnection(const QString& reason);
    void connectSocket();
    void noteCertificate(const QSslSocket& socket, bool trusted, const QString& problem);
    void askPing();
    void useHeader(const QByteArray& name);
    void judgePing(const EngineReply& reply);
    void askEngineAccess(const std::string& api);
    void askPulse();
    void judgePulse(const EngineReply& reply);
    void pass(const QString& name, const QString& text);
    void fail(const QString& name, const QString& text);
    void finish();
    [[nodiscard]] bool readAddress();
    void failTransport(const QString& name, const Error& error);

    ProbeRequest m_request;
    Done m_done;
    ProbeReport m_report;
    EngineEndpoint m_endpoint;
    QString m_basePath; ///< of a server behind a path: "/pulse"
    QSslSocket* m_socket = nullptr;
    EngineHttpClient* m_client = nullptr;
    QTimer m_limit;
    bool m_connected = false;
    bool m_bearer = false; ///< the token was sent as one
};

/// Base URL -> endpoint and the path in front of the API; none when it is no http(s) address.
struct HttpBase {
    EngineEndpoint endpoint;
    QString path;
};
[[nodiscard]] std::optional<HttpBase> httpBaseOf(const QString& url);
/// "Name: token" as a header line with its end; empty for an empty token.
[[nodiscard]] QByteArray tokenHeader(const QByteArray& name, const QString& token);
/// A token without what would end a header line; pasted ones carry line ends.
[[nodiscard]] QByteArray headerSafeToken(const QString& token);

} // namespace tracedeck
