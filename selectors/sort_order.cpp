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

/// Keeps order and wastes no bits on gaps at the ends: the smallest and the largest key, often a zero
/// far away from everything else, become neighbours of the others.
struct Squeeze {
    std::uint64_t low = ~std::uint64_t{0};
    std::uint64_t high = 0;
    std::uint64_t secondLow = ~std::uint64_t{0};
    std::uint64_t secondHigh = 0;

    [[nodiscard]] std::uint64_t operator()(std::uint64_t key) const
    {
        if (key == low) {
            return 0;
        }
        return key == high ? secondHigh - secondLow + 2 : key - secondLow + 1;
    }
    [[nodiscard]] std::uint64_t range() const { return low == high ? 0 : (*this)(high); }
};

Squeeze squeezeOf(const std::vector<std::uint64_t>& keys)
{
    Squeeze squeeze;
    for (const std::uint64_t key : keys) {
        squeeze.low = std::min(squeeze.low, key);
        squeeze.high = std::max(squeeze.high, key);
    }
    for (const std::uint64_t key : keys) {
        squeeze.secondLow = std::min(squeeze.secondLow, key == squeeze.low ? ~std::uint64_t{0} : key);
        squeeze.secondHigh = std::max(squeeze.secondHigh, key == squeeze.high ? 0 : key);
    }
    if (squeeze.secondHigh < squeeze.secondLow) { // nothing lies between the two ends
        squeeze.secondLow = squeeze.high;
        squeeze.secondHigh = squeeze.high;
    }
    return squeeze;
}

void radixPass(const Entry* from, Entry* to, std::size_t count, unsigned shift)
{
    std::array<std::uint32_t, kBuckets> starts{};
    for (std::size_t i = 0; i < count; ++i) {
        ++starts[(from[i].key >> shift) & (kBuckets - 1)];
    }
    std::uint32_t sum = 0;
    for (std::uint32_t& start : starts) {
        sum += std::exchange(start, sum);
    }
    for (std::size_t i = 0; i < count; ++i) {
        to[starts[(from[i].key >> shift) & (kBuckets - 1)]++] = from[i];
    }
}

/// Sorts runs of equal window keys by the full keys.
void finishRuns(Entry* entries, std::size_t count, const std::vector<std::uint64_t>& keys)
{
    const auto less = [&](const Entry& a, const Entry& b) { return keys[a.position] < keys[b.position]; };
    for (std::size_t at = 0; at < count;) {
        std::size_t next = at + 1;
        while (next < count && entries[next].key == entries[at].key) {
            ++next;
        }
        Entry* const begin = entries + at;
        Entry* const end = entries + next;
        if (end - begin > kShortRun) {
            std::stable_sort(begin, end, less);
        } else {
            for (Entry* entry = begin + 1; entry < end; ++entry) {
                const Entry moving = *entry;
                Entry* hole = entry;
                for (; hole > begin && less(moving, hole[-1]); --hole) {
                    *hole = hole[-1];
                }
                *hole = moving;
            }
        }
        at = next;
    }
}

} // namespace

RowIndexes orderByKeys(RowIndexes rows, const std::vector<std::uint64_t>& keys)
{
    const std::size_t count = rows.size();
    if (count < 2) {
        return rows;
    }
    const Squeeze squeeze = squeezeOf(keys);
    const auto rangeBits = static_cast<unsigned>(std::bit_width(squeeze.range()));
    const unsigned shift = rangeBits > kWindowBits ? rangeBits - kWindowBits : 0;
    if (rangeBits == 0) {
        return rows;
    }
    const auto first = std::make_unique_for_overwrite<Entry[]>(count);
    const auto second = std::make_unique_for_overwrite<Entry[]>(count);
    Entry* from = first.get();
    Entry* to = second.get();
    for (std::uint32_t i = 0; i < count; ++i) {
        from[i] = {static_cast<std::uint32_t>(squeeze(keys[i]) >> shift), i};
    }
    if (count < kFewRows) {
        std::stable_sort(from, from + count, [](const Entry& a, const Entry& b) { return a.key < b.key; });
    } else {
        for (unsigned digit = 0; digit < rangeBits - shift; digit += kDigitBits) {
            radixPass(from, to, count, digit);
            std::swap(from, to);
        }
    }
    if (shift != 0) {
        finishRuns(from, count, keys);
    }
    RowIndexes ordered(count);
    for (std::size_t i = 0; i < count; ++i) {
        ordered[i] = rows[from[i].position];
    }
    return ordered;
}

} // namespace tracedeck
