// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/trace_match.h"

#include "selectors/query_match.h"
#include "tests/support/query_tables.h"

#include <gtest/gtest.h>

using namespace tracedeck;
using namespace tracedeck::tests;

namespace {

const std::string kContainer = "4bf92f3577b34da6a3ce929d0e0e47364bf92f3577b34da6a3ce929d0e0e4736";

/// One workload of a type and name; further columns are set by the test.
WorkloadTable oneWorkload(WorkloadType type, const char* name)
{
    WorkloadTable t;
    t.resize(1);
    t.type = {type};
    t.name = {t.strings.intern(name)};
    return t;
}

std::vector<std::string> queries(const std::vector<TraceMatch>& matches)
{
    std::vector<std::string> out;
    for (const TraceMatch& match : matches) {
        EXPECT_TRUE(compileQuery(match.query, QueryTable::Traces).ok()) << match.query;
        out.push_back(match.key + " " + match.query);
    }
    return out;
}

using Texts = std::vector<std::string>;

TEST(TraceMatches, aContainerGoesByIdThenNameThenService)
{
    WorkloadTable t = oneWorkload(WorkloadType::AppContainer, "shop-cart-2");
    t.containerId = {t.strings.intern(kContainer)};
    t.composeProject = {t.strings.intern("shop")};
    EXPECT_EQ(
        queries(traceMatches(t, 0)),
        (Texts{"container.id container=" + kContainer, "container.name container=shop-cart-2",
               "connection peer peer=" + kContainer, "service.name service=cart", "service.name service=shop-cart-2"}));
    t.containerId = {t.strings.intern("abc")};
    t.composeProject = {0};
    EXPECT_EQ(queries(traceMatches(t, 0)),
              (Texts{"container.name container=shop-cart-2", "service.name service=shop-cart-2"}))
        << "an id this short names nothing";
    for (const auto& [id, ways] : {std::pair{"0123456789a", 2U}, std::pair{"0123456789ab", 4U}}) {
        t.containerId = {t.strings.intern(id)};
        EXPECT_EQ(traceMatches(t, 0).size(), ways) << id << ": twelve digits are what people copy";
    }
}

TEST(TraceMatches, composeNamesInBothSpellings)
{
    const auto service = [](const char* name, const char* project) {
        WorkloadTable t = oneWorkload(WorkloadType::AppContainer, name);
        t.composeProject = {t.strings.intern(project)};
        const auto matches = traceMatches(t, 0);
        return matches.size() < 3 ? std::string() : matches[1].value;
    };
    EXPECT_EQ(service("shop_cart_1", "shop"), "cart");
    EXPECT_EQ(service("shop-cart-blue-12", "shop"), "cart-blue");
    EXPECT_EQ(service("shop-cart", "shop"), "cart");
    EXPECT_EQ(service("shopping-cart-1", "shop"), "");
    EXPECT_EQ(service("shop", "shop"), "");
    EXPECT_EQ(service("shop-", "shop"), "");
}

TEST(TraceMatches, aPodGoesByNameAndNamespaceThenByItsOwner)
{
    WorkloadTable t = oneWorkload(WorkloadType::Pod, "checkout-7d9f8b6c5-x2x4z");
    t.nameSpace = {t.strings.intern("shop")};
    EXPECT_EQ(queries(traceMatches(t, 0)),
              (Texts{"k8s.pod.name pod=checkout-7d9f8b6c5-x2x4z ns=shop", "service.name service=checkout",
                     "service.name service=checkout-7d9f8b6c5-x2x4z"}));
    EXPECT_EQ(traceMatches(oneWorkload(WorkloadType::Pod, "db-0"), 0)[1].value, "db");
    EXPECT_EQ(traceMatches(oneWorkload(WorkloadType::Pod, "node-exporter-b4x7k"), 0)[1].value, "node-exporter");
    EXPECT_EQ(traceMatches(oneWorkload(WorkloadType::Pod, "web-bcdfgh-x2x4z"), 0)[1].value, "web");
    EXPECT_EQ(traceMatches(oneWorkload(WorkloadType::Pod, "web-bcdfg-x2x4z"), 0)[1].value, "web-bcdfg")
        << "five letters are a word, a replica set has more";
    EXPECT_EQ(traceMatches(oneWorkload(WorkloadType::Pod, "lone"), 0).size(), 2U);
}

TEST(TraceMatches, unitsAndGuests)
{
    EXPECT_EQ(queries(traceMatches(oneWorkload(WorkloadType::Unit, "nginx.service"), 0)),
              (Texts{"connection peer peer=nginx.service", "service.name service=nginx"}));
    EXPECT_EQ(queries(traceMatches(oneWorkload(WorkloadType::Vm, "web 1"), 0)),
              (Texts{"host.name host=\"web 1\"", "connection peer peer=\"web 1\"", "service.name service=\"web 1\""}));
    EXPECT_TRUE(traceMatches(oneWorkload(WorkloadType::Unit, ""), 0).empty());
}

TEST(TraceMatches, namesAreWrittenSoThatTheyCannotBreakOutOfTheQuery)
{
    for (const char* name : {"a\" or own:yes or \"", "a\\", "and", "x,y", "(", "a=b", "-", "\xC3\xA4 \xC3\xB6"}) {
        const auto matches = traceMatches(oneWorkload(WorkloadType::Unit, name), 0);
        ASSERT_EQ(matches.size(), 2U);
        for (const TraceMatch& match : matches) {
            const QueryOutcome outcome = compileQuery(match.query, QueryTable::Traces);
            ASSERT_TRUE(outcome.ok()) << match.query;
            ASSERT_EQ(outcome.query.clauses.size(), 1U) << match.query;
        }
        const QueryOutcome outcome = compileQuery(matches[1].query, QueryTable::Traces);
        TraceListTable traces;
        traces.resize(1);
        traces.traceId[0].bytes[0] = 1;
        addTexts(traces.strings, traces.services, {name});
        traces.finish();
        EXPECT_EQ(matchRows(outcome.query, traces, kTestNow), std::vector<std::uint8_t>{1}) << matches[0].query;
    }
}

TEST(TraceMatches, hostsGoByMachineIdThenNames)
{
    InfrastructureTable t = sampleHosts();
    t.machineId = {t.strings.intern("9f86d081884c7d659a2feaa0c55ad015"), 0};
    EXPECT_EQ(queries(traceMatches(t, 0)),
              (Texts{"host.id host=9f86d081884c7d659a2feaa0c55ad015", "host.name host=nas.lan", "host.name host=nas"}));
    EXPECT_EQ(queries(traceMatches(t, 1)), (Texts{"host.name host=backup"}));
    t.ipAddresses = {};
    addTexts(t.strings, t.ipAddresses, {"127.0.0.1", "10.0.0.7", "fe80::7", "10.0.0.8"});
    EXPECT_EQ(queries(traceMatches(t, 0)).back(), "connection peer peer=\"fe80::7\"") << "two addresses, no loopback";
}

TEST(TraceMatches, theConnectionCountsBeforeTheServiceName)
{
    WorkloadTable t = oneWorkload(WorkloadType::AppContainer, "cart");
    t.containerId = {t.strings.intern("4bf92f3577b3")};
    addTexts(t.strings, t.ipAddresses, {"172.17.0.3"});
    EXPECT_EQ(
        queries(traceMatches(t, 0)),
        (Texts{"container.id container=4bf92f3577b3", "container.name container=cart",
               "connection peer peer:4bf92f3577b3", "connection peer peer=172.17.0.3", "service.name service=cart"}))
        << "an id that is cut is looked for inside the full ones";
    TraceListTable traces = sampleTraces();
    const auto finds = [&traces](const TraceMatch& match) {
        return matchRows(compileQuery(match.query, QueryTable::Traces).query, traces, kTestNow)[0] == 1;
    };
    EXPECT_FALSE(finds(traceMatches(t, 0)[2]));
    const auto give = [&traces](ResourceKey key, const char* value) {
        ListColumn& column = traces.resources[static_cast<std::size_t>(key)];
        column = {};
        addTexts(traces.strings, column, {value});
    };
    give(ResourceKey::PeerContainer, kContainer.c_str());
    give(ResourceKey::PeerAddress, "172.17.0.3");
    traces.finish();
    EXPECT_TRUE(finds(traceMatches(t, 0)[2]));
    EXPECT_TRUE(finds(traceMatches(t, 0)[3]));
}

} // namespace
