// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workload_table.h"
#include "selectors/row_plan.h"

#include <cstdint>

namespace tracedeck {

/// Workloads counted by status and kind. The three buckets are exclusive and sum to total; so do the kinds.
struct WorkloadStats {
    std::uint32_t total = 0;
    std::uint32_t running = 0;
    std::uint32_t degraded = 0;
    std::uint32_t stopped = 0;
    std::uint32_t vms = 0;
    std::uint32_t systemContainers = 0;
    std::uint32_t appContainers = 0;
    std::uint32_t pods = 0;
    std::uint32_t units = 0;
    bool operator==(const WorkloadStats&) const = default;
};

[[nodiscard]] WorkloadStats workloadStats(const WorkloadTable& table, const RowIndexes& rows);

} // namespace tracedeck
