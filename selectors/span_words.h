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

/// One word and which interned texts contain it.
struct WordMatch {
    SpanWord word;
    std::vector<std::uint8_t> texts; ///< textsContaining

    /// Whether something with this service and name has the word where it is looked for; `elsewhere()` answers for the
    /// places besides the two and is asked only when it matters.
    template <class Elsewhere> [[nodiscard]] bool isIn(StringId service, StringId name, Elsewhere elsewhere) const
    {
        const bool inService = texts[service] != 0;
        const bool inName = texts[name] != 0;
        return word.place == SpanWord::Place::Service ? inService
            : word.place == SpanWord::Place::Name     ? inName
                                                      : inService || inName || elsewhere();
    }
};

/// Words of a search text, split at blanks; a prefix with nothing behind it is a word like any other.
[[nodiscard]] std::vector<SpanWord> spanWords(std::string_view text);

/// One byte per interned text: 1 where the folded text contains `needle`. Cost: every text once.
[[nodiscard]] std::vector<std::uint8_t> textsContaining(const StringPool& pool, const std::string& needle);

/// The words of a search text with their texts.
[[nodiscard]] std::vector<WordMatch> wordMatches(const StringPool& pool, std::string_view text);

/// Whether a key or a text value in `range` is one of the flagged texts.
[[nodiscard]] bool attributesContain(const AttributeTable& attributes, IndexRange range,
                                     const std::vector<std::uint8_t>& flags);

} // namespace tracedeck
