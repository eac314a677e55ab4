// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/span_table.h"
#include "models/fact.h"
#include "selectors/span_layout.h"

#include <cstdint>

namespace tracedeck {

/// A span in words: start, duration, self time, kind, status, ids, scope, dropped counts, odd marks.
[[nodiscard]] Facts spanFacts(const SpanTable& spans, const SpanLayout& layout, std::uint32_t position);
/// Attributes in the sender's order; values of secret-looking keys are marked secret.
[[nodiscard]] Facts attributeFacts(const SpanTable& spans, IndexRange range);
[[nodiscard]] Facts resourceFacts(const SpanTable& spans, std::uint32_t spanRow);
/// Events of a span: offset from the span's start as name, event name as value, attributes after it.
[[nodiscard]] Facts eventFacts(const SpanTable& spans, std::uint32_t spanRow);
/// Links of a span, each a link to the trace it names.
[[nodiscard]] Facts linkFacts(const SpanTable& spans, std::uint32_t spanRow);

/// An attribute value as text: numbers plainly, booleans as true/false, structures as their JSON.
[[nodiscard]] QString attributeText(const SpanTable& spans, std::uint32_t attributeRow);
[[nodiscard]] QString attributeText(const AttributeTable& attributes, const StringPool& strings, std::uint32_t row);
/// As attributeFacts(), of any table with attributes.
[[nodiscard]] Facts attributeFacts(const AttributeTable& attributes, const StringPool& strings, IndexRange range);
/// The first attributes in one line, "key=value  key=value  and 3 more"; secrets masked, long values cut.
[[nodiscard]] QString attributeSummary(const AttributeTable& attributes, const StringPool& strings, IndexRange range);

} // namespace tracedeck
