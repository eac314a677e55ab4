// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/table_snapshot.h"
#include "selectors/collation_rank.h"
#include "selectors/io_distribution.h"
#include "selectors/row_crossings.h"
#include "selectors/row_plan.h"
#include "views/table_choice.h"
#include "views/table_summary.h"

#include <cstdint>
#include <functional>
#include <memory>

namespace tracedeck {

/// A published table with what every derivation of it shares: made once per snapshot, on the worker.
struct PreparedTable {
    TableSnapshot snapshot;
    CollationRanks ranks;
    std::size_t rows = 0;
    std::int64_t sampledAtNs = 0;
    ThresholdRules thresholds; ///< the levels of the snapshot were judged by
};

/// What one choice over one prepared table gives.
struct DerivedTable {
    std::shared_ptr<const RowPlan> plan;
    TableSummary summary;
    IoScale io;
};

/// What a table is prepared from. `before` gives the thresholds their history; null = none.
struct PrepareRequest {
    TableSnapshot snapshot;
    std::int64_t sampledAtNs = 0;
    ThresholdRules thresholds{};
    std::shared_ptr<const PreparedTable> before{};
};

/// What differs between hosts and workloads when a table is derived. All functions are pure and run on
/// any thread.
struct FleetDomain {
    std::function<std::shared_ptr<const PreparedTable>(const PrepareRequest&)> prepare;
    /// `resort` = nobody asked for exactly this order just now: live metrics sort in steps.
    std::function<DerivedTable(const PreparedTable&, const TableChoice&, std::int64_t nowNs, bool resort)> derive;
    /// Rows that changed status or passed a threshold from one prepared table to the next.
    std::function<std::vector<RowCrossing>(const PreparedTable& before, const PreparedTable& after)> crossings;
};

[[nodiscard]] FleetDomain infrastructureDomain();
[[nodiscard]] FleetDomain workloadDomain();

/// Moves the rows with these keys to the top, in the order of `pinned`; rows that are not in the plan are
/// skipped. Returns the plan itself when nothing is pinned.
[[nodiscard]] RowPlan withPinnedRows(RowPlan plan, const std::vector<RowKey>& pinned);

} // namespace tracedeck
