// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/event_listing.h"

#include "core/search_arena.h"

#include <algorithm>
#include <string>

namespace tracedeck {
namespace {

/// Strings that contain every one of the words are not enough (words may match in different texts), so one
/// flag vector per word.
std::vector<std::vector<std::uint8_t>> wordMatches(const StringPool& pool, std::string_view text)
{
    std::vector<std::vector<std::uint8_t>> matches;
    const std::string folded = foldCase(text);
    std::string scratch;
    for (std::size_t at = 0; at < folded.size();) {
        const std::size_t end = std::min(folded.find(' ', at), folded.size());
        if (end > at) {
            const std::string_view word = std::string_view(folded).substr(at, end - at);
            auto& flags = matches.emplace_back(pool.size());
            for (StringId id = 0; id < pool.size(); ++id) {
                scratch.clear();
                appendFolded(scratch, pool.view(id));
                flags[id] = scratch.find(word) != std::string::npos ? 1 : 0;
            }
        }
        at = end + 1;
    }
    return matches;
}

bool attributesHave(const SpanTable& spans, IndexRange range, const std::vector<std::uint8_t>& flags)
{
    const AttributeTable& rows = spans.attributeRows;
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
        const AttributeType type = rows.type[i];
        const bool isNumber = type == AttributeType::Int || type == AttributeType::Double || type == AttributeType::Bool
            || type == AttributeType::Empty;
        if (flags[rows.key[i]] != 0 || (!isNumber && flags[static_cast<StringId>(rows.payload[i])] != 0)) {
            return true;
        }
    }
    return false;
}

bool lineHas(const SpanTable& spans, const EventRef& ref, const std::vector<std::uint8_t>& flags)
{
    if (flags[spans.resources.serviceName[spans.resource[ref.span]]] != 0) {
        return true;
    }
    if (ref.isSpan()) {
        return flags[spans.name[ref.span]] != 0 || flags[spans.statusMessage[ref.span]] != 0
            || attributesHave(spans, spans.attributes[ref.span], flags);
    }
    return flags[spans.eventRows.name[ref.event]] != 0
        || attributesHave(spans, spans.eventRows.attributes[ref.event], flags);
}

bool isFailure(const SpanTable& spans, const EventRef& ref)
{
    return ref.isSpan() ? spans.status[ref.span] == SpanStatus::Error
                        : spans.strings.view(spans.eventRows.name[ref.event]) == "exception";
}

} // namespace

EventListing listEvents(std::shared_ptr<const SpanTable> spans)
{
    EventListing listing;
    const auto rows = static_cast<std::uint32_t>(spans->rows());
    listing.refs.reserve(rows + spans->eventRows.size());
    for (std::uint32_t span = 0; span < rows; ++span) {
        listing.refs.push_back({spans->startNs[span], span, EventRef::kSpan});
        for (std::uint32_t event = spans->events[span].begin; event < spans->events[span].end; ++event) {
            listing.refs.push_back({spans->eventRows.timeNs[event], span, event});
        }
    }
    std::stable_sort(listing.refs.begin(), listing.refs.end(), [](const EventRef& a, const EventRef& b) {
        return a.timeNs != b.timeNs ? a.timeNs < b.timeNs : a.isSpan() && !b.isSpan();
    });
    listing.originNs = listing.refs.empty() ? 0 : listing.refs.front().timeNs;
    listing.spans = std::move(spans);
    return listing;
}

RowIndexes filterEvents(const EventListing& listing, std::string_view text, bool errorsOnly)
{
    RowIndexes rows;
    const SpanTable& spans = *listing.spans;
    const auto words = wordMatches(spans.strings, text);
    for (std::uint32_t i = 0; i < listing.refs.size(); ++i) {
        const EventRef& ref = listing.refs[i];
        const bool keep = (!errorsOnly || isFailure(spans, ref))
            && std::all_of(words.begin(), words.end(), [&](const auto& flags) { return lineHas(spans, ref, flags); });
        if (keep) {
            rows.push_back(i);
        }
    }
    return rows;
}

RowPlan planEvents(const EventListing& listing, const RowIndexes& rows)
{
    RowPlan plan;
    plan.rows.reserve(rows.size());
    plan.keys.reserve(rows.size());
    plan.digests.assign(rows.size(), 0);
    for (const std::uint32_t index : rows) {
        const EventRef& ref = listing.refs[index];
        plan.rows.push_back({index});
        // Within a span the events keep their order, so the offset is a stable occurrence number.
        const std::uint32_t occurrence = ref.isSpan() ? 0 : ref.event - listing.spans->events[ref.span].begin + 1;
        const std::uint64_t id = listing.spans->spanId[ref.span].value;
        const std::uint64_t mixed = (id ^ (std::uint64_t{occurrence} * 0x9E3779B97F4A7C15ULL)) * 0xD6E8FEB86659FD93ULL;
        // Duplicate span ids would give equal keys; the row number tells them apart.
        plan.keys.push_back((mixed ^ (mixed >> 32U)) + (std::uint64_t{ref.span} << 1U));
    }
    plan.shown = static_cast<std::uint32_t>(rows.size());
    plan.total = static_cast<std::uint32_t>(listing.refs.size());
    return plan;
}

} // namespace tracedeck
