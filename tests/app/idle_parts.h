// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "refresh/decode_timed.h"
#include "refresh/fetch_pool.h"
#include "refresh/refresh_clock.h"
#include "tests/app/paint_counter.h"
#include "tests/app/scripted_source.h"

#include <algorithm>
#include <functional>
#include <optional>

namespace tracedeck::tests {

/// Time that stands until it is moved; alarms ring on the way.
class HandClock final : public RefreshClock {
public:
    [[nodiscard]] std::int64_t monotonicNs() const override { return m_now; }
    [[nodiscard]] std::int64_t wallNs() const override { return 1'790'000'000'000'000'000 + m_now; }
    void onWake(std::function<void()> wake) override { m_wake = std::move(wake); }
    void wakeAt(std::optional<std::int64_t> monotonicNs) override { m_alarm = monotonicNs; }
    void stop() override { m_wake = nullptr; }
    /// Goes from alarm to alarm.
    void advance(std::chrono::nanoseconds by)
    {
        const std::int64_t end = m_now + by.count();
        while (m_alarm && *m_alarm <= end && m_wake) {
            m_now = std::max(m_now, *m_alarm);
            m_alarm.reset();
            m_wake();
        }
        m_now = end;
    }

private:
    std::int64_t m_now = 1'000'000'000;
    std::optional<std::int64_t> m_alarm;
    std::function<void()> m_wake;
};

/// Work is done where it is given.
class AtOnce final : public Executor {
public:
    void run(std::function<void()> work) override
    {
        if (!m_stopped) {
            work();
        }
    }
    bool stop(std::chrono::milliseconds) override
    {
        m_stopped = true;
        return true;
    }

private:
    bool m_stopped = false;
};

/// Answers with the same values in new tables, at once. `bump` changes one of them.
class QuietSource final : public FleetSource, public DecodeTimed {
public:
    [[nodiscard]] std::string instance() const override { return "quiet"; }
    [[nodiscard]] std::string label() const override { return "quiet"; }
    [[nodiscard]] std::chrono::milliseconds cadence() const override { return std::chrono::seconds(5); }
    void fetch(const FetchRequest&, Done done) override
    {
        ++fetches;
        FleetSnapshot snapshot;
        // A new table every time: that nothing changed is for the gate to find out.
        snapshot.workloads = scriptedWorkloads(50, bump);
        snapshot.infrastructure = scriptedHosts();
        snapshot.volatileFields.sampledAtNs = fetches;
        done(std::move(snapshot));
    }
    void cancel() override { }
    [[nodiscard]] std::int64_t lastDecodeNs() const override { return 0; }

    double bump = 0;
    int fetches = 0;
};

} // namespace tracedeck::tests
