// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/log_listing.h"

#include "selectors/span_words.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <string>
#include <unordered_map>

namespace tracedeck {
namespace {

bool recordHas(const LogTable& logs, std::uint32_t row, const WordMatch& match)
{
    constexpr std::size_t kShortestId = 4;
    return match.isIn(logs.resources.serviceName[logs.resource[row]], logs.eventName[row], [&] {
        const std::string& word = match.word.text;
        return match.texts[logs.body[row]] != 0 || match.texts[logs.severityText[row]] != 0
            || attributesContain(logs.attributeRows, logs.attributes[row], match.texts)
            || (word.size() >= kShortestId && logs.spanId[row].toHex().find(word) != std::string::npos);
    });
}

std::uint64_t mixed(std::uint64_t value, std::uint64_t more)
{
    const std::uint64_t product = (value ^ (more * 0x9E3779B97F4A7C15ULL)) * 0xD6E8FEB86659FD93ULL;
    return product ^ (product >> 32U);
}

} // namespace

std::int64_t logTimeNs(const LogTable& logs, std::uint32_t row)
{
    return logs.timeNs[row] != 0 ? logs.timeNs[row] : logs.observedNs[row];
}

LogListing listLogs(std::shared_ptr<const LogTable> logs, std::int64_t originNs)
{
    LogListing listing;
    listing.rows.resize(logs->rows());
    std::iota(listing.rows.begin(), listing.rows.end(), 0U);
    const auto order = [&logs](std::uint32_t row) {
        const std::int64_t time = logTimeNs(*logs, row);
        return time != 0 ? time : std::numeric_limits<std::int64_t>::max();
    };
    std::stable_sort(listing.rows.begin(), listing.rows.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return order(a) < order(b); });
    listing.originNs = originNs;
    listing.logs = std::move(logs);
    return listing;
}

RowIndexes filterLogs(const LogListing& listing, std::string_view text)
{
    const LogTable& logs = *listing.logs;
    const std::vector<WordMatch> words = wordMatches(logs.strings, text);
    RowIndexes places;
    for (std::uint32_t place = 0; place < listing.rows.size(); ++place) {
        if (std::all_of(words.begin(), words.end(),
                        [&](const WordMatch& word) { return recordHas(logs, listing.rows[place], word); })) {
            places.push_back(place);
        }
    }
    return places;
}

RowPlan planLogs(const LogListing& listing, const RowIndexes& places)
{
    const LogTable& logs = *listing.logs;
    // Equal records are told apart by how many stand before them, filtered out or not.
    std::vector<RowKey> keys(listing.rows.size());
    std::unordered_map<RowKey, std::uint64_t> seen;
    for (std::size_t place = 0; place < keys.size(); ++place) {
        const std::uint32_t row = listing.rows[place];
        const RowKey content =
            mixed(mixed(static_cast<std::uint64_t>(logTimeNs(logs, row)), logs.spanId[row].value),
                  mixed(logs.severity[row], std::hash<std::string_view>()(logs.strings.view(logs.body[row]))));
        keys[place] = mixed(content, ++seen[content]);
    }
    RowPlan plan;
    plan.digests.assign(places.size(), 0);
    for (const std::uint32_t place : places) {
        plan.rows.push_back({place});
        plan.keys.push_back(keys[place]);
    }
    plan.shown = static_cast<std::uint32_t>(places.size());
    plan.total = static_cast<std::uint32_t>(listing.rows.size());
    return plan;
}

} // namespace tracedeck
