// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/infrastructure_table.h"
#include "core/workload_table.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace tracedeck {

/// One row of one of several tables.
struct SourceRow {
    std::uint32_t table = 0;
    std::uint32_t row = 0;
    bool operator==(const SourceRow&) const = default;
};

/// Rows that stand for the same thing, in the order of the tables; at most one per table.
struct SameRows {
    std::string identity; ///< stable name of the thing; empty = it has none, so it stands alone
    std::vector<SourceRow> rows;
};

/// Hosts are the same when their machine ids are, unless names and addresses both contradict (cloned
/// images share a machine id); without a machine id on one side, when the short host names are equal and
/// an address that is neither loopback nor link-local is shared. Groups follow first appearance. Rows
/// whose key their own table has already shown are left out and counted. Cost: O(rows).
[[nodiscard]] std::vector<SameRows> sameHosts(const std::vector<std::shared_ptr<const InfrastructureTable>>& tables,
                                              std::uint64_t& duplicates);

/// Containers are the same when one id is a prefix of the other (at least 12 digits); other workloads
/// have no identity across sources.
[[nodiscard]] std::vector<SameRows> sameWorkloads(const std::vector<std::shared_ptr<const WorkloadTable>>& tables,
                                                  std::uint64_t& duplicates);

} // namespace tracedeck
