// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/infrastructure_table.h"
#include "core/workload_table.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace tracedeck {

/// Something a source could not do fully, said once ("3 duplicate ids ignored").
struct SourceWarning {
    std::string text;
    std::uint64_t count = 1;
    bool operator==(const SourceWarning&) const = default;
};

/// Fields that change on every poll and therefore do not take part in the gate.
struct FleetVolatile {
    std::int64_t sampledAtNs = 0;
};

/// What one fleet source publishes. Sections that did not change keep their old pointer, so whoever
/// memoises on the pointer recomputes nothing. Never null once published.
struct FleetSnapshot {
    std::shared_ptr<const InfrastructureTable> infrastructure;
    std::shared_ptr<const WorkloadTable> workloads;
    std::vector<SourceWarning> warnings;
    FleetVolatile volatileFields;
};

} // namespace tracedeck
