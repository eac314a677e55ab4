// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/otlp_rows.h"

#include "formats/otlp_value_text.h"
#include "tests/formats/otlp_table_text.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <random>
#include <rapidcheck.h>

using namespace tracedeck;
using namespace tracedeck::test;

namespace {

SpanFields spanOf(std::uint64_t id, std::string_view name)
{
    SpanFields span;
    span.traceId = *TraceId::fromHex("77");
    span.spanId = SpanId{id};
    span.name = name;
    span.startNs = 1000 * id;
    span.endNs = 1000 * id + 10;
    return span;
}

void openGroup(OtlpSpanRows& rows)
{
    rows.openResource();
    ASSERT_TRUE(rows.fillResource({}));
    rows.openScope();
    ASSERT_TRUE(rows.fillScope({}));
}

void addOneOfEverything(OtlpSpanRows& rows, std::uint64_t number)
{
    const std::string unique = "text " + std::to_string(number);
    StringId id = 0;
    ASSERT_TRUE(rows.text(unique, id));
    rows.addAttribute(id, AttributeType::String, id);
    EventFields event;
    event.name = unique;
    ASSERT_TRUE(rows.addEvent(event));
    ASSERT_TRUE(rows.addLink({}));
    ASSERT_TRUE(rows.addSpan(spanOf(number, unique)));
}

} // namespace

TEST(OtlpRows, rollbackLeavesExactlyWhatStoodThereBefore)
{
    EXPECT_TRUE(rc::check("mark and rollback", [](std::uint32_t seed) {
        SpanTable table = arbitrarySpans(seed, seed % 5);
        OtlpSpanRows rows(table);
        const SpanTable before = table;
        const OtlpMark mark = rows.mark();
        for (std::uint64_t i = 0; i < 3; ++i) {
            openGroup(rows);
            addOneOfEverything(rows, i + 1);
        }
        RC_ASSERT(!(table == before));
        rows.rollback(mark);
        RC_ASSERT(table == before);
    }));
}

TEST(OtlpRows, textsTakenBackAreInternedAnew)
{
    SpanTable table;
    OtlpSpanRows rows(table);
    const OtlpMark mark = rows.mark();
    StringId first = 0;
    StringId other = 0;
    StringId again = 0;
    ASSERT_TRUE(rows.text("forgotten", first));
    rows.rollback(mark);
    ASSERT_TRUE(rows.text("somebody else", other));
    EXPECT_EQ(other, first) << "the handle is free again";
    ASSERT_TRUE(rows.text("forgotten", again));
    EXPECT_NE(again, other) << "what was remembered of the old text must not answer for the new one";
    EXPECT_EQ(table.strings.view(again), "forgotten");
}

TEST(OtlpRows, anyTextGetsTheHandleOfThePool)
{
    EXPECT_TRUE(rc::check("text = intern", [](const std::vector<std::string>& texts) {
        SpanTable table;
        OtlpSpanRows rows(table);
        std::map<std::string, StringId> known;
        for (const std::string& text : texts) {
            for (const std::string& variant : {text, text + "a", text.substr(0, text.size() / 2)}) {
                StringId id = 99;
                if (!rows.text(variant, id)) {
                    RC_ASSERT(id == 0U);
                    StringId found = 0;
                    RC_ASSERT(!table.strings.find(variant, found));
                    continue;
                }
                RC_ASSERT(table.strings.view(id) == variant);
                RC_ASSERT(known.try_emplace(variant, id).first->second == id);
            }
        }
    }));
}

TEST(OtlpRows, invalidTextAddsNothing)
{
    SpanTable table;
    OtlpSpanRows rows(table);
    openGroup(rows);
    const SpanTable before = table;
    StringId id = 7;
    EXPECT_FALSE(rows.text("bad\xff", id));
    EventFields event;
    event.name = "bad\xff";
    EXPECT_FALSE(rows.addEvent(event));
    LinkFields link;
    link.traceState = "bad\xff";
    EXPECT_FALSE(rows.addLink(link));
    for (std::string_view SpanFields::*text :
         {&SpanFields::name, &SpanFields::statusMessage, &SpanFields::traceState}) {
        SpanFields span = spanOf(1, "good");
        span.*text = "bad\xff";
        const OtlpMark mark = rows.mark();
        EXPECT_FALSE(rows.addSpan(span));
        rows.rollback(mark);
    }
    EXPECT_EQ(table, before);
}

TEST(OtlpRows, ownersWithoutANameAreUnknownServices)
{
    SpanTable table;
    OtlpSpanRows rows(table);
    rows.openResource();
    ASSERT_TRUE(rows.fillResource({}));
    rows.openResource();
    ResourceFields named;
    named.service = "checkout";
    named.schemaUrl = "https://example.test/1";
    named.droppedAttributes = 4;
    named.attributes = {0, 0};
    ASSERT_TRUE(rows.fillResource(named));
    EXPECT_EQ(table.strings.view(table.resources.serviceName[0]), "unknown_service");
    EXPECT_EQ(table.strings.view(table.resources.serviceName[1]), "checkout");
    EXPECT_EQ(table.strings.view(table.resources.schemaUrl[1]), "https://example.test/1");
    EXPECT_EQ(table.resources.droppedAttributes, (std::vector<std::uint32_t>{0, 4}));
    ResourceFields bad;
    bad.service = "\xff";
    EXPECT_FALSE(rows.fillResource(bad));
    ScopeFields scope;
    rows.openScope();
    for (std::string_view ScopeFields::*text : {&ScopeFields::name, &ScopeFields::version, &ScopeFields::schemaUrl}) {
        scope = {};
        scope.*text = "\xff";
        EXPECT_FALSE(rows.fillScope(scope));
    }
}

TEST(OtlpRows, spansBelongToTheGroupThatIsOpen)
{
    SpanTable table;
    OtlpSpanRows rows(table);
    openGroup(rows);
    ASSERT_TRUE(rows.addSpan(spanOf(1, "a")));
    rows.openScope();
    ASSERT_TRUE(rows.addSpan(spanOf(2, "b")));
    openGroup(rows);
    ASSERT_TRUE(rows.addSpan(spanOf(3, "c")));
    EXPECT_EQ(table.resource, (std::vector<std::uint32_t>{0, 0, 1}));
    EXPECT_EQ(table.scope, (std::vector<std::uint32_t>{0, 1, 2}));
    EXPECT_EQ(table.durationNs, (std::vector<std::int64_t>{10, 10, 10}));
}

TEST(OtlpRows, aGuessAboutTheSizeNeverChangesRows)
{
    for (const double times : {0.0, 0.5, 1.0, 3.7, 1000.0}) {
        SpanTable table;
        OtlpSpanRows rows(table);
        const OtlpMark start = rows.mark();
        openGroup(rows);
        addOneOfEverything(rows, 1);
        const SpanTable before = table;
        rows.expect(start, times);
        EXPECT_EQ(table, before) << times;
        addOneOfEverything(rows, 2);
        EXPECT_EQ(table.rows(), 2U);
    }
}

TEST(OtlpRows, unknownEnumsAndSeveritiesBecomeUnspecified)
{
    SpanTable table;
    OtlpSpanRows rows(table);
    openGroup(rows);
    for (const std::uint32_t number : {0U, 5U, 6U, ~0U}) {
        SpanFields span = spanOf(number + 1ULL, "n");
        span.kind = number;
        span.status = number;
        ASSERT_TRUE(rows.addSpan(span));
    }
    EXPECT_EQ(table.kind,
              (std::vector<SpanKind>{SpanKind::Unspecified, SpanKind::Consumer, SpanKind::Unspecified,
                                     SpanKind::Unspecified}));
    EXPECT_EQ(table.status, std::vector<SpanStatus>(4, SpanStatus::Unset));
    LogTable logs;
    OtlpLogRows logRows(logs);
    logRows.openResource();
    logRows.openScope();
    for (const std::uint32_t severity : {0U, 1U, 24U, 25U, 256U, 265U}) {
        LogFields log;
        log.severity = severity;
        ASSERT_TRUE(logRows.addLog(log));
    }
    EXPECT_EQ(logs.severity, (std::vector<std::uint8_t>{0, 1, 24, 0, 0, 0})) << "265 must not wrap to 9";
}

TEST(OtlpRows, rollbackOfLogs)
{
    LogTable table = arbitraryLogs(5, 4);
    const LogTable before = table;
    OtlpLogRows rows(table);
    const OtlpMark mark = rows.mark();
    rows.openResource();
    rows.openScope();
    LogFields log;
    log.body = "to be taken back";
    ASSERT_TRUE(rows.addLog(log));
    EXPECT_EQ(rows.records(), 5U);
    rows.rollback(mark);
    EXPECT_EQ(table, before);
}

TEST(ResourceGroups, keepFirstUseOrderAndLoseNoRow)
{
    EXPECT_TRUE(rc::check("grouping", [](std::uint32_t seed) {
        std::mt19937 random(seed);
        std::vector<std::uint32_t> resources(40);
        std::vector<std::uint32_t> scopes(40);
        for (std::size_t i = 0; i < resources.size(); ++i) {
            resources[i] = static_cast<std::uint32_t>(random() % 4);
            scopes[i] = static_cast<std::uint32_t>(random() % 3);
        }
        std::vector<std::uint32_t> rows = allRows(40);
        std::shuffle(rows.begin(), rows.end(), random);
        rows.resize(random() % 41);
        std::vector<std::uint32_t> seen;
        std::vector<std::uint32_t> owners;
        for (const OtlpResourceGroup& group : groupByResource(resources, scopes, rows)) {
            owners.push_back(group.resource);
            std::vector<std::uint32_t> inner;
            for (const OtlpScopeGroup& scope : group.scopes) {
                inner.push_back(scope.scope);
                RC_ASSERT(!scope.rows.empty());
                std::size_t last = 0;
                for (const std::uint32_t row : scope.rows) {
                    RC_ASSERT(resources[row] == group.resource);
                    RC_ASSERT(scopes[row] == scope.scope);
                    const auto at = static_cast<std::size_t>(std::find(rows.begin(), rows.end(), row) - rows.begin());
                    RC_ASSERT(at >= last);
                    last = at;
                    seen.push_back(row);
                }
            }
            std::sort(inner.begin(), inner.end());
            RC_ASSERT(std::adjacent_find(inner.begin(), inner.end()) == inner.end());
        }
        std::vector<std::uint32_t> firstUse;
        for (const std::uint32_t row : rows) {
            if (std::find(firstUse.begin(), firstUse.end(), resources[row]) == firstUse.end()) {
                firstUse.push_back(resources[row]);
            }
        }
        RC_ASSERT(owners == firstUse);
        std::sort(seen.begin(), seen.end());
        std::sort(rows.begin(), rows.end());
        RC_ASSERT(seen == rows);
    }));
}

TEST(OtlpValueText, readsOnlyTheExpectedKind)
{
    OtlpValueText values;
    simdjson::dom::element element;
    EXPECT_TRUE(values.parse("[1,2]", AttributeType::Array, element));
    EXPECT_EQ(simdjson::dom::array(element).size(), 2U);
    EXPECT_TRUE(values.parse("{}", AttributeType::KeyValueList, element));
    EXPECT_FALSE(values.parse("{}", AttributeType::Array, element));
    EXPECT_FALSE(values.parse("[]", AttributeType::KeyValueList, element));
    for (const char* bad : {"", "5", "[", "[1,]", "nonsense", "[] []"}) {
        EXPECT_FALSE(values.parse(bad, AttributeType::Array, element)) << bad;
    }
}
