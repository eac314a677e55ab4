// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/demo_source.h"

#include <fmt/format.h>

namespace tracedeck {
namespace {

constexpr std::chrono::milliseconds kCadence{5000};
constexpr std::chrono::milliseconds kRemoteCadence{15000};
constexpr std::size_t kRemoteRows = 9;
constexpr std::int64_t kDayNs = 86'400'000'000'000;

/// Started times count from the day's begin, so that they stay the same while the day lasts.
std::int64_t anchorOf(std::int64_t nowNs)
{
    return nowNs - nowNs % kDayNs;
}

FleetSnapshot snapshotOf(const DemoFleet& fleet, std::int64_t nowNs)
{
    FleetSnapshot snapshot;
    snapshot.infrastructure = fleet.hosts();
    snapshot.workloads = fleet.workloads();
    snapshot.volatileFields.sampledAtNs = nowNs;
    return snapshot;
}

} // namespace

DemoSource::DemoSource(std::size_t rows, DemoClock clock) : m_rows(rows), m_clock(std::move(clock))
{ }

std::chrono::milliseconds DemoSource::cadence() const
{
    return kCadence;
}

void DemoSource::fetch(const FetchRequest&, Done done)
{
    const std::int64_t nowNs = m_clock();
    FleetSnapshot snapshot;
    {
        const std::lock_guard lock(m_mutex);
        if (m_fleet == nullptr) {
            m_fleet = std::make_unique<DemoFleet>(demoLayout(m_rows, {instance(), anchorOf(nowNs), 0}));
        }
        m_fleet->moveTo(nowNs / kDemoStepNs);
        snapshot = snapshotOf(*m_fleet, nowNs);
        if (const std::uint64_t twice = m_fleet->layout()->duplicateIds; twice > 0) {
            snapshot.warnings.push_back(
                {fmt::format("{} demo workload{} reported twice, shown once", twice, twice == 1 ? "" : "s"), twice});
        }
    }
    done(std::move(snapshot));
}

std::shared_ptr<const DemoLayout> DemoSource::layout() const
{
    const std::lock_guard lock(m_mutex);
    return m_fleet != nullptr ? m_fleet->layout() : nullptr;
}

DemoRemoteSite::DemoRemoteSite(DemoClock clock)
    : m_clock(std::move(clock)), m_fleet(demoLayout(kRemoteRows, {"demo-remote", anchorOf(m_clock()), 1}))
{ }

std::chrono::milliseconds DemoRemoteSite::cadence() const
{
    return kRemoteCadence;
}

void DemoRemoteSite::fetch(const FetchRequest&, Done done)
{
    constexpr std::int64_t kCycleNs = 6 * 60 * std::int64_t{1'000'000'000};
    constexpr std::int64_t kAwayNs = kCycleNs / 3;
    const std::int64_t nowNs = m_clock();
    if (nowNs % kCycleNs < kAwayNs) {
        done(makeError(ErrorCode::TimedOut, "", "", "", true));
        return;
    }
    m_fleet.moveTo(nowNs / kDemoStepNs);
    done(snapshotOf(m_fleet, nowNs));
}

} // namespace tracedeck
