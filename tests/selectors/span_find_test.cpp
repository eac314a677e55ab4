// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/span_find.h"
#include "tests/support/span_builder.h"

#include <gtest/gtest.h>

using namespace tracedeck;
using testing_support::SpanBuilder;

namespace {

SpanTable sample()
{
    SpanBuilder b;
    b.span(1, 0, 0, 100, "POST /checkout", "frontend");
    b.span(2, 1, 10, 50, "Charge", "payments", SpanStatus::Error)
        .attribute("http.route", "/v1/Charge")
        .event(20, "retry");
    b.span(0xabcdef12, 2, 15, 10, "SELECT stock", "postgres");
    return b.table();
}

std::vector<std::uint32_t> find(const char* text)
{
    const SpanTable spans = sample();
    return findSpans(spans, layoutSpans(spans), text);
}

} // namespace

using Positions = std::vector<std::uint32_t>;

TEST(SpanFind, looksInNamesServicesAttributesEventsAndIds)
{
    EXPECT_EQ(find("checkout"), Positions{0});
    EXPECT_EQ(find("PAYMENTS"), Positions{1});
    EXPECT_EQ(find("http.route"), Positions{1});
    EXPECT_EQ(find("v1/charge"), Positions{1});
    EXPECT_EQ(find("retry"), Positions{1});
    EXPECT_EQ(find("abcdef12"), Positions{2});
    EXPECT_EQ(find("error"), Positions{1});
    EXPECT_TRUE(find("nothing").empty());
    EXPECT_TRUE(find("").empty());
    EXPECT_TRUE(find("   ").empty());
}

TEST(SpanFind, allWordsMustMatchAndPrefixesNameThePlace)
{
    EXPECT_EQ(find("stock postgres"), Positions{2});
    EXPECT_TRUE(find("stock payments").empty());
    EXPECT_EQ(find("service:p"), (Positions{1, 2}));
    EXPECT_EQ(find("name:charge"), Positions{1});
    EXPECT_TRUE(find("service:checkout").empty());
    EXPECT_TRUE(find("service:").empty());
}
