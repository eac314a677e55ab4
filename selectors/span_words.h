// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/attribute_table.h"
#include "core/string_pool.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tracedeck {

/// One word of a search inside a trace, folded. `service:x` and `name:x` look in that place only.
struct SpanWord {
    enum class Place : std::uint8_t { Anywhere, Service, Name };

    Place place = Place::Anywhere;
    std::string text;

    bool operator==(const SpanWord&) const = default;
};

/// Words of a search text, split at blanks; a prefix with nothing behind it is a word like any other.
[[nodiscard]] std::vector<SpanWord> spanWords(std::string_view text);

/// One byte per interned text: 1 where the folded text contains `needle`. Cost: every text once.
[[nodiscard]] std::vector<std::uint8_t> textsContaining(const StringPool& pool, const std::string& needle);

/// Whether a key or a text value in `range` is one of the flagged texts.
[[nodiscard]] bool attributesContain(const AttributeTable& attributes, IndexRange range,
                                     const std::vector<std::uint8_t>& flags);

} // namespace tracedeck
