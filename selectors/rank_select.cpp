// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/rank_select.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <memory>
#include <utility>

namespace tracedeck {
namespace {

constexpr std::size_t kRankBuckets = 2048;
constexpr std::size_t kFewSamples = 64; ///< below, sorting is cheaper than counting

/// Bucket 0 holds everything below 1; the order of buckets is the order of values.
inline std::uint16_t bucketOf(double value)
{
    constexpr std::uint64_t kOne = std::bit_cast<std::uint64_t>(1.0);
    constexpr unsigned kShift = 47; // keeps 5 bits below the exponent
    const auto bits = std::bit_cast<std::uint64_t>(value + 0.0); // a negative zero is a zero
    const std::uint64_t bucket = bits < kOne ? 0 : ((bits - kOne) >> kShift) + 1;
    return static_cast<std::uint16_t>(std::min<std::uint64_t>(bucket, kRankBuckets - 1));
}

struct Selection {
    std::size_t bucket = 0;
    std::size_t below = 0; ///< samples in lower buckets
    std::vector<double> members;
};

std::vector<double> bySorting(std::span<const double> samples, std::span<const std::size_t> ranks)
{
    std::vector<double> sorted(samples.begin(), samples.end());
    std::sort(sorted.begin(), sorted.end());
    std::vector<double> values;
    values.reserve(ranks.size());
    for (const std::size_t rank : ranks) {
        values.push_back(sorted[rank]);
    }
    return values;
}

using BucketCounts = std::array<std::uint32_t, kRankBuckets>;

/// Which bucket every rank falls into.
std::vector<Selection> locate(const BucketCounts& counts, std::span<const std::size_t> ranks)
{
    std::vector<Selection> selections;
    std::size_t bucket = 0;
    std::size_t below = 0;
    for (const std::size_t rank : ranks) {
        while (below + counts[bucket] <= rank) {
            below += counts[bucket++];
        }
        if (selections.empty() || selections.back().bucket != bucket) {
            selections.push_back({bucket, below, {}});
            selections.back().members.reserve(counts[bucket]);
        }
    }
    return selections;
}

} // namespace

std::vector<double> valuesAtRanks(std::span<const double> samples, std::span<const std::size_t> ranks)
{
    if (samples.size() < kFewSamples) {
        return bySorting(samples, ranks);
    }
    const auto buckets = std::make_unique_for_overwrite<std::uint16_t[]>(samples.size());
    BucketCounts counts{};
    for (std::size_t i = 0; i < samples.size(); ++i) {
        buckets[i] = bucketOf(samples[i]);
        ++counts[buckets[i]];
    }
    std::vector<Selection> selections = locate(counts, ranks);
    std::array<std::uint8_t, kRankBuckets> slotOf{};
    for (std::size_t i = 0; i < selections.size(); ++i) {
        slotOf[selections[i].bucket] = static_cast<std::uint8_t>(i + 1);
    }
    for (std::size_t i = 0; i < samples.size(); ++i) {
        if (const std::uint8_t slot = slotOf[buckets[i]]; slot != 0) {
            selections[slot - 1U].members.push_back(samples[i]);
        }
    }
    std::vector<double> values;
    values.reserve(ranks.size());
    for (const std::size_t rank : ranks) {
        for (Selection& selection : selections) {
            if (rank >= selection.below && rank < selection.below + selection.members.size()) {
                const auto at = selection.members.begin() + static_cast<std::ptrdiff_t>(rank - selection.below);
                std::nth_element(selection.members.begin(), at, selection.members.end());
                values.push_back(*at);
                break;
            }
        }
    }
    return values;
}

} // namespace tracedeck
