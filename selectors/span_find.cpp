// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/span_find.h"

#include "core/search_arena.h"

#include <algorithm>
#include <string>

namespace tracedeck {
namespace {

enum class Place : std::uint8_t { Anywhere, Service, Name };

struct Needle {
    Place place = Place::Anywhere;
    std::string text;
};

std::vector<Needle> needlesOf(std::string_view text)
{
    std::vector<Needle> needles;
    const std::string folded = foldCase(text);
    for (std::size_t at = 0; at < folded.size();) {
        const std::size_t end = std::min(folded.find(' ', at), folded.size());
        Needle needle{Place::Anywhere, folded.substr(at, end - at)};
        for (const auto& [prefix, place] :
             {std::pair{std::string_view("service:"), Place::Service}, {"name:", Place::Name}}) {
            if (needle.text.size() > prefix.size() && needle.text.compare(0, prefix.size(), prefix) == 0) {
                needle = {place, needle.text.substr(prefix.size())};
                break;
            }
        }
        if (!needle.text.empty()) {
            needles.push_back(std::move(needle));
        }
        at = end + 1;
    }
    return needles;
}

/// Which interned strings contain the needle.
std::vector<std::uint8_t> matchingStrings(const StringPool& pool, const std::string& needle)
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

bool attributesMatch(const SpanTable& spans, IndexRange range, const std::vector<std::uint8_t>& matches)
{
    const AttributeTable& rows = spans.attributeRows;
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
        const AttributeType type = rows.type[i];
        const bool isText = type == AttributeType::String || type == AttributeType::Array
            || type == AttributeType::KeyValueList || type == AttributeType::Bytes;
        if (matches[rows.key[i]] != 0 || (isText && matches[static_cast<StringId>(rows.payload[i])] != 0)) {
            return true;
        }
    }
    return false;
}

bool matchesAnywhere(const SpanTable& spans, std::uint32_t row, const Needle& needle,
                     const std::vector<std::uint8_t>& matches)
{
    if (matches[spans.name[row]] != 0 || matches[spans.statusMessage[row]] != 0
        || matches[spans.resources.serviceName[spans.resource[row]]] != 0
        || (needle.text == "error" && spans.status[row] == SpanStatus::Error)) {
        return true;
    }
    if (attributesMatch(spans, spans.attributes[row], matches)) {
        return true;
    }
    for (std::uint32_t event = spans.events[row].begin; event < spans.events[row].end; ++event) {
        if (matches[spans.eventRows.name[event]] != 0) {
            return true;
        }
    }
    return needle.text.size() >= 4 && spans.spanId[row].toHex().find(needle.text) != std::string::npos;
}

bool matchesRow(const SpanTable& spans, std::uint32_t row, const Needle& needle,
                const std::vector<std::uint8_t>& matches)
{
    switch (needle.place) {
    case Place::Service:
        return matches[spans.resources.serviceName[spans.resource[row]]] != 0;
    case Place::Name:
        return matches[spans.name[row]] != 0;
    case Place::Anywhere:
        break;
    }
    return matchesAnywhere(spans, row, needle, matches);
}

} // namespace

std::vector<std::uint32_t> findSpans(const SpanTable& spans, const SpanLayout& layout, std::string_view text)
{
    std::vector<std::uint32_t> positions;
    bool first = true;
    for (const Needle& needle : needlesOf(text)) {
        const auto matches = matchingStrings(spans.strings, needle.text);
        if (first) {
            for (std::uint32_t position = 0; position < layout.size(); ++position) {
                if (matchesRow(spans, layout.row[position], needle, matches)) {
                    positions.push_back(position);
                }
            }
            first = false;
            continue;
        }
        positions.erase(std::remove_if(positions.begin(), positions.end(),
                                       [&](std::uint32_t position) {
                                           return !matchesRow(spans, layout.row[position], needle, matches);
                                       }),
                        positions.end());
    }
    return positions;
}

} // namespace tracedeck
