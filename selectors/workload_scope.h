// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workload_table.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace tracedeck {

/// VMs and system containers: they live on a node of an instance.
[[nodiscard]] constexpr bool isGuest(WorkloadType type)
{
    return type == WorkloadType::Vm || type == WorkloadType::SystemContainer;
}

/// Which host a workload runs on, as filters, groups and links spell it: guests "instance-node"; app
/// containers and units the first of docker host id, context label, node, instance; pods none (empty).
[[nodiscard]] std::string workloadHostScope(const WorkloadTable& table, std::uint32_t row);

/// Whether that scope equals `scope`; without building the text.
[[nodiscard]] bool workloadHostScopeIs(const WorkloadTable& table, std::uint32_t row, std::string_view scope);

} // namespace tracedeck
