// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/span_facts.h"
#include "tests/support/span_builder.h"

#include <algorithm>
#include <bit>
#include <gtest/gtest.h>

using namespace tracedeck;
using testing_support::SpanBuilder;

namespace {

const Fact* factNamed(const Facts& facts, QStringView name)
{
    const auto found = std::find_if(facts.begin(), facts.end(), [&](const Fact& fact) { return fact.name == name; });
    return found == facts.end() ? nullptr : &*found;
}

} // namespace

TEST(SpanFacts, saysTimesStatusAndOddities)
{
    SpanBuilder b;
    b.span(1, 0, 0, 100).span(2, 77, 442, 810, "Charge", "payments", SpanStatus::Error);
    const SpanLayout layout = layoutSpans(b.table());
    const Facts facts = spanFacts(b.table(), layout, 1);
    ASSERT_NE(factNamed(facts, u"Start"), nullptr);
    EXPECT_EQ(factNamed(facts, u"Start")->value, u"+442 ms");
    EXPECT_EQ(factNamed(facts, u"Duration")->value, u"810 ms");
    EXPECT_TRUE(factNamed(facts, u"Status")->bad);
    EXPECT_EQ(factNamed(facts, u"Kind")->value, u"internal");
    EXPECT_TRUE(factNamed(facts, u"Note")->value.contains(u"parent"));
    EXPECT_EQ(factNamed(facts, u"Parent id")->value, u"000000000000004d");
    EXPECT_EQ(factNamed(spanFacts(b.table(), layout, 0), u"Parent id")->value, u"\u2013");
}

TEST(SpanFacts, whatIsCopiedRatherThanReadStandsTogetherAtTheEnd)
{
    SpanBuilder b;
    b.span(1, 0, 0, 100);
    SpanTable spans = b.table();
    spans.droppedEvents[0] = 3;
    const Facts facts = spanFacts(spans, layoutSpans(spans), 0);
    const auto exact = std::find_if(facts.begin(), facts.end(), [](const Fact& fact) { return fact.mono; });
    ASSERT_NE(exact, facts.end());
    EXPECT_EQ(exact->name, u"Started at");
    EXPECT_TRUE(std::all_of(exact, facts.end(), [](const Fact& fact) { return fact.mono; }));
}

TEST(SpanFacts, showsEveryKindOfValueAndMasksSecrets)
{
    SpanBuilder b;
    b.span(1, 0, 0, 1).attribute("http.route", "/v1").attribute("http.request.header.authorization", "Bearer x");
    SpanTable spans = b.table();
    const auto add = [&](AttributeType type, std::uint64_t payload) {
        spans.attributeRows.add(spans.strings.intern("k"), type, payload);
        return attributeText(spans, static_cast<std::uint32_t>(spans.attributeRows.size() - 1));
    };
    EXPECT_EQ(add(AttributeType::Int, static_cast<std::uint64_t>(-5)), u"-5");
    EXPECT_EQ(add(AttributeType::Double, std::bit_cast<std::uint64_t>(0.25)), u"0.25");
    EXPECT_EQ(add(AttributeType::Bool, 1), u"true");
    EXPECT_EQ(add(AttributeType::Empty, 0), u"\u2013");
    EXPECT_EQ(add(AttributeType::Array, spans.strings.intern("[1,2]")), u"[1,2]");
    const Facts facts = attributeFacts(spans, spans.attributes[0]);
    ASSERT_EQ(facts.size(), 2U);
    EXPECT_FALSE(facts[0].secret);
    EXPECT_TRUE(facts[1].secret);
    EXPECT_EQ(shownValue(facts[1], false), u"\u2022\u2022\u2022");
    EXPECT_EQ(shownValue(facts[1], true), u"Bearer x");
}

TEST(SpanFacts, listsEventsWithTheirOffsets)
{
    SpanBuilder b;
    b.span(1, 0, 10, 5).event(12, "retry").event(13, "exception");
    const Facts facts = eventFacts(b.table(), 0);
    ASSERT_EQ(facts.size(), 2U);
    EXPECT_EQ(facts[0].name, u"+2 ms");
    EXPECT_EQ(facts[0].value, u"retry");
    EXPECT_TRUE(facts[1].bad);
    EXPECT_TRUE(linkFacts(b.table(), 0).empty());
}
