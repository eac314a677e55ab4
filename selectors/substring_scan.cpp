// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/substring_scan.h"

#include "selectors/row_indexes.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace tracedeck {
namespace {

constexpr std::size_t kNowhere = std::string_view::npos;

/// Finds `needle` within text[from, to); loads may touch bytes up to text.size().
using FindWithin = std::size_t (*)(std::string_view text, std::size_t from, std::size_t to, std::string_view needle);

std::size_t findScalar(std::string_view text, std::size_t from, std::size_t to, std::string_view needle)
{
    return from < to ? text.substr(0, to).find(needle, from) : kNowhere;
}

#if defined(__x86_64__)

/// Whether the middle of a candidate is right; its first and last byte are known to be.
inline bool middleMatches(const char* at, std::string_view needle)
{
    return needle.size() <= 2 || std::memcmp(at + 1, needle.data() + 1, needle.size() - 2) == 0;
}

std::size_t findSse2(std::string_view text, std::size_t from, std::size_t to, std::string_view needle)
{
    const __m128i first = _mm_set1_epi8(needle.front());
    const __m128i last = _mm_set1_epi8(needle.back());
    const std::size_t span = needle.size() - 1;
    std::size_t at = from;
    for (; at + needle.size() <= to && at + span + 16 <= text.size(); at += 16) {
        const char* const here = text.data() + at;
        const __m128i heads = _mm_loadu_si128(reinterpret_cast<const __m128i*>(here));
        const __m128i tails = _mm_loadu_si128(reinterpret_cast<const __m128i*>(here + span));
        const __m128i both = _mm_and_si128(_mm_cmpeq_epi8(heads, first), _mm_cmpeq_epi8(tails, last));
        auto candidates = static_cast<std::uint32_t>(_mm_movemask_epi8(both));
        for (; candidates != 0; candidates &= candidates - 1) {
            const auto offset = static_cast<std::size_t>(std::countr_zero(candidates));
            if (at + offset + needle.size() > to) {
                return kNowhere;
            }
            if (middleMatches(here + offset, needle)) {
                return at + offset;
            }
        }
    }
    return findScalar(text, at, to, needle);
}

__attribute__((target("avx2"))) std::size_t findAvx2(std::string_view text, std::size_t from, std::size_t to,
                                                     std::string_view needle)
{
    const __m256i first = _mm256_set1_epi8(needle.front());
    const __m256i last = _mm256_set1_epi8(needle.back());
    const std::size_t span = needle.size() - 1;
    std::size_t at = from;
    for (; at + needle.size() <= to && at + span + 32 <= text.size(); at += 32) {
        const char* const here = text.data() + at;
        const __m256i heads = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(here));
        const __m256i tails = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(here + span));
        const __m256i both = _mm256_and_si256(_mm256_cmpeq_epi8(heads, first), _mm256_cmpeq_epi8(tails, last));
        auto candidates = static_cast<std::uint32_t>(_mm256_movemask_epi8(both));
        for (; candidates != 0; candidates &= candidates - 1) {
            const auto offset = static_cast<std::size_t>(std::countr_zero(candidates));
            if (at + offset + needle.size() > to) {
                return kNowhere;
            }
            if (middleMatches(here + offset, needle)) {
                return at + offset;
            }
        }
    }
    return findScalar(text, at, to, needle);
}

FindWithin chooseFind()
{
    return __builtin_cpu_supports("avx2") != 0 ? findAvx2 : findSse2;
}

#else

FindWithin chooseFind()
{
    return findScalar;
}

#endif

FindWithin findWithin()
{
    static const FindWithin chosen = chooseFind();
    return chosen;
}

/// Calls found(row) for every row that contains `needle`, ascending.
template <class Found> void forEachHit(const SearchArena& arena, std::string_view needle, const Found& found)
{
    const FindWithin find = findWithin();
    const std::string_view text = arena.text();
    const std::vector<std::uint32_t>& starts = arena.starts();
    std::size_t row = 0;
    std::size_t at = find(text, 0, text.size(), needle);
    while (at != kNowhere) {
        while (starts[row + 1] <= at) {
            ++row;
        }
        found(row);
        at = find(text, starts[row + 1], text.size(), needle); // one hit per row is enough
    }
}

RowIndexes keepContainingOne(const SearchArena& arena, const std::string& needle, RowIndexes rows)
{
    // A scan of the whole arena costs about a third of visiting every row.
    if (rows.size() * 3 > arena.rows()) {
        return keepMatches(std::move(rows), scanRows(arena, needle));
    }
    const FindWithin find = findWithin();
    const std::string_view text = arena.text();
    const std::vector<std::uint32_t>& starts = arena.starts();
    return keepRows(std::move(rows), [&](std::uint32_t row) {
        return find(text, starts[row], starts[row + 1] - 1, needle) != kNowhere;
    });
}

} // namespace

std::string foldNeedle(std::string_view text)
{
    std::string needle = foldCase(text);
    std::replace_if(
        needle.begin(), needle.end(), [](char c) { return static_cast<unsigned char>(c) < 2; }, ' ');
    return needle;
}

std::vector<std::string> searchTerms(std::string_view text)
{
    const auto isSpace = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
    std::vector<std::string> terms;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        while (at < text.size() && !isSpace(text[at])) {
            ++at;
        }
        if (at > begin) {
            terms.push_back(foldNeedle(text.substr(begin, at - begin)));
        } else {
            ++at;
        }
    }
    return terms;
}

std::size_t findSubstring(std::string_view text, std::string_view needle, std::size_t from)
{
    return from <= text.size() ? findWithin()(text, from, text.size(), needle) : kNowhere;
}

std::vector<std::uint8_t> scanRows(const SearchArena& arena, std::string_view needle)
{
    std::vector<std::uint8_t> matches(arena.rows(), needle.empty() ? 1 : 0);
    if (!needle.empty()) {
        forEachHit(arena, needle, [&](std::size_t row) { matches[row] = 1; });
    }
    return matches;
}

RowIndexes keepContaining(const SearchArena& arena, const std::vector<std::string>& terms, RowIndexes rows)
{
    for (const std::string& term : terms) {
        const std::string needle = foldNeedle(term);
        if (!needle.empty() && !rows.empty()) {
            rows = keepContainingOne(arena, needle, std::move(rows));
        }
    }
    return rows;
}

} // namespace tracedeck
