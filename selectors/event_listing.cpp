// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/event_listing.h"

#include "selectors/span_words.h"

#include <algorithm>
#include <numeric>
#include <string>

namespace tracedeck {
namespace {

bool spanHas(const SpanTable& spans, std::uint32_t row, const WordMatch& match)
{
    constexpr std::size_t kShortestId = 4;
    const std::string& word = match.word.text;
    return match.texts[spans.statusMessage[row]] != 0
        || attributesContain(spans.attributeRows, spans.attributes[row], match.texts)
        || (word == "error" && spans.status[row] == SpanStatus::Error)
        || (word.size() >= kShortestId && spans.spanId[row].toHex().find(word) != std::string::npos);
}

bool lineHas(const SpanTable& spans, const EventRef& ref, const WordMatch& match)
{
    const StringId name = ref.isSpan() ? spans.name[ref.span] : spans.eventRows.name[ref.event];
    return match.isIn(spans.resources.serviceName[spans.resource[ref.span]], name, [&] {
        return ref.isSpan()
            ? spanHas(spans, ref.span, match)
            : attributesContain(spans.attributeRows, spans.eventRows.attributes[ref.event], match.texts);
    });
}

bool isFailure(const SpanTable& spans, const EventRef& ref)
{
    return ref.isSpan() ? spans.status[ref.span] == SpanStatus::Error
                        : spans.strings.view(spans.eventRows.name[ref.event]) == "exception";
}

/// How many earlier rows carry the same span id.
std::vector<std::uint32_t> occurrencesOf(const SpanTable& spans)
{
    std::vector<std::uint32_t> rows(spans.rows());
    std::iota(rows.begin(), rows.end(), 0U);
    std::sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) {
        return spans.spanId[a] != spans.spanId[b] ? spans.spanId[a] < spans.spanId[b] : a < b;
    });
    std::vector<std::uint32_t> occurrences(rows.size());
    for (std::size_t i = 1; i < rows.size(); ++i) {
        const bool again = spans.spanId[rows[i]] == spans.spanId[rows[i - 1]];
        occurrences[rows[i]] = again ? occurrences[rows[i - 1]] + 1 : 0;
    }
    return occurrences;
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
    listing.occurrences = occurrencesOf(*spans);
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
            && std::all_of(words.begin(), words.end(),
                           [&](const WordMatch& match) { return lineHas(spans, ref, match); });
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
        // Within a span the events keep their order, so the offset is a stable number; so is the place of a
        // span among those that share its id, whatever rows stand before it.
        const std::uint32_t line = ref.isSpan() ? 0 : ref.event - listing.spans->events[ref.span].begin + 1;
        const std::uint64_t place = (std::uint64_t{listing.occurrences[ref.span]} << 32U) | line;
        const std::uint64_t id = listing.spans->spanId[ref.span].value;
        const std::uint64_t mixed = (id ^ (place * 0x9E3779B97F4A7C15ULL)) * 0xD6E8FEB86659FD93ULL;
        plan.keys.push_back(mixed ^ (mixed >> 32U));
    }
    plan.shown = static_cast<std::uint32_t>(rows.size());
    plan.total = static_cast<std::uint32_t>(listing.refs.size());
    return plan;
}

} // namespace tracedeck
