// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "refresh/source.h"
#include "sources/demo_fleet.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

namespace tracedeck {

using DemoClock = std::function<std::int64_t()>;

/// Invented hosts and workloads that move, for first visitors, pictures, docs and long runs. It answers like
/// any source, on the calling worker. What it shows depends on the row count and the clock alone.
class DemoSource final : public FleetSource {
public:
    /// `clock` gives ns since the Unix epoch.
    DemoSource(std::size_t rows, DemoClock clock);

    [[nodiscard]] std::string instance() const override { return "demo"; }
    [[nodiscard]] std::string label() const override { return "Demo data"; }
    [[nodiscard]] std::chrono::milliseconds cadence() const override;
    void fetch(const FetchRequest& request, Done done) override;
    void cancel() override { }

    /// What stands where, for what else is made of it (traces, history). Null before the first fetch.
    [[nodiscard]] std::shared_ptr<const DemoLayout> layout() const;

private:
    std::size_t m_rows;
    DemoClock m_clock;
    mutable std::mutex m_mutex; ///< m_fleet: made by the first fetch, so that starting costs nothing
    std::unique_ptr<DemoFleet> m_fleet;
};

/// A second, small place that cannot be reached during 2 of every 6 minutes, so that the window shows how a
/// stale source looks and recovers.
class DemoRemoteSite final : public FleetSource {
public:
    explicit DemoRemoteSite(DemoClock clock);

    [[nodiscard]] std::string instance() const override { return "demo-remote"; }
    [[nodiscard]] std::string label() const override { return "Demo remote site"; }
    [[nodiscard]] std::chrono::milliseconds cadence() const override;
    void fetch(const FetchRequest& request, Done done) override;
    void cancel() override { }

private:
    DemoClock m_clock;
    DemoFleet m_fleet;
};

} // namespace tracedeck
