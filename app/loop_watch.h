// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/stall_log.h"
#include "app/turn_statistics.h"

#include <QEvent>
#include <QObject>

#include <chrono>
#include <cstdint>
#include <functional>

namespace tracedeck {

/// Watches the event loop of the thread it is made on. A turn reaches from the first event after the loop slept to the
/// moment it sleeps again, which is how long a key has to wait; it is a frame when something was painted. A turn over
/// kStallNs goes to `told`. Costs two reads of the clock per turn and one per event; allocates nothing but for a stall.
class LoopWatch : public QObject {
    Q_OBJECT

public:
    static constexpr std::int64_t kStallNs = 50'000'000;

    explicit LoopWatch(std::function<void(const Stall&)> told, QObject* parent = nullptr);

    [[nodiscard]] const TurnStatistics& turns() const noexcept { return m_turns; }
    [[nodiscard]] const TurnStatistics& frames() const noexcept { return m_frames; }
    [[nodiscard]] std::uint64_t stalls() const noexcept { return m_stalls; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    using Clock = std::chrono::steady_clock;

    void begin(Clock::time_point now);
    void end();
    void closeEvent(Clock::time_point now);

    std::function<void(const Stall&)> m_told;
    TurnStatistics m_turns;
    TurnStatistics m_frames;
    std::uint64_t m_stalls = 0;
    bool m_inside = false;
    bool m_painted = false;
    Clock::time_point m_begin;
    std::int64_t m_cpuBeginNs = 0;
    /// The event that is being worked on, and the longest of this turn.
    struct Seen {
        QEvent::Type type = QEvent::None;
        const QMetaObject* receiver = nullptr; ///< static data, outlives the receiver
        std::int64_t ns = 0;
    };
    Seen m_current;
    Seen m_longest;
    Clock::time_point m_currentSince;
};

} // namespace tracedeck
