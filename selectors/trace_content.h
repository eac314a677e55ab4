// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/span_table.h"
#include "selectors/event_listing.h"
#include "selectors/span_layout.h"

#include <memory>

namespace tracedeck {

/// Everything the trace page derives from a trace, made on a worker in one go. Never null members.
struct TraceContent {
    std::shared_ptr<const SpanTable> spans;
    std::shared_ptr<const SpanLayout> layout;
    std::shared_ptr<const EventListing> events;
    std::shared_ptr<const RowPlan> eventPlan; ///< of all events
};

/// O(n log n) in spans and events.
[[nodiscard]] inline TraceContent buildTraceContent(std::shared_ptr<const SpanTable> spans)
{
    TraceContent content;
    content.layout = std::make_shared<const SpanLayout>(layoutSpans(*spans));
    content.events = std::make_shared<const EventListing>(listEvents(spans));
    content.eventPlan = std::make_shared<const RowPlan>(
        planEvents(*content.events, filterEvents(*content.events, std::string_view(), false)));
    content.spans = std::move(spans);
    return content;
}

} // namespace tracedeck
