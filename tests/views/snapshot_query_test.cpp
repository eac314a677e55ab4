// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/trace_listing.h"
#include "tests/support/query_tables.h"
#include "views/snapshot_query.h"

#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

std::vector<std::string> labels(const QueryCompletions& completions)
{
    std::vector<std::string> out;
    for (const QueryCandidate& candidate : completions.candidates) {
        out.push_back(candidate.label);
    }
    return out;
}

bool offers(const QueryCompletions& completions, const char* label)
{
    const std::vector<std::string> all = labels(completions);
    return std::find(all.begin(), all.end(), label) != all.end();
}

} // namespace

TEST(SnapshotQueryTest, BeforeTheFirstSnapshotFieldsOfTheTableAreOffered)
{
    EXPECT_TRUE(offers(snapshotCompletions({}, QueryTable::Workloads, QStringLiteral("na"), 2), "ns"));
    EXPECT_FALSE(offers(snapshotCompletions({}, QueryTable::Infrastructure, QStringLiteral("na"), 2), "ns"));
    EXPECT_TRUE(offers(snapshotCompletions({}, QueryTable::Traces, QStringLiteral("dura"), 4), "duration"));
    EXPECT_TRUE(snapshotCompletions({}, QueryTable::Workloads, QStringLiteral("node:"), 5).candidates.empty());
    EXPECT_FALSE(queryViewOf({}).has_value());
}

TEST(SnapshotQueryTest, ValuesComeFromTheSnapshotOfEveryKind)
{
    auto workloads = std::make_shared<WorkloadTable>();
    workloads->resize(1);
    workloads->node[0] = workloads->strings.intern("nöde-a");
    workloads->tags.endRow();
    workloads->ipAddresses.endRow();
    workloads->detailNames.endRow();
    workloads->detailValues.endRow();
    workloads->finish();
    const TableSnapshot snapshot{std::shared_ptr<const WorkloadTable>(workloads)};
    ASSERT_TRUE(queryViewOf(snapshot).has_value());
    EXPECT_EQ(queryViewOf(snapshot)->kind(), QueryTable::Workloads);
    // The cursor counts characters, the answer bytes.
    const QString text = QStringLiteral("\"ü\" node:nö");
    const QueryCompletions found =
        snapshotCompletions(snapshot, QueryTable::Workloads, text, static_cast<int>(text.size()));
    ASSERT_EQ(labels(found), std::vector<std::string>{"nöde-a"});
    EXPECT_EQ(found.replace.begin, QStringLiteral("\"ü\" node:").toUtf8().size());

    const TableSnapshot traces{std::make_shared<const TraceListing>()};
    EXPECT_EQ(queryViewOf(traces)->kind(), QueryTable::Traces);
    const TableSnapshot hosts{std::make_shared<const InfrastructureTable>()};
    EXPECT_EQ(queryViewOf(hosts)->kind(), QueryTable::Infrastructure);
}
