// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/engine_connection.h"

#include <QObject>
#include <QPointer>

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace tracedeck {

/// A complete answer.
struct EngineReply {
    HttpResponseHead head;
    std::string body;
};

/// Asks one engine, many questions at once over few connections that are kept. GET only: a source is
/// never written to. Lives on the I/O thread; callbacks come there, later, exactly once unless cancelled.
class EngineHttpClient : public QObject {
    Q_OBJECT

public:
    using Done = std::function<void(Result<EngineReply>)>;

    explicit EngineHttpClient(EngineEndpoint endpoint, QObject* parent = nullptr);

    /// Any status is an answer. Fails with TooLarge, TimedOut, Unreachable, PermissionDenied, Malformed.
    std::uint64_t get(const std::string& target, std::size_t maxBytes, Done done);
    /// A long answer in pieces, on a connection of its own.
    std::uint64_t stream(const std::string& target, EngineRequestEvents events);
    void cancel(std::uint64_t id);
    /// Holds a stream back or lets it go on.
    void setReading(std::uint64_t id, bool on);
    void cancelAll();
    /// For connections opened from now on; see EngineConnection::setHeaders().
    void setHeaders(const QByteArray& headers) { m_headers = headers; }
    /// A request fails after this long without a byte.
    void setSilenceMs(int ms) { m_silenceMs = ms; }
    [[nodiscard]] std::size_t openRequests() const { return m_running.size() + m_waiting.size(); }

private:
    struct Question {
        std::uint64_t id = 0;
        std::string target;
        std::size_t maxBytes = 0;
        Done done;
        EngineReply reply;
        bool retried = false;
    };
    void startWaiting();
    void start(std::shared_ptr<Question> question);
    void ended(const std::shared_ptr<Question>& question, EngineConnection* connection, Result<void> result);
    [[nodiscard]] EngineConnection* idleConnection();

    static constexpr std::size_t kMaxConnections = 32;
    EngineEndpoint m_endpoint;
    QByteArray m_headers;
    int m_silenceMs = 10'000;
    std::uint64_t m_lastId = 0;
    std::deque<std::shared_ptr<Question>> m_waiting;
    std::unordered_map<std::uint64_t, EngineConnection*> m_running; ///< of questions
    std::unordered_map<std::uint64_t, EngineConnection*> m_streams;
    std::vector<EngineConnection*> m_idle;
};

} // namespace tracedeck
