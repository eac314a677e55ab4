// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/event_listing.h"
#include "tests/support/span_builder.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <set>

using namespace tracedeck;
using testing_support::SpanBuilder;

namespace {

EventListing sample()
{
    SpanBuilder b;
    b.span(1, 0, 0, 100, "POST /checkout", "frontend").event(90, "flushed").event(5, "started");
    b.span(2, 1, 5, 50, "Charge", "payments", SpanStatus::Error)
        .attribute("http.route", "/v1/charge")
        .event(20, "exception");
    return listEvents(std::make_shared<const SpanTable>(b.table()));
}

} // namespace

TEST(EventListing, listsSpansAndEventsInTimeOrder)
{
    const EventListing listing = sample();
    ASSERT_EQ(listing.refs.size(), 5U);
    EXPECT_TRUE(listing.refs[0].isSpan());
    EXPECT_TRUE(listing.refs[1].isSpan()) << "at the same time the span comes before the event";
    EXPECT_EQ(listing.refs[1].span, 1U);
    EXPECT_FALSE(listing.refs[2].isSpan());
    EXPECT_EQ(listing.originNs, SpanBuilder::kOrigin);
    EXPECT_EQ(listEvents(std::make_shared<const SpanTable>()).refs.size(), 0U);
}

TEST(EventListing, filtersByWordsAndErrors)
{
    const EventListing listing = sample();
    EXPECT_EQ(filterEvents(listing, "", false).size(), 5U);
    EXPECT_EQ(filterEvents(listing, "payments charge", false).size(), 1U);
    EXPECT_EQ(filterEvents(listing, "PAYMENTS", false).size(), 2U);
    EXPECT_EQ(filterEvents(listing, "http.route", false).size(), 1U);
    EXPECT_EQ(filterEvents(listing, "", true).size(), 2U);
    EXPECT_TRUE(filterEvents(listing, "absent", false).empty());
}

TEST(EventListing, planKeysAreUnique)
{
    EXPECT_TRUE(rc::check("keys of random traces", [] {
        SpanBuilder b;
        const int spans = *rc::gen::inRange(0, 40);
        for (int i = 0; i < spans; ++i) {
            b.span(*rc::gen::inRange<std::uint64_t>(1, 10), 0, i, 1);
            for (int e = *rc::gen::inRange(0, 4); e > 0; --e) {
                b.event(*rc::gen::inRange<std::int64_t>(-5, 50), "e");
            }
        }
        const EventListing listing = listEvents(std::make_shared<const SpanTable>(b.table()));
        RC_ASSERT(std::is_sorted(listing.refs.begin(), listing.refs.end(),
                                 [](const EventRef& x, const EventRef& y) { return x.timeNs < y.timeNs; }));
        const RowPlan plan = planEvents(listing, filterEvents(listing, "", false));
        RC_ASSERT(std::set<RowKey>(plan.keys.begin(), plan.keys.end()).size() == plan.keys.size());
        RC_ASSERT(plan.shown == plan.total);
    }));
}
