// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/sort_order.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

namespace tracedeck {
namespace {

constexpr unsigned kDigitBits = 8; ///< so few places to write to that all stay in the first cache
constexpr std::size_t kBuckets = std::size_t{1} << kDigitBits;
constexpr std::size_t kDigits = 3;
constexpr unsigned kWindowBits = kDigits * kDigitBits; ///< what they cannot tell apart is rare
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

/// Both ends and their neighbours in one pass: new ones get rare soon, so the branches are predicted, also
/// where a quarter of the keys is the least (what `- 1` is for: an equal key wraps around).
Window windowOf(std::span<const std::uint64_t> keys)
{
    Window window{keys.front(), keys.front()};
    for (const std::uint64_t key : keys) {
        if (key < window.low) {
            window.secondLow = std::exchange(window.low, key);
        } else if (key - window.low - 1 < window.secondLow - window.low - 1) {
            window.secondLow = key;
        }
        if (key > window.high) {
            window.secondHigh = std::exchange(window.high, key);
        } else if (window.high - key - 1 < window.high - window.secondHigh - 1) {
            window.secondHigh = key;
        }
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

void sortRun(Entry* begin, Entry* end, std::span<const std::uint64_t> keys)
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

/// Sorts runs of equal window keys by the full keys; both ends are of one key each. Mostly a run is one key.
void finishRuns(Entry* entries, std::size_t count, std::span<const std::uint64_t> keys, std::uint32_t top)
{
    std::size_t at = 0;
    while (at < count && entries[at].key == 0) {
        ++at;
    }
    while (at < count && entries[at].key != top) {
        std::size_t next = at + 1;
        bool inOrder = true;
        for (; next < count && entries[next].key == entries[at].key; ++next) {
            inOrder = inOrder && keys[entries[next - 1].position] <= keys[entries[next].position];
        }
        if (!inOrder) {
            sortRun(entries + at, entries + next, keys);
        }
        at = next;
    }
}

/// Entries of `keys` in the order of their window keys, in one of the two arrays.
Entry* sortEntries(Entry* entries, Entry* other, std::span<const std::uint64_t> keys, const Window& window)
{
    const std::size_t count = keys.size();
    std::array<Histogram, kDigits> counts{};
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::uint32_t key = window(keys[i]);
        entries[i] = {key, i};
        for (std::size_t digit = 0; digit < kDigits; ++digit) {
            ++counts[digit][(key >> (digit * kDigitBits)) & (kBuckets - 1)];
        }
    }
    if (count < kFewRows) {
        std::stable_sort(entries, entries + count, [](const Entry& a, const Entry& b) { return a.key < b.key; });
        return entries;
    }
    for (unsigned shift = 0; (window.top >> shift) != 0; shift += kDigitBits) {
        radixPass(entries, other, count, shift, counts[shift / kDigitBits]);
        std::swap(entries, other);
    }
    return entries;
}

} // namespace

RowIndexes orderByKeys(const RowIndexes& rows, std::span<const std::uint64_t> keys, std::span<const std::uint32_t> tail)
{
    const std::size_t count = rows.size();
    RowIndexes ordered(count + tail.size());
    std::copy(tail.begin(), tail.end(), ordered.begin() + static_cast<std::ptrdiff_t>(count));
    const Window window = count != 0 ? windowOf(keys) : Window{};
    if (count == 0 || window.low == window.high) {
        std::copy(rows.begin(), rows.end(), ordered.begin());
        return ordered;
    }
    const auto first = std::make_unique_for_overwrite<Entry[]>(count);
    const auto second = std::make_unique_for_overwrite<Entry[]>(count);
    Entry* const sorted = sortEntries(first.get(), second.get(), keys, window);
    if (window.shift != 0) {
        finishRuns(sorted, count, keys, window.top);
    }
    for (std::size_t i = 0; i < count; ++i) {
        ordered[i] = rows[sorted[i].position];
    }
    return ordered;
}

} // namespace tracedeck
