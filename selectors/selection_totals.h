// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/row_plan.h"

#include <cstdint>
#include <optional>

namespace tracedeck {

struct InfrastructureTable;
struct WorkloadTable;

/// What several rows come to. Sums and means are over the rows that report the value; absent when none does.
struct SelectionTotals {
    std::uint32_t rows = 0;
    std::optional<double> cpuPercent; ///< mean
    std::uint32_t cpuRows = 0; ///< rows the mean is over
    std::optional<std::int64_t> memoryUsedBytes; ///< sum
    std::uint32_t memoryRows = 0;
    std::optional<double> networkBytesPerSec; ///< sum of both directions
    std::uint32_t problems = 0; ///< rows whose status is Warning or worse
    bool operator==(const SelectionTotals&) const = default;
};

/// Totals of the given table rows; a row given twice counts twice. Cost: O(rows).
[[nodiscard]] SelectionTotals selectionTotals(const InfrastructureTable& table, const RowIndexes& rows);
[[nodiscard]] SelectionTotals selectionTotals(const WorkloadTable& table, const RowIndexes& rows);

} // namespace tracedeck
