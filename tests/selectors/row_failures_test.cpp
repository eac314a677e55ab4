// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/row_failures.h"

#include "core/infrastructure_table.h"
#include "core/workload_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tracedeck {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

WorkloadTable workloads(const std::vector<const char*>& states)
{
    WorkloadTable table;
    table.resize(states.size());
    for (std::size_t row = 0; row < states.size(); ++row) {
        table.keys[row] = row + 1;
        table.status[row] = table.strings.intern(states[row]);
    }
    table.finish();
    return table;
}

TEST(RowFailures, AreRowsWhoseStatusCrossedAndThatAreDownNow)
{
    const WorkloadTable table = workloads({"stopped", "running", "paused", "stopped"});
    const std::vector<RowCrossing> all{
        {4, kStatusCrossed}, {1, kStatusCrossed}, {2, kStatusCrossed}, {3, kStatusCrossed}};
    EXPECT_THAT(failedRows(table, all), ElementsAre(0, 3));
}

TEST(RowFailures, AThresholdIsNoFailure)
{
    const WorkloadTable table = workloads({"stopped"});
    EXPECT_THAT(failedRows(table, {{1, crossingBit(ThresholdMetric::Cpu)}}), IsEmpty());
    EXPECT_THAT(failedRows(table, {{1, static_cast<CrossingSet>(crossingBit(ThresholdMetric::Cpu) | kStatusCrossed)}}),
                ElementsAre(0));
    EXPECT_THAT(failedRows(table, {{99, kStatusCrossed}}), IsEmpty()) << "a row that is not there";
}

TEST(RowFailures, HostsFailWhenTheyAreOffline)
{
    InfrastructureTable table;
    table.resize(2);
    table.keys = {1, 2};
    table.status = {InfrastructureStatus::Offline, InfrastructureStatus::Degraded};
    EXPECT_THAT(failedRows(table, {{1, kStatusCrossed}, {2, kStatusCrossed}}), ElementsAre(0));
}

} // namespace
} // namespace tracedeck
