// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/sort_order.h"

#include <algorithm>
#include <array>
#include <memory>

namespace tracedeck {
namespace {

constexpr unsigned kDigitBits = 11;
constexpr std::size_t kBuckets = std::size_t{1} << kDigitBits;
constexpr unsigned kWindowBits = 2 * kDigitBits; ///< two passes; what they cannot tell apart is rare
constexpr std::size_t kFewRows = 200; ///< below, a comparison sort beats counting
constexpr std::ptrdiff_t kShortRun = 24;

struct Entry {
    std::uint32_t key;
    std::uint32_t position; ///< in the input, so that full keys and rows stay where they are
};

/// Keeps order and wastes no bits on gaps at the ends: the smallest and the largest key, often a zero far
/// away from everything else, get a window key of their own, which the long runs of equal keys then share
/// with nobody.
struct Window {
    std::uint64_t low = ~std::uint64_t{0};
    std::uint64_t high = 0;
    std::uint64_t secondLow = ~std::uint64_t{0};
    std::uint64_t secondHigh = 0;
    unsigned shift = 0;
    std::uint32_t top = 0; ///< window key of `high`

    [[nodiscard]] std::uint32_t operator()(std::uint64_t key) const
    {
        const auto inner = static_cast<std::uint32_t>((key - secondLow) >> shift) + 1;
        const std::uint32_t below = key == low ? 0U : inner;
        return key == high ? top : below;
    }
};

/// Precondition: not all keys are equal.
Window windowOf(const std::vector<std::uint64_t>& keys, std::uint64_t low, std::uint64_t high)
{
    Window window{low, high};
    for (const std::uint64_t key : keys) {
        window.secondLow = std::min(window.secondLow, key == low ? ~std::uint64_t{0} : key);
        window.secondHigh = std::max(window.secondHigh, key == high ? 0 : key);
    }
    const std::uint64_t range = window.secondHigh > window.secondLow ? window.secondHigh - window.secondLow : 0;
    const auto bits = static_cast<unsigned>(std::bit_width(range));
    window.shift = bits >= kWindowBits ? bits - kWindowBits + 1 : 0; // one bit stays for the two ends
    window.top = static_cast<std::uint32_t>(range >> window.shift) + 2;
    return window;
}

using Histogram = std::array<std::uint32_t, kBuckets>;

void radixPass(const Entry* from, Entry* to, std::size_t count, unsigned shift, Histogram& starts)
{
    std::uint32_t sum = 0;
    for (std::uint32_t& start : starts) {
        sum += std::exchange(start, sum);
    }
    for (std::size_t i = 0; i < count; ++i) {
        to[starts[(from[i].key >> shift) & (kBuckets - 1)]++] = from[i];
    }
}

void sortRun(Entry* begin, Entry* end, const std::vector<std::uint64_t>& keys)
{
    const auto less = [&](const Entry& a, const Entry& b) { return keys[a.position] < keys[b.position]; };
    if (end - begin > kShortRun) {
        std::stable_sort(begin, end, less);
        return;
    }
    for (Entry* entry = begin + 1; entry < end; ++entry) {
        const Entry moving = *entry;
        Entry* hole = entry;
        for (; hole > begin && less(moving, hole[-1]); --hole) {
            *hole = hole[-1];
        }
        *hole = moving;
    }
}

/// Sorts runs of equal window keys by the full keys; both ends are of one key each.
void finishRuns(Entry* entries, std::size_t count, const std::vector<std::uint64_t>& keys, std::uint32_t top)
{
    std::size_t at = 0;
    while (at < count && entries[at].key == 0) {
        ++at;
    }
    while (at < count && entries[at].key != top) {
        std::size_t next = at + 1;
        while (next < count && entries[next].key == entries[at].key) {
            ++next;
        }
        if (next - at > 1) {
            sortRun(entries + at, entries + next, keys);
        }
        at = next;
    }
}

/// `entries` in order of their keys, in this or in the other array.
Entry* sortEntries(Entry* entries, Entry* other, std::size_t count, std::uint32_t top)
{
    if (count < kFewRows) {
        std::stable_sort(entries, entries + count, [](const Entry& a, const Entry& b) { return a.key < b.key; });
        return entries;
    }
    Histogram low{};
    Histogram high{};
    for (std::size_t i = 0; i < count; ++i) {
        ++low[entries[i].key & (kBuckets - 1)];
        ++high[entries[i].key >> kDigitBits];
    }
    radixPass(entries, other, count, 0, low);
    if (top < kBuckets) {
        return other;
    }
    radixPass(other, entries, count, kDigitBits, high);
    return entries;
}

} // namespace

RowIndexes orderByKeys(RowIndexes rows, const std::vector<std::uint64_t>& keys)
{
    const std::size_t count = rows.size();
    if (count < 2) {
        return rows;
    }
    const auto [least, most] = std::minmax_element(keys.begin(), keys.end());
    if (*least == *most) {
        return rows;
    }
    const Window window = windowOf(keys, *least, *most);
    const auto first = std::make_unique_for_overwrite<Entry[]>(count);
    const auto second = std::make_unique_for_overwrite<Entry[]>(count);
    for (std::uint32_t i = 0; i < count; ++i) {
        first[i] = {window(keys[i]), i};
    }
    Entry* const sorted = sortEntries(first.get(), second.get(), count, window.top);
    if (window.shift != 0) {
        finishRuns(sorted, count, keys, window.top);
    }
    RowIndexes ordered(count);
    for (std::size_t i = 0; i < count; ++i) {
        ordered[i] = rows[sorted[i].position];
    }
    return ordered;
}

} // namespace tracedeck
