// SPDX-License-Identifier: GPL-3.0-or-later
// What traces say about hosts, containers and pods: stored, listed, found; also for rows of an older release.
#include "collector/resource_registry.h"
#include "collector/sqlite_statement.h"
#include "collector/trace_summary.h"
#include "tests/collector/summary_model.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

namespace tracedeck::test {
namespace {

const std::string kContainer = "4bf92f3577b34da6a3ce929d0e0e47364bf92f3577b34da6a3ce929d0e0e4736";

SpanSpec spanOf(std::uint64_t trace, std::uint64_t span, std::vector<std::pair<std::string, std::string>> resource)
{
    SpanSpec spec;
    spec.traceId = traceIdOf(trace);
    spec.spanId = span;
    spec.resource = std::move(resource);
    return spec;
}

std::vector<TraceId> found(StoreFixture& fixture, const std::string& query)
{
    TraceListRequest request;
    request.query = query;
    std::vector<TraceId> ids;
    for (const TraceListPage& page : fixture.pages(request)) {
        ids.insert(ids.end(), page.traces.traceId.begin(), page.traces.traceId.end());
    }
    return ids;
}

TraceListTable listed(StoreFixture& fixture)
{
    const Result<TraceListPage> page = fixture.store().listTraces({});
    return page ? page->traces : TraceListTable();
}

/// Makes the database what the release before wrote.
void makeVersion1(StoreFixture& fixture)
{
    fixture.close();
    Result<Database> database = Database::open(fixture.databasePath(), Database::Mode::Create);
    ASSERT_TRUE(database);
    ASSERT_TRUE(database.value().execute(
        "ALTER TABLE trace DROP COLUMN resources; DROP TABLE resource; PRAGMA user_version=1"));
}

TEST(TraceResources, areListedAndFound)
{
    StoreFixture fixture;
    ASSERT_TRUE(fixture.submitTraces(
        traceBody({spanOf(1, 1, {{"host.name", "edge-1"}, {"container.id", kContainer}}),
                   spanOf(1, 2, {{"host.name", "edge-2"}, {"k8s.pod.name", "cart-1"}, {"k8s.namespace.name", "shop"}}),
                   spanOf(2, 1, {})})));
    EXPECT_EQ(found(fixture, "host=edge-2"), std::vector{traceIdOf(1)});
    EXPECT_EQ(found(fixture, "container=" + kContainer.substr(0, 12)), std::vector{traceIdOf(1)});
    EXPECT_EQ(found(fixture, "pod=cart-1 ns=shop"), std::vector{traceIdOf(1)});
    EXPECT_EQ(found(fixture, "edge-1"), std::vector{traceIdOf(1)}) << "words look at host names";
    EXPECT_EQ(found(fixture, "-has:host"), std::vector{traceIdOf(2)});
    EXPECT_TRUE(found(fixture, "host=edge-3").empty());
    fixture.reopen();
    EXPECT_EQ(found(fixture, "host=edge-2"), std::vector{traceIdOf(1)}) << "after a restart";
    ASSERT_TRUE(fixture.submitTraces(traceBody({spanOf(3, 1, {{"host.name", "edge-2"}})})));
    EXPECT_EQ(found(fixture, "host=edge-2").size(), 2U);
    ASSERT_TRUE(fixture.store().clear(true));
    ASSERT_TRUE(fixture.submitTraces(traceBody({spanOf(4, 1, {{"host.name", "edge-2"}})})));
    fixture.reopen();
    EXPECT_EQ(found(fixture, "host=edge-2"), std::vector{traceIdOf(4)}) << "written anew after a clear";
}

TEST(TraceResources, moreThanAreKeptAreSaidToBeCut)
{
    StoreFixture fixture;
    std::vector<SpanSpec> spans;
    for (std::uint64_t i = 1; i <= kMaxResourcesPerTrace + 1; ++i) {
        spans.push_back(spanOf(1, i, {{"service.instance.id", "copy-" + std::to_string(i)}}));
    }
    ASSERT_TRUE(fixture.submitTraces(traceBody(spans)));
    const TraceListTable table = listed(fixture);
    ASSERT_EQ(table.rows(), 1U);
    EXPECT_EQ(table.resourcesKnown[0], ResourceKnowledge::Part);
    EXPECT_EQ(table.resources[static_cast<std::size_t>(ResourceKey::Instance)].row(0).size(), kMaxResourcesPerTrace);
    const Result<OtlpTraces> read = fixture.read(traceIdOf(1));
    ASSERT_TRUE(read);
    fixture.settle();
    EXPECT_EQ(listed(fixture), table) << "reading it changes nothing";
}

TEST(TraceResources, rowsOfAnOlderReleaseAreUnknownUntilTheyAreRead)
{
    StoreFixture fixture;
    ASSERT_TRUE(fixture.submitTraces(traceBody({spanOf(1, 1, {{"host.name", "edge-1"}})})));
    ASSERT_TRUE(fixture.submitTraces(traceBody({spanOf(2, 1, {{"host.name", "edge-1"}})})));
    makeVersion1(fixture);
    fixture.reopen();
    struct stat info { };
    EXPECT_EQ(::stat((fixture.databasePath() + ".v1.backup").c_str(), &info), 0);
    for (const ResourceKnowledge known : listed(fixture).resourcesKnown) {
        EXPECT_EQ(known, ResourceKnowledge::Unknown);
    }
    EXPECT_TRUE(found(fixture, "host=edge-1").empty());
    // New spans of an old trace: found by them, and still not known as a whole.
    ASSERT_TRUE(fixture.submitTraces(traceBody({spanOf(1, 2, {{"host.name", "edge-2"}})})));
    EXPECT_EQ(found(fixture, "host=edge-2"), std::vector{traceIdOf(1)});
    const auto knownOf = [&](const TraceId& id) {
        const TraceListTable table = listed(fixture);
        for (std::size_t row = 0; row < table.rows(); ++row) {
            if (table.traceId[row] == id) {
                return table.resourcesKnown[row];
            }
        }
        ADD_FAILURE() << "not listed";
        return ResourceKnowledge::Unknown;
    };
    EXPECT_EQ(knownOf(traceIdOf(1)), ResourceKnowledge::Part);
    expectSummariesMatchSpans(fixture); // reads them all
    EXPECT_EQ(found(fixture, "host=edge-1").size(), 2U);
    EXPECT_EQ(knownOf(traceIdOf(2)), ResourceKnowledge::Whole);
}

} // namespace
} // namespace tracedeck::test
