// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "formats/http_response.h"
#include "sources/engine_endpoint.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <string>

class QIODevice;
class QSslSocket;

namespace tracedeck {

/// What happens to one request, in this order: head, any number of body pieces, end.
struct EngineRequestEvents {
    std::function<void(const HttpResponseHead&)> head;
    std::function<void(std::string_view)> body;
    /// Once: the answer is complete, or why not. The connection may be deleted afterwards.
    std::function<void(Result<void>)> end;
};

/// One connection to an engine, one GET at a time; there is no way to send anything else. Lives on the
/// I/O thread. Nothing is written before the peer's certificate was accepted.
class EngineConnection : public QObject {
    Q_OBJECT

public:
    explicit EngineConnection(EngineEndpoint endpoint, QObject* parent = nullptr);
    ~EngineConnection() override;

    /// `silenceMs`: without a byte for this long the request has failed; 0 = wait for ever (streams).
    void get(const std::string& target, int silenceMs, EngineRequestEvents events);
    /// Sent with every request, each line with its end: "X-API-Token: …\r\n".
    void setHeaders(QByteArray headers) { m_headers = std::move(headers); }
    /// Ends the request without telling; the connection cannot be used again.
    void abort();
    /// Stops and resumes reading, so that a fast writer is held back by the socket.
    void setReading(bool on);
    [[nodiscard]] bool isIdle() const { return m_connected && !m_busy; }
    /// Whether a request went over this connection before; such a one may have been closed by the peer.
    [[nodiscard]] bool wasUsed() const { return m_requests > 1; }
    [[nodiscard]] bool sawBytes() const { return m_sawBytes; }

private:
    void open();
    void openTls(QSslSocket& socket);
    void onReady();
    void onRead();
    void onClosed(const QString& reason, ErrorCode code);
    void finish(Result<void> result);
    [[nodiscard]] Error error(ErrorCode code, const QString& what, const char* hint = "") const;

    EngineEndpoint m_endpoint;
    QIODevice* m_socket = nullptr;
    HttpResponseReader m_reader;
    EngineRequestEvents m_events;
    QByteArray m_request;
    QByteArray m_headers;
    QTimer m_silence;
    int m_silenceMs = 0;
    int m_requests = 0;
    bool m_connected = false;
    bool m_busy = false;
    bool m_headTold = false;
    bool m_sawBytes = false;
    bool m_reading = true;
};

} // namespace tracedeck
