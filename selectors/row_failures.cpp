// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/row_failures.h"

#include "selectors/key_row_index.h"
#include "selectors/row_severity.h"

#include <algorithm>

namespace tracedeck {
namespace {

template <class SeverityOf>
RowIndexes fallenRows(const std::vector<RowKey>& keys, const std::vector<RowCrossing>& crossings,
                      const SeverityOf& severity)
{
    const bool any = std::any_of(crossings.begin(), crossings.end(),
                                 [](const RowCrossing& crossing) { return (crossing.what & kStatusCrossed) != 0; });
    RowIndexes rows;
    if (!any) {
        return rows;
    }
    const KeyRowIndex index(keys, 0, static_cast<std::uint32_t>(keys.size()));
    for (const RowCrossing& crossing : crossings) {
        const std::int32_t row =
            (crossing.what & kStatusCrossed) != 0 ? index.find(crossing.key) : KeyRowIndex::kMissing;
        if (row != KeyRowIndex::kMissing && severity(static_cast<std::uint32_t>(row)) == RowSeverity::Critical) {
            rows.push_back(static_cast<std::uint32_t>(row));
        }
    }
    std::sort(rows.begin(), rows.end());
    return rows;
}

} // namespace

RowIndexes failedRows(const InfrastructureTable& table, const std::vector<RowCrossing>& crossings)
{
    return fallenRows(table.keys, crossings, [&](std::uint32_t row) { return severityOf(table.status[row]); });
}

RowIndexes failedRows(const WorkloadTable& table, const std::vector<RowCrossing>& crossings)
{
    return fallenRows(table.keys, crossings, [&](std::uint32_t row) { return severityOf(table.bucket[row]); });
}

} // namespace tracedeck
