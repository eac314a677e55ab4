// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/demo_layout.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace tracedeck {

/// The fleet at one moment after another. A pure function of the layout and the step: going there step by
/// step or at once gives equal tables.
class DemoFleet {
public:
    explicit DemoFleet(DemoLayout layout);

    /// Tables at a step (time / kDemoStepNs). Rows that report at other steps keep their values; sections in
    /// which no row reported keep their pointer. Cost: a copy of the tables plus the rows that changed.
    void moveTo(std::int64_t step);
    [[nodiscard]] const std::shared_ptr<const InfrastructureTable>& hosts() const noexcept { return m_hosts; }
    [[nodiscard]] const std::shared_ptr<const WorkloadTable>& workloads() const noexcept { return m_workloads; }
    [[nodiscard]] const std::shared_ptr<const DemoLayout>& layout() const noexcept { return m_layout; }

private:
    void moveHosts(std::int64_t step);
    void moveWorkloads(std::int64_t step);

    std::shared_ptr<const DemoLayout> m_layout;
    std::shared_ptr<const InfrastructureTable> m_hosts;
    std::shared_ptr<const WorkloadTable> m_workloads;
    std::vector<std::int64_t> m_hostSteps; ///< shown now
    std::vector<std::int64_t> m_workloadSteps;
};

} // namespace tracedeck
