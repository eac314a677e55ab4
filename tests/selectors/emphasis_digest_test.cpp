// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/emphasis_digest.h"

#include <gtest/gtest.h>
#include <set>

namespace tracedeck {
namespace {

RowPlan planOfAll(std::size_t rows)
{
    RowPlan plan;
    for (std::uint32_t row = 0; row < rows; ++row) {
        plan.rows.push_back({row});
        plan.keys.push_back(row + 1);
        plan.digests.push_back(1000);
    }
    return plan;
}

TEST(EmphasisDigest, ChangesExactlyTheRowsThatStandOut)
{
    WorkloadTable table;
    table.resize(4);
    for (std::size_t row = 0; row < 4; ++row) {
        table.rxBytesPerSec.set(row, row == 2 ? 9e6 : 1e3);
    }
    IoScale io;
    io.network = {.median = 1e3, .mad = 1, .max = 9e6, .p97 = 9e6, .p99 = 9e6, .count = 40};
    RowPlan plan = planOfAll(4);
    plan.rows[3].ref = PlanRow::kVanished;
    addEmphasisToDigests(plan, table, io);
    EXPECT_EQ(plan.digests[0], 1000U);
    EXPECT_EQ(plan.digests[1], 1000U);
    EXPECT_NE(plan.digests[2], 1000U);
    EXPECT_EQ(plan.digests[3], 1000U) << "vanished rows have no table row";
}

TEST(EmphasisDigest, EveryPairOfLevelsLooksDifferent)
{
    IoScale io; // 0 is normal, 5 MB/s stands out, 9 MB/s strongly
    io.network = io.diskIo = {.median = 1e3, .mad = 1, .max = 9e6, .p97 = 5e6, .p99 = 9e6, .count = 400};
    std::set<std::uint64_t> digests;
    for (const double network : {0.0, 5e6, 9e6}) {
        for (const double disk : {0.0, 5e6, 9e6}) {
            WorkloadTable table;
            table.resize(1);
            table.rxBytesPerSec.set(0, network);
            table.writeBytesPerSec.set(0, disk);
            RowPlan plan = planOfAll(1);
            addEmphasisToDigests(plan, table, io);
            digests.insert(plan.digests[0]);
        }
    }
    EXPECT_EQ(digests.size(), 9U);
}

TEST(EmphasisDigest, TheSameRowUnderAnotherScaleLooksDifferent)
{
    InfrastructureTable table;
    table.resize(1);
    table.readBytesPerSec.set(0, 5e6);
    IoScale quiet;
    quiet.diskIo = {.median = 5e6, .mad = 1e6, .max = 5e6, .p97 = 5e6, .p99 = 5e6, .count = 40};
    IoScale loud;
    loud.diskIo = {.median = 1e3, .mad = 1, .max = 5e6, .p97 = 5e6, .p99 = 5e6, .count = 40};
    RowPlan before = planOfAll(1);
    RowPlan after = planOfAll(1);
    addEmphasisToDigests(before, table, quiet);
    addEmphasisToDigests(after, table, loud);
    EXPECT_NE(before.digests[0], after.digests[0]);
}

} // namespace
} // namespace tracedeck
