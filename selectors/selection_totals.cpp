// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/selection_totals.h"

#include "core/infrastructure_table.h"
#include "core/workload_table.h"
#include "selectors/row_severity.h"

namespace tracedeck {
namespace {

RowSeverity severityAt(const InfrastructureTable& table, std::uint32_t row)
{
    return severityOf(table.status[row]);
}

RowSeverity severityAt(const WorkloadTable& table, std::uint32_t row)
{
    return severityOf(table.bucket[row]);
}

template <class Table> SelectionTotals totalsOf(const Table& table, const RowIndexes& rows)
{
    SelectionTotals totals;
    double cpu = 0;
    for (const std::uint32_t row : rows) {
        ++totals.rows;
        totals.problems += severityAt(table, row) >= RowSeverity::Warning ? 1U : 0U;
        if (table.cpuPercent.has(row)) {
            cpu += table.cpuPercent.raw(row);
            ++totals.cpuRows;
        }
        if (table.memoryUsedBytes.has(row)) {
            totals.memoryUsedBytes = totals.memoryUsedBytes.value_or(0) + table.memoryUsedBytes.raw(row);
            ++totals.memoryRows;
        }
        if (table.rxBytesPerSec.has(row) || table.txBytesPerSec.has(row)) {
            totals.networkBytesPerSec =
                totals.networkBytesPerSec.value_or(0) + table.rxBytesPerSec.raw(row) + table.txBytesPerSec.raw(row);
        }
    }
    if (totals.cpuRows > 0) {
        totals.cpuPercent = cpu / totals.cpuRows;
    }
    return totals;
}

} // namespace

SelectionTotals selectionTotals(const InfrastructureTable& table, const RowIndexes& rows)
{
    return totalsOf(table, rows);
}

SelectionTotals selectionTotals(const WorkloadTable& table, const RowIndexes& rows)
{
    return totalsOf(table, rows);
}

} // namespace tracedeck
