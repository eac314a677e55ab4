// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/infrastructure_table.h"
#include "core/table_columns.h"
#include "core/trace_list_table.h"
#include "core/workload_table.h"

#include <functional>
#include <gtest/gtest.h>
#include <map>
#include <set>

using namespace tracedeck;

namespace {

template <class Table> Table twoRows()
{
    Table table;
    table.resize(2);
    for (std::size_t row = 0; row < 2; ++row) {
        table.keys[row] = row + 1;
        table.id[row] = table.strings.intern("id-" + std::to_string(row));
        table.name[row] = table.strings.intern("name-" + std::to_string(row));
    }
    table.finish();
    return table;
}

/// Every way to change one value of row 1, each on a table of its own.
template <class Table> std::vector<Table> changedTables()
{
    std::vector<Table> out;
    const auto add = [&out](const std::function<void(Table&)>& change) {
        auto table = twoRows<Table>();
        change(table);
        table.finish();
        out.push_back(std::move(table));
    };
    auto probe = twoRows<Table>();
    std::size_t texts = 0;
    std::size_t numbers = 0;
    visitTexts(probe, [&](TextColumn&) { ++texts; });
    visitNumbers(probe, [&](auto&) { ++numbers; });
    for (std::size_t wanted = 0; wanted < texts; ++wanted) {
        add([wanted](Table& table) {
            std::size_t at = 0;
            visitTexts(table, [&](TextColumn& column) {
                if (at++ == wanted) {
                    column[1] = table.strings.intern("changed");
                }
            });
        });
    }
    for (std::size_t wanted = 0; wanted < numbers; ++wanted) {
        add([wanted](Table& table) { // an unknown value that turns into a known zero is a change
            std::size_t at = 0;
            visitNumbers(table, [&](auto& column) {
                if (at++ == wanted) {
                    column.set(1, 0);
                }
            });
        });
    }
    for (std::size_t wanted = 0; wanted < 4; ++wanted) {
        out.push_back([wanted] {
            Table table;
            table.resize(2);
            table.id[0] = table.strings.intern("id-0");
            table.name[0] = table.strings.intern("name-0");
            table.id[1] = table.strings.intern("id-1");
            table.name[1] = table.strings.intern("name-1");
            table.keys = {1, 2};
            std::size_t at = 0;
            visitLists(table, [&](ListColumn& column) {
                if (at++ == wanted) {
                    column.endRow();
                    column.add(table.strings.intern("item"));
                    column.endRow();
                }
            });
            table.finish();
            return table;
        }());
    }
    return out;
}

template <class Table> void everyValueIsPartOfTheDigest(std::size_t atLeast)
{
    const auto origin = twoRows<Table>();
    const auto changed = changedTables<Table>();
    EXPECT_GE(changed.size(), atLeast);
    std::set<std::uint64_t> digests{origin.digests[1]};
    for (std::size_t i = 0; i < changed.size(); ++i) {
        EXPECT_EQ(changed[i].digests[0], origin.digests[0]) << "change " << i << " reached another row";
        EXPECT_TRUE(digests.insert(changed[i].digests[1]).second) << "change " << i << " cannot be seen";
    }
}

bool found(std::string_view haystack, std::string_view needle)
{
    return haystack.find(needle) != std::string_view::npos;
}

} // namespace

TEST(TableDigest, everyHostColumnCounts)
{
    everyValueIsPartOfTheDigest<InfrastructureTable>(34);
    const auto origin = twoRows<InfrastructureTable>();
    const auto differs = [&origin](const std::function<void(InfrastructureTable&)>& change) {
        auto table = twoRows<InfrastructureTable>();
        change(table);
        table.finish();
        return table.digests[1] != origin.digests[1];
    };
    EXPECT_TRUE(differs([](auto& t) { t.type[1] = InfrastructureType::ProxmoxMail; }));
    EXPECT_TRUE(differs([](auto& t) { t.status[1] = InfrastructureStatus::Offline; }));
    EXPECT_TRUE(differs([](auto& t) { t.platform[1] = Platform::Docker; }));
    EXPECT_TRUE(differs([](auto& t) { t.firstSource[1] = Platform::Docker; }));
    EXPECT_TRUE(differs([](auto& t) { t.sources[1] = platformBit(Platform::Docker); }));
    EXPECT_TRUE(differs([](auto& t) { t.flags[1] = kRowStale; }));
    EXPECT_FALSE(differs([](auto& t) { t.keys[1] = 77; })) << "a key is identity, not a value shown";
}

TEST(TableDigest, everyWorkloadColumnCounts)
{
    everyValueIsPartOfTheDigest<WorkloadTable>(43);
    const auto origin = twoRows<WorkloadTable>();
    const auto differs = [&origin](const std::function<void(WorkloadTable&)>& change) {
        auto table = twoRows<WorkloadTable>();
        change(table);
        table.finish();
        return table.digests[1] != origin.digests[1];
    };
    EXPECT_TRUE(differs([](auto& t) { t.type[1] = WorkloadType::Pod; }));
    EXPECT_TRUE(differs([](auto& t) { t.platform[1] = Platform::Docker; }));
    EXPECT_TRUE(differs([](auto& t) { t.platformScopes[1] = platformBit(Platform::Docker); }));
    EXPECT_TRUE(differs([](auto& t) { t.hostKeys[1] = 5; }));
    EXPECT_TRUE(differs([](auto& t) { t.flags[1] = kRatesPending; }));
}

TEST(TableDigest, everyTraceColumnCounts)
{
    const auto make = [](const std::function<void(TraceListTable&)>& change) {
        TraceListTable t;
        t.resize(1);
        t.traceId[0] = *TraceId::fromHex("1");
        t.services.add(t.strings.intern("web"));
        t.serviceSpans.push_back(1);
        t.services.endRow();
        change(t);
        t.finish();
        return t.digests[0];
    };
    std::set<std::uint64_t> digests;
    const std::function<void(TraceListTable&)> changes[] = {
        [](TraceListTable&) {},
        [](TraceListTable& t) { t.startNs[0] = 1; },
        [](TraceListTable& t) { t.durationNs[0] = 1; },
        [](TraceListTable& t) { t.rootService[0] = t.strings.intern("a"); },
        [](TraceListTable& t) { t.rootName[0] = t.strings.intern("a"); },
        [](TraceListTable& t) { t.spanCount[0] = 1; },
        [](TraceListTable& t) { t.errorCount[0] = 1; },
        [](TraceListTable& t) { t.own[0] = 1; },
        [](TraceListTable& t) { t.exact[0] = 1; },
        [](TraceListTable& t) { t.serviceSpans[0] = 2; },
    };
    for (std::size_t i = 0; i < std::size(changes); ++i) {
        EXPECT_TRUE(digests.insert(make(changes[i])).second) << "change " << i << " cannot be seen";
    }
}

TEST(TableFinish, isRepeatable)
{
    auto hosts = twoRows<InfrastructureTable>();
    const InfrastructureTable hostsBefore = hosts;
    hosts.finish();
    EXPECT_EQ(hosts, hostsBefore);
    auto workloads = twoRows<WorkloadTable>();
    const WorkloadTable workloadsBefore = workloads;
    workloads.finish();
    EXPECT_EQ(workloads, workloadsBefore);
    TraceListTable traces;
    traces.resize(2);
    traces.finish();
    const TraceListTable tracesBefore = traces;
    traces.finish();
    EXPECT_EQ(traces, tracesBefore);
    EXPECT_EQ(traces.search.rows(), 2U);
    EXPECT_EQ(traces.services.size(), 2U);
}

TEST(TableFinish, hostsAreFoundByNameIdHostnameAddressAndTag)
{
    InfrastructureTable t;
    t.resize(1);
    t.name[0] = t.strings.intern("Web-Name");
    t.id[0] = t.strings.intern("The-Id");
    t.hostname[0] = t.strings.intern("the.host");
    t.statusText[0] = t.strings.intern("not-searched");
    t.osName[0] = t.strings.intern("not-searched-either");
    t.ipAddresses.add(t.strings.intern("10.0.0.1"));
    t.ipAddresses.add(t.strings.intern("fe80::1"));
    t.ipAddresses.endRow();
    t.tags.add(t.strings.intern("Prod"));
    t.tags.endRow();
    t.finish();
    EXPECT_EQ(t.search.row(0),
              std::string_view("web-name\x01the-id\x01the.host\x01"
                               "10.0.0.1\x01"
                               "fe80::1\x01prod"));
}

TEST(TableFinish, workloadsAreFoundByTheNineteenFieldsAndOnRequestByMore)
{
    const auto make = [](WorkloadSearchFields fields) {
        WorkloadTable t;
        t.resize(1);
        std::size_t number = 0;
        visitTexts(t, [&](TextColumn& column) { column[0] = t.strings.intern("t" + std::to_string(number++) + "."); });
        t.vmid.set(0, 4711);
        t.type[0] = WorkloadType::AppContainer;
        t.platform[0] = Platform::Docker;
        t.platformScopes[0] = platformBit(Platform::Docker) | platformBit(Platform::Kubernetes);
        t.tags.add(t.strings.intern("tagged"));
        t.tags.endRow();
        t.ipAddresses.add(t.strings.intern("10.1.1.1"));
        t.ipAddresses.endRow();
        t.finish(fields);
        return std::string(t.search.row(0));
    };
    // Positions as in visitTexts: name 1, id 0, displayId 2, node 6, status 3, image 11, namespace 10, context 9,
    // cluster 8, instance 7, runtime 12, container 13, docker host 14 and 15, agent 16.
    const std::string reference = "t1.\x01t0.\x01t2.\x01"
                                  "4711\x01t6.\x01t3.\x01t11.\x01t10.\x01t9.\x01t8.\x01t7.\x01"
                                  "docker\x01"
                                  "docker kubernetes\x01"
                                  "app-container\x01t12.\x01t13.\x01t14.\x01t15.\x01t16.";
    EXPECT_EQ(make(WorkloadSearchFields::Reference), reference);
    const std::string product = make(WorkloadSearchFields::Product);
    EXPECT_EQ(product.substr(0, reference.size()), reference);
    for (const char* more : {"tagged", "10.1.1.1", "t19.", "t17.", "t18.", "t5."}) {
        EXPECT_TRUE(found(product, more)) << more << " in " << product;
        EXPECT_FALSE(found(reference, more)) << more;
    }
}

TEST(TableFinish, tracesAreFoundByIdRootAndServices)
{
    TraceListTable t;
    t.resize(1);
    t.traceId[0] = *TraceId::fromHex("ABC");
    t.rootService[0] = t.strings.intern("Front");
    t.rootName[0] = t.strings.intern("GET /");
    t.services.add(t.strings.intern("Db"));
    t.services.endRow();
    t.finish();
    EXPECT_EQ(t.search.row(0),
              std::string_view("00000000000000000000000000000abc\x01"
                               "front\x01get /\x01"
                               "db"));
    EXPECT_EQ(t.keys[0], makeRowKey(RowKind::Trace, {}, "00000000000000000000000000000abc"));
}

TEST(TableResize, newRowsSayTheyAreUnknown)
{
    InfrastructureTable hosts;
    hosts.resize(1);
    EXPECT_EQ(hosts.status[0], InfrastructureStatus::Unknown);
    EXPECT_EQ(hosts.platform[0], Platform::Generic);
    EXPECT_EQ(hosts.firstSource[0], Platform::Count);
    visitNumbers(hosts, [](const auto& column) { EXPECT_FALSE(column.has(0)); });
    WorkloadTable workloads;
    workloads.resize(1);
    workloads.finish();
    EXPECT_EQ(workloads.platform[0], Platform::Generic);
    EXPECT_EQ(workloads.bucket[0], StatusBucket::Degraded) << "nothing known is neither running nor stopped";
    visitNumbers(workloads, [](const auto& column) { EXPECT_FALSE(column.has(0)); });
}

struct BucketCase {
    const char* power;
    const char* health;
    StatusBucket bucket;
};

class Bucket : public testing::TestWithParam<BucketCase> { };

TEST_P(Bucket, followsHealthThenPower)
{
    EXPECT_EQ(statusBucketOf(GetParam().power, GetParam().health), GetParam().bucket);
}

INSTANTIATE_TEST_SUITE_P(
    Workloads, Bucket,
    testing::Values(
        BucketCase{"running", "", StatusBucket::Running}, BucketCase{"online", "", StatusBucket::Running},
        BucketCase{"healthy", "", StatusBucket::Running}, BucketCase{"stopped", "", StatusBucket::Stopped},
        BucketCase{"offline", "", StatusBucket::Stopped}, BucketCase{"error", "", StatusBucket::Stopped},
        BucketCase{"failed", "", StatusBucket::Stopped}, BucketCase{"down", "", StatusBucket::Stopped},
        BucketCase{"unreachable", "", StatusBucket::Stopped}, BucketCase{"disconnected", "", StatusBucket::Stopped},
        BucketCase{"timeout", "", StatusBucket::Stopped}, BucketCase{"inactive", "", StatusBucket::Stopped},
        BucketCase{"paused", "", StatusBucket::Degraded}, BucketCase{"unknown", "", StatusBucket::Degraded},
        BucketCase{"", "", StatusBucket::Degraded}, BucketCase{"restarting", "", StatusBucket::Degraded},
        // A health that says "fine" leaves the word to the power state.
        BucketCase{"stopped", "healthy", StatusBucket::Stopped}, BucketCase{"paused", "online", StatusBucket::Degraded},
        BucketCase{"running", "running", StatusBucket::Running},
        // Any other health decides alone.
        BucketCase{"running", "warning", StatusBucket::Degraded},
        BucketCase{"stopped", "degraded", StatusBucket::Degraded},
        BucketCase{"running", "failed", StatusBucket::Stopped}, BucketCase{"running", "offline", StatusBucket::Stopped},
        BucketCase{"stopped", "unknown", StatusBucket::Degraded}));
