// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/arena_search.h"

#include <algorithm>
#include <bit>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace tracedeck {
namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

/// First occurrence at or after `from`. Compares the first and the last byte of the needle at 16 places
/// at once, which leaves few places to look at even for needles that start with a common letter.
std::size_t findNext(std::string_view text, std::string_view needle, std::size_t from)
{
    const std::size_t length = needle.size();
    std::size_t i = from;
#if defined(__SSE2__)
    const __m128i first = _mm_set1_epi8(needle.front());
    const __m128i last = _mm_set1_epi8(needle.back());
    while (i + length + 15 <= text.size()) {
        const auto* here = reinterpret_cast<const __m128i*>(text.data() + i);
        const auto* there = reinterpret_cast<const __m128i*>(text.data() + i + length - 1);
        const __m128i both =
            _mm_and_si128(_mm_cmpeq_epi8(_mm_loadu_si128(here), first), _mm_cmpeq_epi8(_mm_loadu_si128(there), last));
        auto places = static_cast<unsigned>(_mm_movemask_epi8(both));
        while (places != 0) {
            const std::size_t at = i + static_cast<std::size_t>(std::countr_zero(places));
            if (length <= 2 || std::memcmp(text.data() + at + 1, needle.data() + 1, length - 2) == 0) {
                return at;
            }
            places &= places - 1;
        }
        i += 16;
    }
#endif
    const std::size_t found = text.find(needle, i);
    return found == std::string_view::npos ? kNone : found;
}

/// Row that holds position `at`, searched forward from `row`: near hits cost one step, far ones a few.
std::size_t rowOf(const std::vector<std::uint32_t>& starts, std::size_t row, std::size_t at)
{
    std::size_t step = 1;
    std::size_t low = row;
    while (low + step < starts.size() && starts[low + step] <= at) {
        low += step;
        step *= 2;
    }
    const auto begin = starts.begin() + static_cast<std::ptrdiff_t>(low);
    const auto end = starts.begin() + static_cast<std::ptrdiff_t>(std::min(low + step, starts.size()));
    return static_cast<std::size_t>(std::upper_bound(begin, end, at) - starts.begin()) - 1;
}

} // namespace

void searchArena(const SearchArena& arena, std::string_view needle, std::span<std::uint8_t> hits)
{
    std::fill(hits.begin(), hits.end(), needle.empty() ? std::uint8_t{1} : std::uint8_t{0});
    if (needle.empty()) {
        return;
    }
    const std::string_view text = arena.text();
    const std::vector<std::uint32_t>& starts = arena.starts();
    std::size_t row = 0;
    for (std::size_t at = findNext(text, needle, 0); at != kNone; at = findNext(text, needle, starts[row])) {
        row = rowOf(starts, row, at);
        hits[row] = 1;
        ++row;
    }
}

} // namespace tracedeck
