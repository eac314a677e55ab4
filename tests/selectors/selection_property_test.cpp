// SPDX-License-Identifier: GPL-3.0-or-later
// Totals of selected rows against adding them up one by one.
#include "core/infrastructure_table.h"
#include "core/workload_table.h"
#include "selectors/selection_totals.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace tracedeck;

namespace {

WorkloadTable anyWorkloads(std::size_t rows)
{
    WorkloadTable table;
    table.resize(rows);
    for (std::size_t row = 0; row < rows; ++row) {
        const auto known = [] { return *rc::gen::arbitrary<bool>(); };
        table.status[row] = table.strings.intern(*rc::gen::element("running", "exited", "paused"));
        if (known()) {
            table.cpuPercent.set(row, *rc::gen::inRange(0, 101));
        }
        if (known()) {
            table.memoryUsedBytes.set(row, *rc::gen::inRange<std::int64_t>(0, std::int64_t{1} << 40U));
        }
        if (known()) {
            table.rxBytesPerSec.set(row, *rc::gen::inRange(0, 1'000'000));
        }
        if (known()) {
            table.txBytesPerSec.set(row, *rc::gen::inRange(0, 1'000'000));
        }
        for (ListColumn* list : {&table.tags, &table.ipAddresses, &table.detailNames, &table.detailValues}) {
            list->endRow();
        }
    }
    table.finish();
    return table;
}

} // namespace

RC_GTEST_PROP(SelectionTotalsProperty, AgreeWithAddingUp, ())
{
    const WorkloadTable table = anyWorkloads(8);
    const RowIndexes rows = *rc::gen::container<RowIndexes>(rc::gen::inRange<std::uint32_t>(0, 8));
    const SelectionTotals totals = selectionTotals(table, rows);
    double cpu = 0;
    double network = 0;
    std::int64_t memory = 0;
    std::uint32_t cpuRows = 0;
    std::uint32_t memoryRows = 0;
    bool anyNetwork = false;
    std::uint32_t problems = 0;
    for (const std::uint32_t row : rows) {
        cpu += table.cpuPercent.get(row).value_or(0);
        cpuRows += table.cpuPercent.has(row) ? 1 : 0;
        memory += table.memoryUsedBytes.get(row).value_or(0);
        memoryRows += table.memoryUsedBytes.has(row) ? 1 : 0;
        network += table.rxBytesPerSec.get(row).value_or(0) + table.txBytesPerSec.get(row).value_or(0);
        anyNetwork = anyNetwork || table.rxBytesPerSec.has(row) || table.txBytesPerSec.has(row);
        problems += table.bucket[row] != StatusBucket::Running ? 1 : 0;
    }
    RC_ASSERT(totals.rows == rows.size());
    RC_ASSERT(totals.cpuRows == cpuRows);
    RC_ASSERT(totals.cpuPercent.has_value() == (cpuRows > 0));
    RC_ASSERT((cpuRows == 0 || std::abs(*totals.cpuPercent - cpu / cpuRows) < 1e-9));
    RC_ASSERT(totals.memoryRows == memoryRows);
    RC_ASSERT(totals.memoryUsedBytes.value_or(0) == memory);
    RC_ASSERT(totals.networkBytesPerSec.has_value() == anyNetwork); // unknown is not zero
    RC_ASSERT(std::abs(totals.networkBytesPerSec.value_or(0) - network) < 1e-3);
    RC_ASSERT(totals.problems == problems);
}

TEST(SelectionTotalsOfNone, KnowNothing)
{
    EXPECT_EQ(selectionTotals(WorkloadTable(), {}), SelectionTotals());
}

TEST(SelectionTotalsOfHosts, CountProblemsByTheirStatusAndAddWhatIsKnown)
{
    InfrastructureTable table;
    table.resize(4);
    table.status = {InfrastructureStatus::Online, InfrastructureStatus::Degraded, InfrastructureStatus::Offline,
                    InfrastructureStatus::Unknown};
    table.cpuPercent.set(0, 10.0);
    table.cpuPercent.set(2, 30.0);
    table.memoryUsedBytes.set(1, std::int64_t{1} << 30U);
    table.txBytesPerSec.set(3, 5e6);
    const SelectionTotals all = selectionTotals(table, {0, 1, 2, 3});
    EXPECT_EQ(all.rows, 4U);
    EXPECT_EQ(all.problems, 2U) << "an unknown status is no problem, it is unknown";
    EXPECT_EQ(all.cpuPercent, 20.0);
    EXPECT_EQ(all.cpuRows, 2U);
    EXPECT_EQ(all.memoryUsedBytes, std::int64_t{1} << 30U);
    EXPECT_EQ(all.memoryRows, 1U);
    EXPECT_EQ(all.networkBytesPerSec, 5e6);
    const SelectionTotals silent = selectionTotals(table, {1});
    EXPECT_FALSE(silent.cpuPercent.has_value());
    EXPECT_FALSE(silent.networkBytesPerSec.has_value());
    const SelectionTotals twice = selectionTotals(table, {0, 0});
    EXPECT_EQ(twice.rows, 2U) << "a row given twice counts twice";
    EXPECT_EQ(twice.cpuPercent, 10.0);
    EXPECT_EQ(twice.problems, 0U);
}

RC_GTEST_PROP(SelectionTotalsProperty, OrderOfTheRowsDoesNotMatter, ())
{
    const WorkloadTable table = anyWorkloads(6);
    RowIndexes rows = *rc::gen::container<RowIndexes>(rc::gen::inRange<std::uint32_t>(0, 6));
    const SelectionTotals before = selectionTotals(table, rows);
    std::reverse(rows.begin(), rows.end());
    const SelectionTotals after = selectionTotals(table, rows);
    RC_ASSERT(before.rows == after.rows);
    RC_ASSERT(before.memoryUsedBytes == after.memoryUsedBytes);
    RC_ASSERT(before.problems == after.problems);
    RC_ASSERT(std::abs(before.cpuPercent.value_or(-1) - after.cpuPercent.value_or(-1)) < 1e-9);
}
