// SPDX-License-Identifier: GPL-3.0-or-later
// A trace and its spans in words: every mark, kind, count and odd value.
#include "core/number_format.h"
#include "models/span_facts.h"
#include "models/trace_overview.h"
#include "selectors/span_layout.h"
#include "tests/support/span_builder.h"

#include <QStringList>
#include <algorithm>
#include <bit>
#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <numeric>
#include <random>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace tracedeck {
namespace {

using testing_support::SpanBuilder;

QString valueOf(const Facts& facts, const char* name)
{
    for (const Fact& fact : facts) {
        if (fact.name == QLatin1String(name)) {
            return fact.value;
        }
    }
    return QStringLiteral("(none)");
}

QStringList notesOf(const Facts& facts)
{
    QStringList notes;
    for (const Fact& fact : facts) {
        if (fact.name == u"Note") {
            notes += fact.value;
        }
    }
    return notes;
}

SpanTable withAttribute(AttributeType type, std::uint64_t payload)
{
    SpanBuilder builder;
    builder.span(1, 0, 0, 5).attribute("k", "text");
    SpanTable table = builder.table();
    table.attributeRows.type[0] = type;
    if (type == AttributeType::Empty || type == AttributeType::Bool || type == AttributeType::Int
        || type == AttributeType::Double) {
        table.attributeRows.payload[0] = payload;
    }
    return table;
}

QString textOf(AttributeType type, std::uint64_t payload = 0)
{
    return attributeText(withAttribute(type, payload), 0);
}

SpanTable randomTrace(std::uint32_t seed)
{
    std::mt19937 random(seed);
    SpanBuilder builder;
    const char* const services[] = {"web", "db", "cache", "auth"};
    for (std::uint64_t id = 1 + random() % 20; id > 0; --id) {
        builder.span(id, random() % 3 == 0 ? 0 : random() % 22, static_cast<std::int64_t>(random() % 50),
                     static_cast<std::int64_t>(random() % 30), "op", services[random() % 4],
                     random() % 5 == 0 ? SpanStatus::Error : SpanStatus::Unset);
    }
    return builder.table();
}

} // namespace

TEST(AttributeText, EveryTypeReadsPlainly)
{
    EXPECT_EQ(textOf(AttributeType::Empty), QString::fromUtf8(kUnknownText));
    EXPECT_EQ(textOf(AttributeType::Bool, 0), QStringLiteral("false"));
    EXPECT_EQ(textOf(AttributeType::Bool, 1), QStringLiteral("true"));
    EXPECT_EQ(textOf(AttributeType::Int, std::uint64_t{1} << 63U), QStringLiteral("-9223372036854775808"));
    EXPECT_EQ(textOf(AttributeType::Int, 4812), QStringLiteral("4812")) << "a value of the sender, not a count of ours";
    const auto real = [](double value) { return textOf(AttributeType::Double, std::bit_cast<std::uint64_t>(value)); };
    EXPECT_EQ(real(0.1), QStringLiteral("0.1"));
    EXPECT_EQ(real(-2.0), QStringLiteral("-2"));
    EXPECT_EQ(real(1e300), QStringLiteral("1e+300"));
    EXPECT_EQ(real(std::numeric_limits<double>::quiet_NaN()), QStringLiteral("nan"));
    EXPECT_EQ(real(-std::numeric_limits<double>::infinity()), QStringLiteral("-inf"));
    for (const AttributeType type :
         {AttributeType::String, AttributeType::Array, AttributeType::KeyValueList, AttributeType::Bytes}) {
        EXPECT_EQ(textOf(type), QStringLiteral("text"));
    }
}

TEST(SpanWordsOfFacts, EveryKindStatusAndMark)
{
    const char* const kinds[] = {kUnknownText, "internal", "server", "client", "producer", "consumer"};
    for (int kind = 0; kind < 6; ++kind) {
        SpanBuilder builder;
        builder.span(1, 0, 0, 5);
        SpanTable table = builder.table();
        table.kind[0] = static_cast<SpanKind>(kind);
        EXPECT_EQ(valueOf(spanFacts(table, layoutSpans(table), 0), "Kind"), QString::fromUtf8(kinds[kind]));
    }
    SpanBuilder builder;
    builder.span(1, 99, 10, 20, "orphan", "web", SpanStatus::Error).span(2, 1, 5, 50).span(2, 1, 12, -3);
    builder.span(7, 7, 40, 1, "self", "web", SpanStatus::Ok);
    SpanTable table = builder.table();
    table.statusMessage[0] = table.strings.intern("it broke");
    const SpanLayout layout = layoutSpans(table);
    const auto factsOfRow = [&](std::uint32_t row) {
        const auto at = std::find(layout.row.begin(), layout.row.end(), row) - layout.row.begin();
        return spanFacts(table, layout, static_cast<std::uint32_t>(at));
    };
    EXPECT_EQ(valueOf(factsOfRow(0), "Status"), QStringLiteral("\u2715 error: it broke"));
    EXPECT_EQ(notesOf(factsOfRow(0)), QStringList{QStringLiteral("its parent is not in this trace (yet)")});
    EXPECT_TRUE(notesOf(factsOfRow(1)).join(u' ').contains(u"partly outside its parent"));
    const QString twin = notesOf(factsOfRow(2)).join(u' ');
    EXPECT_TRUE(twin.contains(u"another span has the same id"));
    EXPECT_TRUE(twin.contains(u"ends before it starts"));
    EXPECT_EQ(valueOf(factsOfRow(2), "Duration"), QStringLiteral("-3 ms"));
    EXPECT_EQ(valueOf(factsOfRow(2), "Self time"), QStringLiteral("0 ns"));
    EXPECT_TRUE(notesOf(factsOfRow(3)).join(u' ').contains(u"lead back to itself"));
    EXPECT_EQ(valueOf(factsOfRow(3), "Status"), QStringLiteral("ok"));
    EXPECT_EQ(valueOf(factsOfRow(1), "Status"), QStringLiteral("not set"));
    EXPECT_EQ(valueOf(factsOfRow(0), "Start"), QStringLiteral("+5 ms")) << "counted from the earliest span";
    EXPECT_EQ(valueOf(factsOfRow(0), "Parent id"), QStringLiteral("0000000000000063"));
}

TEST(SpanWordsOfFacts, DroppedPartsAndScopeAreSaid)
{
    SpanBuilder builder;
    builder.span(1, 0, 0, 5);
    SpanTable table = builder.table();
    table.droppedAttributes[0] = 1234;
    table.droppedLinks[0] = 1;
    table.traceState[0] = table.strings.intern("a=b");
    table.scopes.name[0] = table.strings.intern("lib");
    table.scopes.version[0] = table.strings.intern("1.2");
    const Facts facts = spanFacts(table, layoutSpans(table), 0);
    EXPECT_EQ(valueOf(facts, "Attributes"), QStringLiteral("1,234"));
    EXPECT_EQ(valueOf(facts, "Events"), QStringLiteral("(none)")) << "nothing dropped, nothing said";
    EXPECT_EQ(valueOf(facts, "Links"), QStringLiteral("1"));
    EXPECT_EQ(valueOf(facts, "Trace state"), QStringLiteral("a=b"));
    EXPECT_EQ(valueOf(facts, "Scope"), QStringLiteral("lib"));
    EXPECT_EQ(valueOf(facts, "Parent id"), QString::fromUtf8(kUnknownText));
}

TEST(LinkFacts, LeadToTheTraceTheyName)
{
    SpanBuilder builder;
    builder.span(1, 0, 0, 5);
    SpanTable table = builder.table();
    table.linkRows.traceId.push_back(*TraceId::fromHex("abc"));
    table.linkRows.spanId.push_back(SpanId{0x22});
    table.linkRows.traceState.push_back(0);
    table.linkRows.attributes.push_back({});
    table.linkRows.droppedAttributes.push_back(0);
    table.linkRows.flags.push_back(0);
    table.links[0] = {0, 1};
    const Facts facts = linkFacts(table, 0);
    ASSERT_EQ(facts.size(), 2U);
    EXPECT_EQ(facts[0].link, QStringLiteral("tracedeck://trace/00000000000000000000000000000abc"));
    EXPECT_EQ(facts[1].value, QStringLiteral("0000000000000022"));
    EXPECT_TRUE(linkFacts(builder.table(), 0).empty());
}

RC_GTEST_PROP(ServiceSharesProperty, SumUpToTheTrace, (std::uint32_t seed))
{
    const SpanTable spans = randomTrace(seed);
    const SpanLayout layout = layoutSpans(spans);
    const auto shares = serviceShares(spans, layout);
    std::uint64_t count = 0;
    std::uint64_t errors = 0;
    std::int64_t self = 0;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        count += shares[i].spans;
        errors += shares[i].errors;
        self += shares[i].selfNs;
        RC_ASSERT(shares[i].spans > 0U);
        RC_ASSERT((i == 0 || shares[i - 1].selfNs > shares[i].selfNs
                   || (shares[i - 1].selfNs == shares[i].selfNs && shares[i - 1].service < shares[i].service)));
    }
    RC_ASSERT(count == spans.rows());
    RC_ASSERT(errors == layout.errors);
    RC_ASSERT(self == std::accumulate(layout.selfNs.begin(), layout.selfNs.end(), std::int64_t{0}));
}

RC_GTEST_PROP(SlowestPositionsProperty, AreTheTopOfAFullSort, (std::uint32_t seed))
{
    const SpanTable spans = randomTrace(seed);
    const SpanLayout layout = layoutSpans(spans);
    const auto count = *rc::gen::inRange<std::size_t>(0, 25);
    const auto slowest = slowestPositions(spans, layout, count);
    RC_ASSERT(slowest.size() == std::min(count, layout.size()));
    std::vector<std::int64_t> all = layout.selfNs;
    std::sort(all.rbegin(), all.rend());
    for (std::size_t i = 0; i < slowest.size(); ++i) {
        RC_ASSERT(layout.selfNs[slowest[i]] == all[i]);
    }
}

TEST(TraceFacts, SayWhatTheTraceIs)
{
    EXPECT_TRUE(traceFacts(SpanTable(), SpanLayout(), 0).empty());
    SpanBuilder builder;
    builder.span(1, 0, 0, 100).event(5, "a").span(2, 1, 10, 20, "x", "db", SpanStatus::Error).span(3, 77, 30, 5);
    SpanTable table = builder.table();
    const auto first = static_cast<std::uint32_t>(table.attributeRows.size());
    for (int i = 0; i < 8; ++i) {
        table.attributeRows.add(table.strings.intern("host.name"), AttributeType::String,
                                table.strings.intern("host-" + std::to_string(i)));
    }
    table.resources.attributes[0] = {first, first + 8};
    const Facts facts = traceFacts(table, layoutSpans(table), 3600);
    EXPECT_EQ(valueOf(facts, "Duration"), QStringLiteral("100 ms"));
    EXPECT_EQ(valueOf(facts, "Spans"), QStringLiteral("3"));
    EXPECT_EQ(valueOf(facts, "Events"), QStringLiteral("1"));
    EXPECT_EQ(valueOf(facts, "Errors"), QStringLiteral("1"));
    EXPECT_EQ(valueOf(facts, "Missing"), QStringLiteral("the parent of 1 span"));
    EXPECT_EQ(valueOf(facts, "Start"), QStringLiteral("2023-11-14 23:13:20")) << "in the zone of the viewer";
    EXPECT_EQ(valueOf(facts, "Host"), QStringLiteral("host-0, host-1, host-2, host-3, host-4, host-5"));
    const auto host = std::find_if(facts.begin(), facts.end(), [](const Fact& fact) { return fact.name == u"Host"; });
    EXPECT_EQ(host->note, QStringLiteral("6 of 8")) << "a list that is cut says so";
}

TEST(RootPosition, PrefersARootWhoseParentIsNotMissing)
{
    EXPECT_EQ(rootPosition(SpanLayout()), SpanLayout::kNoParent);
    SpanBuilder orphanFirst;
    orphanFirst.span(1, 99, 0, 5).span(2, 0, 10, 5);
    const SpanTable table = orphanFirst.table();
    const SpanLayout layout = layoutSpans(table);
    EXPECT_EQ(table.spanId[layout.row[rootPosition(layout)]].value, 2U);
    SpanBuilder onlyOrphans;
    onlyOrphans.span(1, 99, 0, 5).span(2, 98, 10, 5);
    EXPECT_EQ(rootPosition(layoutSpans(onlyOrphans.table())), 0U);
}

} // namespace tracedeck
