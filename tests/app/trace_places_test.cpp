// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/trace_places.h"

#include "tests/support/query_tables.h"

#include <gtest/gtest.h>

namespace tracedeck {
namespace {

using Texts = std::vector<std::pair<const char*, const char*>>;

/// One span whose resource says this.
SpanTable spanOf(const Texts& resource, const char* service)
{
    SpanTable spans;
    for (const auto& [key, value] : resource) {
        spans.attributeRows.add(spans.strings.intern(key), AttributeType::String, spans.strings.intern(value));
    }
    spans.resources.attributes = {{0, static_cast<std::uint32_t>(resource.size())}};
    spans.resources.serviceName = {spans.strings.intern(service)};
    spans.resource = {0};
    return spans;
}

/// "Workload: cart (by container.id)" of the first fact.
std::string workloadText(const Texts& resource, const char* service)
{
    const TableSnapshot workloads(std::make_shared<const WorkloadTable>(tests::sampleWorkloads()));
    const Facts facts = placesOfSpan(spanOf(resource, service), 0, workloads, {});
    if (facts.empty()) {
        return {};
    }
    return QStringLiteral("%1: %2 (%3)").arg(facts[0].name, facts[0].value, facts[0].note).toStdString();
}

TEST(PlacesOfSpan, TheMatchedKeyIsShown)
{
    EXPECT_EQ(workloadText({{"tracedeck.peer.container", "4bf92f3577b34da6a3ce929d0e0e4736"}}, "any"),
              "Workload: session-cache (by connection peer)");
    EXPECT_EQ(workloadText({{"tracedeck.peer.unit", "other.service"}}, "edge-proxy"),
              "Workload: edge-proxy (by service.name)");
}

TEST(PlacesOfSpan, WithoutAMatchTheReasonIs)
{
    EXPECT_EQ(
        workloadText({{"container.id", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"},
                      {"tracedeck.peer.process", "node"}},
                     "cart"),
        "Workload: \xE2\x80\x93 (no match because no row has container.id 0123456789ab\xE2\x80\xA6, or connection peer "
        "node, or service.name cart)");
    EXPECT_EQ(
        workloadText({{"tracedeck.peer.note", "nginx passes on what others send"}}, "cart"),
        "Workload: \xE2\x80\x93 (no match because no row has service.name cart; its connection: nginx passes on what "
        "others send)");
}

TEST(PlacesOfSpan, WhileNoRowsAreKnownNothingIsSaid)
{
    EXPECT_TRUE(placesOfSpan(spanOf({}, "cart"), 0, {}, {}).empty());
    EXPECT_TRUE(
        placesOfSpan(spanOf({}, "cart"), 0, TableSnapshot(std::make_shared<const WorkloadTable>()), {}).empty());
}

} // namespace
} // namespace tracedeck
