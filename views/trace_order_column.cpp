// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/trace_order_column.h"

#include <algorithm>
#include <array>

namespace tracedeck {
namespace {

struct OrderName {
    TraceOrder order;
    const char16_t* column;
    bool descending;
};
constexpr std::array<OrderName, 6> kOrders{{
    {TraceOrder::StartDescending, u"start", true},
    {TraceOrder::StartAscending, u"start", false},
    {TraceOrder::DurationDescending, u"duration", true},
    {TraceOrder::DurationAscending, u"duration", false},
    {TraceOrder::SpansDescending, u"spans", true},
    {TraceOrder::ErrorsDescending, u"status", true},
}};

} // namespace

TraceOrderColumn columnOfOrder(TraceOrder order)
{
    const auto* const found =
        std::find_if(kOrders.begin(), kOrders.end(), [order](const OrderName& name) { return name.order == order; });
    return {QString::fromUtf16(found->column), found->descending};
}

std::optional<TraceOrder> orderOfColumn(QStringView column, bool descending)
{
    std::optional<TraceOrder> found;
    for (const OrderName& name : kOrders) {
        if (column == name.column && (!found || name.descending == descending)) {
            found = name.order;
        }
    }
    return found;
}

QString traceOrderText(TraceOrder order)
{
    const TraceOrderColumn at = columnOfOrder(order);
    return order == TraceOrder::StartDescending ? QString()
                                                : (at.descending ? QStringLiteral("-") : QString()) + at.column;
}

TraceOrder traceOrderFromText(const QString& text)
{
    const bool descending = text.startsWith(u'-');
    return orderOfColumn(QStringView(text).mid(descending ? 1 : 0), descending).value_or(TraceOrder::StartDescending);
}

} // namespace tracedeck
