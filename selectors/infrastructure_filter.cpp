// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/infrastructure_filter.h"

#include "selectors/row_indexes.h"
#include "selectors/row_severity.h"
#include "selectors/substring_scan.h"

#include <utility>

namespace tracedeck {

RowIndexes filterInfrastructure(const InfrastructureTable& table, const InfrastructureFilter& filter, RowIndexes rows)
{
    if (filter.sources != 0) {
        rows = keepRows(std::move(rows), [&](std::uint32_t row) { return (table.sources[row] & filter.sources) != 0; });
    }
    if (filter.statuses != 0) {
        rows = keepRows(std::move(rows),
                        [&](std::uint32_t row) { return (statusBit(table.status[row]) & filter.statuses) != 0; });
    }
    if (filter.problemsOnly) {
        rows = keepRows(std::move(rows),
                        [&](std::uint32_t row) { return severityOf(table.status[row]) >= RowSeverity::Warning; });
    }
    return keepContaining(table.search, filter.terms, std::move(rows));
}

RowIndexes keepPart(const InfrastructureTable& table, InfrastructurePart part, RowIndexes rows)
{
    if (part == InfrastructurePart::All) {
        return rows;
    }
    const bool services = part == InfrastructurePart::Services;
    return keepRows(std::move(rows), [&](std::uint32_t row) { return isServiceType(table.type[row]) == services; });
}

InfrastructureSplit splitInfrastructure(const InfrastructureTable& table, const RowIndexes& rows)
{
    return {keepPart(table, InfrastructurePart::Primary, rows), keepPart(table, InfrastructurePart::Services, rows)};
}

} // namespace tracedeck
