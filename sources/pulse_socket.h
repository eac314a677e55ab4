// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/pulse_source.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

class QWebSocket;

namespace tracedeck {

/// The WebSocket of a Pulse server: opens, beats, notices silence, opens again with growing jittered
/// pauses. What the frames mean is not its business. Lives on the I/O thread.
class PulseSocket : public QObject {
    Q_OBJECT

public:
    explicit PulseSocket(PulseSetup setup, QObject* parent = nullptr);
    ~PulseSocket() override;

    /// Opens unless it is open, opening or waiting to try again.
    void open();
    /// Ends this connection and begins another: the server then sends a whole snapshot first.
    void reopen();
    void pong();
    /// Asks for the whole state, at most once in 30 s.
    void requestState();
    [[nodiscard]] bool isOpen() const { return m_open; }

    static constexpr int kBeatMs = 30'000;
    static constexpr int kSilenceMs = 90'000;
    static constexpr qint64 kMaxFrame = 33'554'432;

Q_SIGNALS:
    void received(const QByteArray& text);
    void closed();

private:
    void connectNow();
    void ended();
    void beat();
    void send(const QString& type);

    PulseSetup m_setup;
    QWebSocket* m_socket = nullptr;
    QTimer m_retry;
    QTimer m_beat;
    QElapsedTimer m_sinceFrame;
    QElapsedTimer m_sinceRequest;
    int m_failures = 0;
    bool m_open = false;
};

/// min(1 s * 2^failures, 30 s), 20 % up or down by `random` (0 to 1).
[[nodiscard]] int pulseReconnectMs(int failures, double random);

} // namespace tracedeck
