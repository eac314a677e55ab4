// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/table_snapshot.h"
#include "selectors/change_past.h"
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

/// Rows that went, as they looked last. `rows` is empty or a table of the domain's kind that was not finished.
struct GoneRows {
    TableSnapshot rows;
    std::vector<std::int64_t> atNs; ///< by row: when it was first missed
};

/// A published table with what every derivation of it shares: made once per snapshot, on the worker.
struct PreparedTable {
    TableSnapshot source; ///< as it was published
    TableSnapshot snapshot; ///< judged, and compared with an earlier moment when that was asked for
    CollationRanks ranks;
    std::size_t rows = 0; ///< of `source`
    std::int64_t sampledAtNs = 0;
    ThresholdRules thresholds; ///< the levels of the snapshot were judged by
    int changedMinutes = 0; ///< what `snapshot` is compared with; 0 = nothing
    std::shared_ptr<const RowMarks> marks; ///< of `source`
    ChangePast past; ///< up to and with `source`
    GoneRows gone;
};

/// What one choice over one prepared table gives.
struct DerivedTable {
    std::shared_ptr<const RowPlan> plan;
    TableSummary summary;
    IoScale io;
};

/// What a table is prepared from. `before` gives thresholds and changes their history; null = none.
struct PrepareRequest {
    TableSnapshot snapshot;
    std::int64_t sampledAtNs = 0;
    ThresholdRules thresholds{};
    std::shared_ptr<const PreparedTable> before{};
    int changedMinutes = 0; ///< compare with how it looked that long before `nowNs`; 0 = do not
    std::int64_t seenNs = 0; ///< when the snapshot arrived
    std::int64_t nowNs = 0;
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

/// Narrows `matches` (one byte per row of `prepared.snapshot`; empty = all rows pass) to what the choice wants of
/// the comparison: rows that changed, or only those that are there. True when `matches` restricts anything.
[[nodiscard]] bool keepChanged(std::vector<std::uint8_t>& matches, const PreparedTable& prepared, bool changedOnly);
/// What the summary says about the comparison.
[[nodiscard]] ChangeNote changeNoteOf(const PreparedTable& prepared);

[[nodiscard]] FleetDomain infrastructureDomain();
[[nodiscard]] FleetDomain workloadDomain();

/// Whether a pinned row may be out of the plan only because its group is folded: then it is worth looking for.
[[nodiscard]] bool mayFoldPins(const RowPlan& plan, const TableChoice& choice);
/// Adds pinned rows that are missing at the end of the plan, from `open`: the same with no group folded.
void addFoldedPins(RowPlan& plan, const RowPlan& open, const std::vector<RowKey>& pinned);
/// Moves the rows with these keys to the top, in the order of `pinned`; rows that are not in the plan are
/// skipped. Returns the plan itself when nothing is pinned.
[[nodiscard]] RowPlan withPinnedRows(RowPlan plan, const std::vector<RowKey>& pinned);

} // namespace tracedeck
