// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workload_table.h"
#include "models/grouped_table_model.h"
#include "selectors/collation_rank.h"
#include "selectors/workload_query.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace tracedeck {

/// A workload table with what derivations of it share.
struct PreparedWorkloads {
    std::shared_ptr<const WorkloadTable> table;
    CollationRanks ranks;
};

/// Fixture rows, prepared.
[[nodiscard]] PreparedWorkloads preparedWorkloads(std::size_t rows);
/// The next poll: `changed` rows, spread evenly, have another CPU value and digest; all else is equal.
/// Different rounds give different values.
[[nodiscard]] PreparedWorkloads withChangedRows(const PreparedWorkloads& from, std::size_t changed, unsigned round);

/// A plan of `rows` rows without groups, keys and digests all different; for diffs.
[[nodiscard]] RowPlan planOfRows(std::size_t rows);
/// Plan of a query, as the worker makes it.
[[nodiscard]] std::shared_ptr<const RowPlan> planFor(const PreparedWorkloads& workloads, const WorkloadQuery& query);
/// What the worker hands to a model that shows `base`.
[[nodiscard]] TableUpdate updateFrom(const std::shared_ptr<const RowPlan>& base, const PreparedWorkloads& workloads,
                                     std::shared_ptr<const RowPlan> plan);

/// Ungrouped, by name: nothing but rows.
[[nodiscard]] WorkloadQuery flatByName();
/// Largest CPU first, grouped by node.
[[nodiscard]] WorkloadQuery groupedByCpu();

} // namespace tracedeck
