// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/trace_overview.h"
#include "tests/support/span_builder.h"

#include <algorithm>
#include <gtest/gtest.h>

using namespace tracedeck;
using testing_support::SpanBuilder;

namespace {

SpanBuilder sample()
{
    SpanBuilder b;
    b.span(1, 0, 0, 100, "GET /", "web")
        .span(2, 1, 10, 60, "query", "db", SpanStatus::Error)
        .span(3, 1, 80, 10, "query", "db");
    return b;
}

const Fact* named(const Facts& facts, QStringView name)
{
    const auto found = std::find_if(facts.begin(), facts.end(), [&](const Fact& fact) { return fact.name == name; });
    return found == facts.end() ? nullptr : &*found;
}

} // namespace

TEST(TraceOverview, sharesSumSelfTimesPerService)
{
    const SpanBuilder b = sample();
    const auto shares = serviceShares(b.table(), layoutSpans(b.table()));
    ASSERT_EQ(shares.size(), 2U);
    EXPECT_EQ(shares[0].service, "db");
    EXPECT_EQ(shares[0].spans, 2U);
    EXPECT_EQ(shares[0].errors, 1U);
    EXPECT_EQ(shares[0].selfNs, 70 * SpanBuilder::kMs);
    EXPECT_EQ(shares[1].selfNs, 30 * SpanBuilder::kMs);
}

TEST(TraceOverview, slowestSpansComeFirst)
{
    const SpanBuilder b = sample();
    const SpanLayout layout = layoutSpans(b.table());
    EXPECT_EQ(slowestPositions(b.table(), layout, 2), (std::vector<std::uint32_t>{1, 0}));
    EXPECT_EQ(slowestPositions(b.table(), layout, 100).size(), 3U);
}

TEST(TraceOverview, factsSayWhatIsMissing)
{
    SpanBuilder b = sample();
    b.span(9, 500, 5, 1, "late", "worker");
    const SpanLayout layout = layoutSpans(b.table());
    const Facts facts = traceFacts(b.table(), layout, 0);
    ASSERT_NE(named(facts, u"Missing"), nullptr);
    EXPECT_EQ(named(facts, u"Errors")->value, u"1");
    EXPECT_TRUE(named(facts, u"Errors")->bad);
    EXPECT_EQ(named(facts, u"Duration")->value, u"100 ms");
    EXPECT_EQ(rootPosition(layout), 0U);
    EXPECT_TRUE(traceFacts(SpanTable{}, layoutSpans(SpanTable{}), 0).empty());
    EXPECT_EQ(rootPosition(layoutSpans(SpanTable{})), SpanLayout::kNoParent);
}
