// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/sort_order.h"

#include <algorithm>
#include <array>
#include <memory>

namespace tracedeck {
namespace {

constexpr unsigned kDigitBits = 11;
constexpr std::size_t kBuckets = std::size_t{1} << kDigitBits;
constexpr std::size_t kSmall = 200; ///< below, a comparison sort beats counting

struct Entry {
    std::uint32_t key;
    std::uint32_t position; ///< in the input, so that full keys and rows stay where they are
};

/// Which bits of the keys differ at all: the others need no pass.
struct Window {
    unsigned shift = 0;
    unsigned bits = 0; ///< at most 32
    bool exact = true; ///< the window holds every bit that differs
};

Window windowOf(const std::vector<std::uint64_t>& keys)
{
    std::uint64_t all = ~std::uint64_t{0};
    std::uint64_t any = 0;
    for (const std::uint64_t key : keys) {
        all &= key;
        any |= key;
    }
    const std::uint64_t varying = all ^ any;
    if (varying == 0) {
        return {};
    }
    const auto high = static_cast<unsigned>(std::bit_width(varying));
    const auto low = static_cast<unsigned>(std::countr_zero(varying));
    if (high - low <= 32) {
        return {low, high - low, true};
    }
    return {high - 32, 32, false};
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
        if (next - at > 1 && !std::is_sorted(entries + at, entries + next, less)) {
            std::stable_sort(entries + at, entries + next, less);
        }
        at = next;
    }
}

} // namespace

RowIndexes orderByKeys(RowIndexes rows, const std::vector<std::uint64_t>& keys)
{
    const std::size_t count = rows.size();
    const Window window = windowOf(keys);
    if (count < 2 || window.bits == 0) {
        return rows;
    }
    const auto first = std::make_unique_for_overwrite<Entry[]>(count);
    const auto second = std::make_unique_for_overwrite<Entry[]>(count);
    Entry* from = first.get();
    Entry* to = second.get();
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::uint64_t mask = (std::uint64_t{1} << window.bits) - 1;
        from[i] = {static_cast<std::uint32_t>((keys[i] >> window.shift) & mask), i};
    }
    if (count < kSmall) {
        std::stable_sort(from, from + count, [](const Entry& a, const Entry& b) { return a.key < b.key; });
    } else {
        for (unsigned shift = 0; shift < window.bits; shift += kDigitBits) {
            radixPass(from, to, count, shift);
            std::swap(from, to);
        }
    }
    if (!window.exact) {
        finishRuns(from, count, keys);
    }
    RowIndexes ordered(count);
    for (std::size_t i = 0; i < count; ++i) {
        ordered[i] = rows[from[i].position];
    }
    return ordered;
}

} // namespace tracedeck
