// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace tracedeck {

/// Time and one alarm, so that tests can move time themselves. All functions may be called from any thread.
class RefreshClock {
public:
    RefreshClock() = default;
    RefreshClock(const RefreshClock&) = delete;
    RefreshClock& operator=(const RefreshClock&) = delete;
    virtual ~RefreshClock() = default;

    [[nodiscard]] virtual std::int64_t monotonicNs() const = 0;
    [[nodiscard]] virtual std::int64_t wallNs() const = 0; ///< since the Unix epoch
    /// What the alarm calls; set once, before the first wakeAt().
    virtual void onWake(std::function<void()> wake) = 0;
    /// Sets the alarm, replacing the earlier one; none = no alarm.
    virtual void wakeAt(std::optional<std::int64_t> monotonicNs) = 0;
    /// After it returned, the alarm does not run and never will. Not from inside the alarm.
    virtual void stop() = 0;
};

/// The machine's clocks; the alarm runs on a thread of its own, never on the GUI thread.
class SystemRefreshClock final : public RefreshClock {
public:
    SystemRefreshClock();
    ~SystemRefreshClock() override;
    [[nodiscard]] std::int64_t monotonicNs() const override;
    [[nodiscard]] std::int64_t wallNs() const override;
    void onWake(std::function<void()> wake) override;
    void wakeAt(std::optional<std::int64_t> monotonicNs) override;
    void stop() override;

private:
    void run();

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::function<void()> m_wake;
    std::optional<std::int64_t> m_alarmNs;
    bool m_stopped = false;
    std::thread m_thread; ///< last: runs as soon as it exists
};

} // namespace tracedeck
