// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/change_debounce.h"
#include "sources/collector_endpoint.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

class QWebSocket;

namespace tracedeck {

/// What following a collector tells its client.
struct PushEvents {
    /// At once, before `changed` gathers: what was read until now may be old.
    std::function<void()> heard;
    std::function<void(TraceSourceChange)> changed;
    /// Connected (empty reason), or not, why, and how many ms until the next attempt.
    std::function<void(bool connected, std::string reason, std::int64_t nextAttemptMs)> state;
    /// Called every poll interval while there is no push.
    std::function<void()> poll;
};

/// Follows the changes of one collector by WebSocket; reconnects with growing, jittered pauses and asks
/// for polls meanwhile. Lives on the I/O thread; all functions and callbacks run there.
class CollectorPush : public QObject {
    Q_OBJECT

public:
    static constexpr int kPollMs = 15'000;

    CollectorPush(CollectorEndpoint endpoint, PushEvents events);
    ~CollectorPush() override;

    void setFollowing(bool on);
    /// Something changed, learned elsewhere (a poll); goes through the same debounce.
    void reportChange();

private:
    void open();
    void onMessage(const QString& text);
    void onEnded(const QString& reason);
    void collect(const std::vector<TraceChange>& changes, bool resync);
    void handOn();

    CollectorEndpoint m_endpoint;
    PushEvents m_events;
    QWebSocket* m_socket = nullptr;
    QTimer m_retry;
    QTimer m_poll;
    QTimer m_settle;
    QElapsedTimer m_clock;
    ChangeDebounce m_debounce;
    std::optional<std::uint64_t> m_lastSequence;
    int m_failures = 0;
    bool m_following = false;
};

/// Pause before attempt `failures` + 1: 0.5 s doubling to 30 s, shortened by up to half by `random` (0-1).
[[nodiscard]] std::int64_t reconnectPauseMs(int failures, double random);

} // namespace tracedeck
