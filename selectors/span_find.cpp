// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/span_find.h"

#include "selectors/span_words.h"

#include <algorithm>
#include <string>

namespace tracedeck {
namespace {

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

bool matchesAnywhere(const SpanTable& spans, std::uint32_t row, const SpanWord& needle,
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

bool matchesRow(const SpanTable& spans, std::uint32_t row, const SpanWord& needle,
                const std::vector<std::uint8_t>& matches)
{
    switch (needle.place) {
    case SpanWord::Place::Service:
        return matches[spans.resources.serviceName[spans.resource[row]]] != 0;
    case SpanWord::Place::Name:
        return matches[spans.name[row]] != 0;
    case SpanWord::Place::Anywhere:
        break;
    }
    return matchesAnywhere(spans, row, needle, matches);
}

} // namespace

std::vector<std::uint32_t> findSpans(const SpanTable& spans, const SpanLayout& layout, std::string_view text)
{
    std::vector<std::uint32_t> positions;
    bool first = true;
    for (const SpanWord& needle : spanWords(text)) {
        const auto matches = textsContaining(spans.strings, needle.text);
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
