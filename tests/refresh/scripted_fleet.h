// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "refresh/poll_engine.h"

#include <deque>
#include <string>
#include <vector>

namespace tracedeck {

/// A clock the test moves; the alarm runs inside advance().
class FakeClock final : public RefreshClock {
public:
    [[nodiscard]] std::int64_t monotonicNs() const override { return m_now; }
    [[nodiscard]] std::int64_t wallNs() const override { return 1'700'000'000'000'000'000 + m_now; }
    void onWake(std::function<void()> wake) override { m_wake = std::move(wake); }
    void wakeAt(std::optional<std::int64_t> monotonicNs) override { m_alarm = monotonicNs; }
    void stop() override { m_wake = nullptr; }
    /// Moves time from alarm to alarm; `between` runs after each (a test's executor).
    void advance(std::chrono::milliseconds by, const std::function<void()>& between);

private:
    std::int64_t m_now = 1'000'000'000;
    std::optional<std::int64_t> m_alarm;
    std::function<void()> m_wake;
};

/// Keeps work until the test runs it, on the test's thread.
class ManualExecutor final : public Executor {
public:
    void run(std::function<void()> work) override
    {
        if (!m_stopped) {
            m_queue.push_back(std::move(work));
        }
    }
    bool stop(std::chrono::milliseconds) override
    {
        m_stopped = true;
        m_queue.clear();
        return true;
    }
    void drain();

private:
    std::deque<std::function<void()>> m_queue;
    bool m_stopped = false;
};

/// A snapshot of hosts "name0" … with this CPU value.
[[nodiscard]] FleetSnapshot snapshotOf(const std::string& name, std::size_t rows, double cpu);

/// A source whose answers the test gives.
class ScriptedSource final : public FleetSource {
public:
    explicit ScriptedSource(std::string name = "a") : m_name(std::move(name)) { }

    [[nodiscard]] std::string instance() const override { return m_name; }
    [[nodiscard]] std::string label() const override { return "source " + m_name; }
    [[nodiscard]] std::chrono::milliseconds cadence() const override { return std::chrono::seconds(5); }
    void fetch(const FetchRequest& request, Done done) override;
    void cancel() override { ++cancels; }

    /// Answers the oldest open fetch.
    void answer(Result<FleetSnapshot> result);
    void answer(double value, std::size_t rows = 3) { answer(snapshotOf(m_name, rows, value)); }

    bool answerAtOnce = false; ///< with `cpu`
    double cpu = 1;
    int fetches = 0;
    int cancels = 0;
    std::deque<Done> open;
    std::vector<FetchRequest> requests;

private:
    std::string m_name;
};

[[nodiscard]] Error failure(ErrorCode code = ErrorCode::Unreachable);

} // namespace tracedeck
