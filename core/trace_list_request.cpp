// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace_list_request.h"

#include <array>
#include <utility>

namespace tracedeck {

namespace {

constexpr std::array<std::pair<TraceOrder, std::string_view>, 6> kOrders{
    {{TraceOrder::StartDescending, "start-desc"},
     {TraceOrder::StartAscending, "start-asc"},
     {TraceOrder::DurationDescending, "duration-desc"},
     {TraceOrder::DurationAscending, "duration-asc"},
     {TraceOrder::SpansDescending, "spans-desc"},
     {TraceOrder::ErrorsDescending, "errors-desc"}}};

} // namespace

std::string_view traceOrderKey(TraceOrder order)
{
    for (const auto& [candidate, key] : kOrders) {
        if (candidate == order)
            return key;
    }
    return kOrders.front().second;
}

std::optional<TraceOrder> traceOrderFromKey(std::string_view key)
{
    for (const auto& [order, candidate] : kOrders) {
        if (candidate == key)
            return order;
    }
    return std::nullopt;
}

} // namespace tracedeck
