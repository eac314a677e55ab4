// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/workload_stats.h"

#include <array>
#include <cstddef>

namespace tracedeck {

WorkloadStats workloadStats(const WorkloadTable& table, const RowIndexes& rows)
{
    // Counters by index: a switch per row would be mispredicted on mixed fleets.
    std::array<std::uint32_t, 3> buckets{};
    std::array<std::uint32_t, static_cast<std::size_t>(WorkloadType::Count) + 1> types{};
    for (const std::uint32_t row : rows) {
        ++buckets[static_cast<std::size_t>(table.bucket[row])];
        ++types[static_cast<std::size_t>(table.type[row])];
    }
    WorkloadStats stats;
    stats.total = static_cast<std::uint32_t>(rows.size());
    stats.running = buckets[0];
    stats.degraded = buckets[1];
    stats.stopped = buckets[2];
    stats.vms = types[static_cast<std::size_t>(WorkloadType::Vm)];
    stats.systemContainers = types[static_cast<std::size_t>(WorkloadType::SystemContainer)];
    stats.appContainers = types[static_cast<std::size_t>(WorkloadType::AppContainer)];
    stats.pods = types[static_cast<std::size_t>(WorkloadType::Pod)];
    stats.units = types[static_cast<std::size_t>(WorkloadType::Unit)];
    return stats;
}

} // namespace tracedeck
