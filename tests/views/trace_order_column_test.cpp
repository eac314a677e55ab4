// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/trace_order_column.h"

#include <array>
#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

constexpr std::array kEveryOrder{TraceOrder::StartDescending,    TraceOrder::StartAscending,
                                 TraceOrder::DurationDescending, TraceOrder::DurationAscending,
                                 TraceOrder::SpansDescending,    TraceOrder::ErrorsDescending};

} // namespace

TEST(TraceOrderColumn, EveryOrderHasAHeaderThatAsksForIt)
{
    for (const TraceOrder order : kEveryOrder) {
        const TraceOrderColumn at = columnOfOrder(order);
        EXPECT_EQ(orderOfColumn(at.column, at.descending), order);
    }
    EXPECT_EQ(orderOfColumn(u"spans", false), TraceOrder::SpansDescending) << "the one direction there is";
    EXPECT_FALSE(orderOfColumn(u"name", true).has_value());
}

TEST(TraceOrderColumn, EveryOrderReadsBackFromItsText)
{
    for (const TraceOrder order : kEveryOrder) {
        EXPECT_EQ(traceOrderFromText(traceOrderText(order)), order);
    }
    EXPECT_EQ(traceOrderText(TraceOrder::DurationDescending), u"-duration");
    EXPECT_EQ(traceOrderText(TraceOrder::StartDescending), QString());
    EXPECT_EQ(traceOrderFromText(QStringLiteral("-")), TraceOrder::StartDescending);
}
