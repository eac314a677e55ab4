// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/span_words.h"

#include "core/search_arena.h"

#include <algorithm>
#include <utility>

namespace tracedeck {

std::vector<SpanWord> spanWords(std::string_view text)
{
    using Place = SpanWord::Place;
    std::vector<SpanWord> words;
    const std::string folded = foldCase(text);
    for (std::size_t at = 0; at < folded.size();) {
        const std::size_t end = std::min(folded.find(' ', at), folded.size());
        SpanWord word{Place::Anywhere, folded.substr(at, end - at)};
        for (const auto& [prefix, place] :
             {std::pair{std::string_view("service:"), Place::Service}, {"name:", Place::Name}}) {
            if (word.text.size() > prefix.size() && word.text.compare(0, prefix.size(), prefix) == 0) {
                word = {place, word.text.substr(prefix.size())};
                break;
            }
        }
        if (!word.text.empty()) {
            words.push_back(std::move(word));
        }
        at = end + 1;
    }
    return words;
}

std::vector<std::uint8_t> textsContaining(const StringPool& pool, const std::string& needle)
{
    std::vector<std::uint8_t> matches(pool.size());
    std::string folded;
    for (StringId id = 0; id < pool.size(); ++id) {
        folded.clear();
        appendFolded(folded, pool.view(id));
        matches[id] = folded.find(needle) != std::string::npos ? 1 : 0;
    }
    return matches;
}

std::vector<WordMatch> wordMatches(const StringPool& pool, std::string_view text)
{
    std::vector<WordMatch> matches;
    for (SpanWord& word : spanWords(text)) {
        std::vector<std::uint8_t> texts = textsContaining(pool, word.text);
        matches.push_back({std::move(word), std::move(texts)});
    }
    return matches;
}

bool attributesContain(const AttributeTable& attributes, IndexRange range, const std::vector<std::uint8_t>& flags)
{
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
        const AttributeType type = attributes.type[i];
        const bool isNumber = type == AttributeType::Int || type == AttributeType::Double || type == AttributeType::Bool
            || type == AttributeType::Empty;
        if (flags[attributes.key[i]] != 0 || (!isNumber && flags[static_cast<StringId>(attributes.payload[i])] != 0)) {
            return true;
        }
    }
    return false;
}

} // namespace tracedeck
