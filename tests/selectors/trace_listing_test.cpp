// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/trace_listing.h"

#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

TraceId idOf(int number)
{
    TraceId id;
    id.bytes[15] = static_cast<std::uint8_t>(number);
    return id;
}

std::shared_ptr<const TraceListTable> pageOf(std::initializer_list<int> numbers)
{
    auto table = std::make_shared<TraceListTable>();
    table->resize(numbers.size());
    std::size_t row = 0;
    for (const int number : numbers) {
        table->traceId[row] = idOf(number);
        table->startNs[row] = 1'000 - number;
        table->durationNs[row] = number * 10;
        table->rootService[row] = table->strings.intern("service-" + std::to_string(number % 2));
        table->spanCount[row] = 3;
        table->services.add(table->strings.intern("web"));
        table->services.add(table->strings.intern("db-" + std::to_string(number)));
        table->services.endRow();
        table->serviceSpans.push_back(1);
        table->serviceSpans.push_back(static_cast<std::uint32_t>(number));
        ++row;
    }
    table->finish();
    return table;
}

} // namespace

TEST(TraceListing, mergesPagesOnceEachAndKeepsServices)
{
    const TraceListing listing = mergeTracePages({pageOf({1, 2, 3}), pageOf({3, 4})}, {TimeStyle::Kind::Local, 3'600});
    ASSERT_EQ(listing.table.rows(), 4U);
    EXPECT_EQ(listing.maxDurationNs, 40);
    EXPECT_EQ(listing.times.localOffsetSeconds, 3'600);
    EXPECT_EQ(listing.table.traceId[3], idOf(4));
    const auto services = listing.table.services.row(3);
    ASSERT_EQ(services.size(), 2U);
    EXPECT_EQ(listing.table.strings.view(services[1]), "db-4");
    EXPECT_EQ(listing.table.serviceSpans.at(7), 4U);
    EXPECT_EQ(listing.table.strings.view(listing.table.rootService[2]), "service-1");
}

TEST(TraceListing, planLeavesOutWaitingTracesAndSaysTheTotal)
{
    const TraceListing listing = mergeTracePages({pageOf({1, 2, 3})}, {});
    const RowPlan plan = planTraces(listing, {idOf(1)}, 4'812);
    EXPECT_EQ(plan.shown, 2U);
    EXPECT_EQ(plan.total, 4'812U);
    EXPECT_EQ(plan.keys[0], listing.table.keys[1]);
    EXPECT_EQ(planTraces(listing, {}, 0).total, 3U);
    EXPECT_TRUE(mergeTracePages({}, {}).table.rows() == 0);
    const TraceListing utc = mergeTracePages({pageOf({1, 2, 3})}, {TimeStyle::Kind::Utc, 0});
    EXPECT_NE(planTraces(utc, {}, 0).digests, planTraces(listing, {}, 0).digests) << "written differently";
}
