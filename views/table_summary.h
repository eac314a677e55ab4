// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/row_changes.h"

#include <QString>
#include <cstdint>
#include <optional>
#include <vector>

namespace tracedeck {

/// A source or platform the table has rows of.
struct SourceOption {
    QString id;
    QString label;
    std::uint32_t rows = 0;
    bool operator==(const SourceOption&) const = default;
};

/// What a table that shows changes is compared with.
struct ChangeNote {
    int minutes = 0; ///< how far back was asked for; 0 = nothing is compared
    std::int64_t seenNs = 0; ///< the moment compared with; 0 = nothing older is known
    bool shorter = false; ///< nobody watched that long
    std::uint32_t untold = 0; ///< rows of sources nobody watched then
    std::uint32_t lost = 0; ///< rows that went and are not listed
    ChangeTally tally; ///< over all rows
    bool operator==(const ChangeNote&) const = default;
};

/// What stands around a fleet table: counts over all rows, means over those that report a value.
struct TableSummary {
    std::uint64_t shown = 0; ///< rows that pass the filter
    std::uint64_t total = 0; ///< rows before any filter
    std::uint32_t running = 0;
    std::uint32_t degraded = 0;
    std::uint32_t stopped = 0;
    std::optional<double> cpuPercent; ///< mean
    std::optional<double> memoryPercent; ///< mean
    std::optional<double> networkBytesPerSec; ///< sum of both directions
    std::optional<double> diskBytesPerSec; ///< sum of both directions
    std::vector<SourceOption> sources; ///< in menu order
    std::int64_t sampledAtNs = 0;
    ChangeNote changes{};
    bool operator==(const TableSummary&) const = default;
};

} // namespace tracedeck
