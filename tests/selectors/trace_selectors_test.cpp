// SPDX-License-Identifier: GPL-3.0-or-later
// Tree, overview, search and event list of random traces against the plain rules they follow.
#include "core/search_arena.h"
#include "selectors/event_listing.h"
#include "selectors/span_find.h"
#include "selectors/span_layout.h"
#include "selectors/span_window.h"
#include "selectors/span_words.h"
#include "selectors/trace_listing.h"
#include "tests/support/random_spans.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <random>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include <set>

using namespace tracedeck;
using tracedeck::testing_support::endOf;
using tracedeck::testing_support::randomSpans;
using tracedeck::testing_support::SpanBuilder;

namespace {

constexpr std::int64_t kMs = SpanBuilder::kMs;

bool isDescendant(const SpanLayout& layout, std::uint32_t position, std::uint32_t of)
{
    for (std::uint32_t at = layout.parent[position]; at != SpanLayout::kNoParent; at = layout.parent[at]) {
        if (at == of) {
            return true;
        }
    }
    return false;
}

std::vector<std::uint32_t> childrenOf(const SpanLayout& layout, std::uint32_t of)
{
    std::vector<std::uint32_t> out;
    for (std::uint32_t position = 0; position < layout.size(); ++position) {
        if (layout.parent[position] == of) {
            out.push_back(position);
        }
    }
    return out;
}

bool contains(std::string_view text, const std::string& word)
{
    return foldCase(text).find(word) != std::string::npos;
}

bool attributesContain(const SpanTable& spans, IndexRange range, const std::string& word)
{
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
        if (contains(spans.strings.view(spans.attributeRows.key[i]), word)
            || contains(spans.strings.view(static_cast<StringId>(spans.attributeRows.payload[i])), word)) {
            return true;
        }
    }
    return false;
}

} // namespace

RC_GTEST_PROP(SpanLayoutProperty, MarksMeanWhatTheySay, (std::uint32_t seed))
{
    const SpanTable spans = randomSpans(seed);
    const SpanLayout layout = layoutSpans(spans);
    std::set<SpanId> ids(spans.spanId.begin(), spans.spanId.end());
    std::uint32_t errors = 0;
    std::uint32_t orphans = 0;
    for (std::uint32_t position = 0; position < layout.size(); ++position) {
        const std::uint32_t row = layout.row[position];
        const auto has = [&](SpanMark mark) { return (layout.marks[position] & mark) != 0; };
        const SpanId parentId = spans.parentSpanId[row];
        RC_ASSERT(has(kSpanOrphan) == (!parentId.isZero() && ids.count(parentId) == 0));
        const auto first = std::find(spans.spanId.begin(), spans.spanId.end(), spans.spanId[row]);
        RC_ASSERT(has(kSpanDuplicate) == (first - spans.spanId.begin() != row));
        RC_ASSERT(has(kSpanBackwards) == (spans.durationNs[row] < 0));
        const std::uint32_t parent = layout.parent[position];
        if (parent == SpanLayout::kNoParent) {
            RC_ASSERT((parentId.isZero() || has(kSpanOrphan) || has(kSpanCycle)));
            RC_ASSERT(!has(kSpanOutsideParent));
            RC_ASSERT(layout.depth[position] == 0U);
        } else {
            const std::uint32_t parentRow = layout.row[parent];
            RC_ASSERT(spans.spanId[parentRow] == parentId);
            RC_ASSERT(layout.depth[position] == layout.depth[parent] + 1);
            RC_ASSERT(
                has(kSpanOutsideParent)
                == (spans.startNs[row] < spans.startNs[parentRow] || endOf(spans, row) > endOf(spans, parentRow)));
        }
        bool errorBelow = false;
        for (std::uint32_t other = 0; other < layout.size(); ++other) {
            const bool below = isDescendant(layout, other, position);
            RC_ASSERT(below == (other > position && other < layout.subtreeEnd[position]));
            errorBelow = errorBelow || (below && spans.status[layout.row[other]] == SpanStatus::Error);
        }
        RC_ASSERT(has(kSpanErrorBelow) == errorBelow);
        errors += spans.status[row] == SpanStatus::Error ? 1 : 0;
        orphans += has(kSpanOrphan) ? 1 : 0;
    }
    RC_ASSERT(layout.errors == errors);
    RC_ASSERT(layout.orphans == orphans);
}

RC_GTEST_PROP(SpanLayoutProperty, ChildrenStandInStartOrderAndSelfTimeIsWhatTheyLeave, (std::uint32_t seed))
{
    const SpanTable spans = randomSpans(seed);
    const SpanLayout layout = layoutSpans(spans);
    for (std::uint32_t position = 0; position < layout.size(); ++position) {
        const std::uint32_t row = layout.row[position];
        const auto children = childrenOf(layout, position);
        RC_ASSERT(layout.hasChildren(position) == !children.empty());
        for (std::size_t i = 1; i < children.size(); ++i) {
            const std::uint32_t a = layout.row[children[i - 1]];
            const std::uint32_t b = layout.row[children[i]];
            RC_ASSERT(std::tie(spans.startNs[a], spans.spanId[a]) <= std::tie(spans.startNs[b], spans.spanId[b]));
        }
        // Every time in the builder is a whole millisecond: count those without a child.
        std::int64_t alone = 0;
        for (std::int64_t at = spans.startNs[row]; at < endOf(spans, row); at += kMs) {
            alone += std::none_of(children.begin(), children.end(),
                                  [&](std::uint32_t child) {
                                      const std::uint32_t inner = layout.row[child];
                                      return spans.startNs[inner] <= at && at < endOf(spans, inner);
                                  })
                ? kMs
                : 0;
        }
        RC_ASSERT(layout.selfNs[position] == alone);
    }
}

RC_GTEST_PROP(VisiblePositionsProperty, HideExactlyWhatHangsBelowACollapsedOne, (std::uint32_t seed))
{
    const SpanTable spans = randomSpans(seed);
    const SpanLayout layout = layoutSpans(spans);
    std::mt19937 random(seed);
    CollapsedPositions collapsed;
    for (std::uint32_t position = 0; position < layout.size(); ++position) {
        if (random() % 4 == 0) {
            collapsed.insert(position);
        }
    }
    std::vector<std::uint32_t> wanted;
    for (std::uint32_t position = 0; position < layout.size(); ++position) {
        const bool hidden = std::any_of(collapsed.begin(), collapsed.end(),
                                        [&](std::uint32_t folded) { return isDescendant(layout, position, folded); });
        if (!hidden) {
            wanted.push_back(position);
        }
    }
    RC_ASSERT(visiblePositions(layout, collapsed) == wanted);
    for (const std::uint32_t position : positionsAtDepth(layout, 1)) {
        RC_ASSERT(layout.depth[position] == 1U);
        RC_ASSERT(layout.hasChildren(position));
    }
}

RC_GTEST_PROP(NextErrorProperty, WalksTheErrorsInARing, (std::uint32_t seed))
{
    const SpanTable spans = randomSpans(seed);
    const SpanLayout layout = layoutSpans(spans);
    std::vector<std::uint32_t> errors;
    for (std::uint32_t position = 0; position < layout.size(); ++position) {
        if (spans.status[layout.row[position]] == SpanStatus::Error) {
            errors.push_back(position);
        }
    }
    for (std::uint32_t from = 0; from <= layout.size(); ++from) {
        const std::uint32_t start = from == layout.size() ? SpanLayout::kNoParent : from;
        if (errors.empty()) {
            RC_ASSERT(nextError(spans, layout, start, false) == SpanLayout::kNoParent);
            continue;
        }
        const auto after = std::upper_bound(errors.begin(), errors.end(), from);
        const bool outside = start == SpanLayout::kNoParent;
        RC_ASSERT(nextError(spans, layout, start, false)
                  == (outside || after == errors.end() ? errors.front() : *after));
        const auto before = std::lower_bound(errors.begin(), errors.end(), from);
        RC_ASSERT(nextError(spans, layout, start, true)
                  == (outside || before == errors.begin() ? errors.back() : *std::prev(before)));
    }
}

RC_GTEST_PROP(SpanPlacesProperty, NumbersCountErrorsAndSiblingsInOrder, (std::uint32_t seed))
{
    const SpanTable spans = randomSpans(seed);
    const SpanLayout layout = layoutSpans(spans);
    std::uint32_t errors = 0;
    std::map<std::uint32_t, std::uint32_t> seen; // children of a parent so far
    std::vector<std::uint32_t> numbers;
    for (std::uint32_t position = 0; position < layout.size(); ++position) {
        errors += spans.status[layout.row[position]] == SpanStatus::Error ? 1 : 0;
        RC_ASSERT(errorNumber(spans, layout, position) == errors);
        numbers.push_back(++seen[layout.parent[position]]);
    }
    RC_ASSERT(errors == layout.errors);
    for (std::uint32_t position = 0; position < layout.size(); ++position) {
        const SiblingPlace place{numbers[position], seen[layout.parent[position]]};
        RC_ASSERT(siblingPlace(layout, position) == place);
    }
}

RC_GTEST_PROP(FindSpansProperty, AgreesWithReadingEverySpan, (std::uint32_t seed))
{
    const SpanTable spans = randomSpans(seed);
    const SpanLayout layout = layoutSpans(spans);
    const auto text =
        *rc::gen::element<std::string>("cart", "CART web", "service:DB", "name:query", "error", "service:web error",
                                       "  miss  ", "name:", "0000", "http.route", "exception db", "service:nobody");
    std::vector<std::uint32_t> wanted;
    for (std::uint32_t position = 0; position < layout.size(); ++position) {
        const std::uint32_t row = layout.row[position];
        bool all = true;
        for (const SpanWord& word : spanWords(text)) {
            const bool service = contains(spans.service(row), word.text);
            const bool name = contains(spans.strings.view(spans.name[row]), word.text);
            bool found = service || name || attributesContain(spans, spans.attributes[row], word.text)
                || (word.text == "error" && spans.status[row] == SpanStatus::Error)
                || (word.text.size() >= 4 && spans.spanId[row].toHex().find(word.text) != std::string::npos);
            for (std::uint32_t event = spans.events[row].begin; event < spans.events[row].end; ++event) {
                found = found || contains(spans.strings.view(spans.eventRows.name[event]), word.text);
            }
            found = word.place == SpanWord::Place::Service ? service
                : word.place == SpanWord::Place::Name      ? name
                                                           : found;
            all = all && found;
        }
        if (all) {
            wanted.push_back(position);
        }
    }
    RC_ASSERT(findSpans(spans, layout, text) == wanted);
}

TEST(SpanWords, prefixesNameAPlaceWhenSomethingFollowsThem)
{
    using Place = SpanWord::Place;
    EXPECT_EQ(spanWords(" A  service:Web name:x service: "),
              (std::vector<SpanWord>{
                  {Place::Anywhere, "a"}, {Place::Service, "web"}, {Place::Name, "x"}, {Place::Anywhere, "service:"}}));
    EXPECT_TRUE(spanWords("").empty());
    EXPECT_TRUE(spanWords("   ").empty());
}

RC_GTEST_PROP(EventListingProperty, LinesAreSortedAndReadWordsAsTheSpanSearchDoes, (std::uint32_t seed))
{
    const auto spans = std::make_shared<const SpanTable>(randomSpans(seed));
    const EventListing listing = listEvents(spans);
    RC_ASSERT(listing.refs.size() == spans->rows() + spans->eventRows.size());
    for (std::size_t i = 1; i < listing.refs.size(); ++i) {
        RC_ASSERT(listing.refs[i - 1].timeNs <= listing.refs[i].timeNs);
    }
    const auto text = *rc::gen::element<std::string>("cart", "service:db", "name:exception", "name:QUERY web", "error",
                                                     "0000", "miss", "");
    const bool errorsOnly = *rc::gen::arbitrary<bool>();
    RowIndexes wanted;
    for (std::uint32_t i = 0; i < listing.refs.size(); ++i) {
        const EventRef& ref = listing.refs[i];
        const std::string_view name =
            spans->strings.view(ref.isSpan() ? spans->name[ref.span] : spans->eventRows.name[ref.event]);
        const bool failed = spans->status[ref.span] == SpanStatus::Error;
        bool keep = !errorsOnly || (ref.isSpan() ? failed : name == "exception");
        for (const SpanWord& word : spanWords(text)) {
            const bool inService = contains(spans->service(ref.span), word.text);
            const bool inName = contains(name, word.text);
            bool found = inService || inName;
            if (ref.isSpan()) {
                found = found || attributesContain(*spans, spans->attributes[ref.span], word.text)
                    || (word.text == "error" && failed)
                    || (word.text.size() >= 4 && spans->spanId[ref.span].toHex().find(word.text) != std::string::npos);
            }
            found = word.place == SpanWord::Place::Service ? inService
                : word.place == SpanWord::Place::Name      ? inName
                                                           : found;
            keep = keep && found;
        }
        if (keep) {
            wanted.push_back(i);
        }
    }
    RC_ASSERT(filterEvents(listing, text, errorsOnly) == wanted);
}

TEST(EventListing, aLongerTraceKeepsTheKeysOfTheLinesThatWereThere)
{
    const auto keysOf = [](const SpanTable& table) {
        const EventListing listing = listEvents(std::make_shared<const SpanTable>(table));
        RowIndexes all(listing.refs.size());
        for (std::uint32_t i = 0; i < all.size(); ++i) {
            all[i] = i;
        }
        const RowPlan plan = planEvents(listing, all);
        return std::set<RowKey>(plan.keys.begin(), plan.keys.end());
    };
    SpanBuilder before;
    before.span(5, 0, 10, 50).event(20, "one").event(21, "two").span(6, 5, 12, 5).span(6, 5, 13, 5);
    SpanBuilder after; // the same spans behind others that arrived in front of them
    after.span(4, 0, 0, 5).event(1, "early").span(3, 0, 1, 5);
    after.span(5, 0, 10, 50).event(20, "one").event(21, "two").span(6, 5, 12, 5).span(6, 5, 13, 5);
    const std::set<RowKey> kept = keysOf(before.table());
    const std::set<RowKey> grown = keysOf(after.table());
    EXPECT_EQ(kept.size(), 5U);
    EXPECT_EQ(grown.size(), 8U);
    EXPECT_TRUE(std::includes(grown.begin(), grown.end(), kept.begin(), kept.end()));
}

RC_GTEST_PROP(EventListingProperty, KeysAreUniqueWhateverIdsRepeat, (std::uint32_t seed))
{
    const EventListing listing = listEvents(std::make_shared<const SpanTable>(randomSpans(seed, 60)));
    RowIndexes all(listing.refs.size());
    for (std::uint32_t i = 0; i < all.size(); ++i) {
        all[i] = i;
    }
    const RowPlan plan = planEvents(listing, all);
    RC_ASSERT(std::set<RowKey>(plan.keys.begin(), plan.keys.end()).size() == listing.refs.size());
    RC_ASSERT(plan.total == listing.refs.size());
}
