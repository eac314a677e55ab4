// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "refresh/source.h"

#include <atomic>
#include <fmt/format.h>
#include <mutex>

namespace tracedeck::tests {

/// `count` workloads svc-000 … on two nodes, each busier than the one before by a hundredth; every tenth
/// stopped. `bump` is added to the CPU of row 0.
inline std::shared_ptr<const WorkloadTable> scriptedWorkloads(std::size_t count, double bump = 0)
{
    auto table = std::make_shared<WorkloadTable>();
    table->resize(count);
    for (std::size_t row = 0; row < count; ++row) {
        const std::string name = fmt::format("svc-{:03}", row);
        table->keys[row] = makeRowKey(RowKind::Workload, "scripted", name);
        table->id[row] = table->strings.intern(name);
        table->name[row] = table->id[row];
        table->node[row] = table->strings.intern(row % 2 == 0 ? "node-a" : "node-b");
        table->dockerHostName[row] = table->node[row];
        table->status[row] = table->strings.intern(row % 10 == 9 ? "stopped" : "running");
        table->type[row] = WorkloadType::AppContainer;
        table->platform[row] = Platform::Docker;
        table->cpuPercent.set(row, static_cast<double>(row) / 100.0 + (row == 0 ? bump : 0));
        table->tags.endRow();
        table->ipAddresses.endRow();
        table->detailNames.endRow();
        table->detailValues.endRow();
    }
    table->finish();
    return table;
}

inline std::shared_ptr<const InfrastructureTable> scriptedHosts()
{
    auto table = std::make_shared<InfrastructureTable>();
    table->resize(2);
    for (std::size_t row = 0; row < 2; ++row) {
        const std::string name = row == 0 ? "node-a" : "node-b";
        table->keys[row] = makeRowKey(RowKind::Infrastructure, "scripted", name);
        table->id[row] = table->strings.intern(name);
        table->name[row] = table->id[row];
        table->type[row] = InfrastructureType::DockerHost;
        table->status[row] = InfrastructureStatus::Online;
        table->platform[row] = Platform::Docker;
        table->sources[row] = platformBit(Platform::Docker);
        table->cpuPercent.set(row, 10.0);
        table->tags.endRow();
        table->ipAddresses.endRow();
        table->detailNames.endRow();
        table->detailValues.endRow();
    }
    table->finish();
    return table;
}

/// A source that answers what it was told to and counts how often it was asked.
class ScriptedSource final : public FleetSource {
public:
    explicit ScriptedSource(std::size_t workloads) : m_workloads(scriptedWorkloads(workloads)), m_hosts(scriptedHosts())
    { }

    [[nodiscard]] std::string instance() const override { return "scripted"; }
    [[nodiscard]] std::string label() const override { return "scripted"; }
    [[nodiscard]] std::chrono::milliseconds cadence() const override { return std::chrono::milliseconds(20); }
    void fetch(const FetchRequest&, Done done) override
    {
        ++m_fetches;
        FleetSnapshot snapshot;
        {
            const std::lock_guard lock(m_mutex);
            snapshot.workloads = m_workloads;
        }
        snapshot.infrastructure = m_hosts;
        snapshot.volatileFields.sampledAtNs = m_fetches;
        done(std::move(snapshot));
    }
    void cancel() override { }

    void setWorkloads(std::shared_ptr<const WorkloadTable> table)
    {
        const std::lock_guard lock(m_mutex);
        m_workloads = std::move(table);
    }
    [[nodiscard]] int fetches() const { return m_fetches; }

private:
    std::mutex m_mutex;
    std::shared_ptr<const WorkloadTable> m_workloads;
    std::shared_ptr<const InfrastructureTable> m_hosts;
    std::atomic<int> m_fetches{0};
};

} // namespace tracedeck::tests
