// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/span_layout.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace tracedeck {

/// Positions of spans that match `text`, in display order. Words separated by blanks must all match, each
/// somewhere in service, operation name, status message, attribute keys and texts, event names or span id;
/// `service:x` and `name:x` look in that place only, `error` as a word of its own also finds error status.
/// Case is folded. Empty text matches nothing. Each distinct string is tested once per word, so the cost is
/// O(strings + spans + attributes).
[[nodiscard]] std::vector<std::uint32_t> findSpans(const SpanTable& spans, const SpanLayout& layout,
                                                   std::string_view text);

} // namespace tracedeck
