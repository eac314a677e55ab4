// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/span_table.h"
#include "selectors/row_plan.h"

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace tracedeck {

/// One line of a trace's event list: a span's start, or an event inside a span.
struct EventRef {
    static constexpr std::uint32_t kSpan = 0xFFFFFFFFU;

    std::int64_t timeNs = 0;
    std::uint32_t span = 0; ///< row in the SpanTable
    std::uint32_t event = kSpan; ///< row in its event rows, or kSpan for the span itself
    [[nodiscard]] bool isSpan() const noexcept { return event == kSpan; }
    bool operator==(const EventRef&) const = default;
};

/// Everything that happened in a trace, in time order (ties: spans before events, then arrival order).
struct EventListing {
    std::shared_ptr<const SpanTable> spans;
    std::vector<EventRef> refs;
    std::vector<std::uint32_t> occurrences; ///< per span row: how many earlier rows carry the same span id
    std::int64_t originNs = 0; ///< earliest time, what offsets count from
};

/// Builds the list of spans and events. O(n log n).
[[nodiscard]] EventListing listEvents(std::shared_ptr<const SpanTable> spans);

/// Rows of the listing whose span or event matches: `text` as findSpans() reads words, applied to the line's own
/// texts (event name and attributes, or the span's). Empty text keeps all. `errorsOnly` keeps spans with error
/// status and events named "exception".
[[nodiscard]] RowIndexes filterEvents(const EventListing& listing, std::string_view text, bool errorsOnly);

/// Flat plan over the given rows; keys are (span id, occurrence), so selection survives a longer trace.
[[nodiscard]] RowPlan planEvents(const EventListing& listing, const RowIndexes& rows);

} // namespace tracedeck
