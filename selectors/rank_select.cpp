// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/rank_select.h"

#include <cmath>

namespace tracedeck {
namespace {

constexpr std::size_t kFewSamples = 64; ///< below, sorting is cheaper than looking into buckets

/// Values at `ranks` minus `below` in a list that is reordered on the way. Ranks ascend.
void appendNth(std::vector<double>& values, std::span<double> members, std::span<const std::size_t> ranks,
               std::size_t below)
{
    std::size_t done = 0; // what stands before is in its place already
    for (const std::size_t rank : ranks) {
        const auto at = members.begin() + static_cast<std::ptrdiff_t>(rank - below);
        std::nth_element(members.begin() + static_cast<std::ptrdiff_t>(done), at, members.end());
        values.push_back(*at);
        done = rank - below;
    }
}

/// One bucket with ranks in it.
struct Selection {
    std::size_t bucket = 0;
    std::size_t below = 0; ///< samples in lower buckets
    std::span<const std::size_t> ranks;
    std::vector<double> members;
};

} // namespace

double RankSamples::lowEnd(std::size_t bucket)
{
    if (bucket == 0) {
        return 0;
    }
    return bucket < kBuckets ? std::bit_cast<double>(kOne + ((static_cast<std::uint64_t>(bucket) - 1) << kShift))
                             : std::numeric_limits<double>::infinity();
}

std::vector<double> RankSamples::atRanks(std::span<const std::size_t> ranks) const
{
    std::vector<double> values;
    values.reserve(ranks.size());
    if (m_size < kFewSamples) {
        std::vector<double> all(m_values.get(), m_values.get() + m_size);
        appendNth(values, all, ranks, 0);
        return values;
    }
    std::vector<Selection> selections;
    std::array<std::uint8_t, kBuckets> slotOf{};
    std::size_t bucket = 0;
    std::size_t below = 0;
    for (std::size_t from = 0; from < ranks.size();) {
        while (below + m_counts[bucket] <= ranks[from]) {
            below += m_counts[bucket++];
        }
        std::size_t to = from;
        while (to < ranks.size() && ranks[to] < below + m_counts[bucket]) {
            ++to;
        }
        selections.push_back({bucket, below, ranks.subspan(from, to - from), {}});
        selections.back().members.reserve(m_counts[bucket]);
        slotOf[bucket] = static_cast<std::uint8_t>(selections.size());
        from = to;
    }
    for (std::size_t i = 0; i < m_size; ++i) {
        if (const std::uint8_t slot = slotOf[m_buckets[i]]; slot != 0) {
            selections[slot - 1U].members.push_back(m_values[i]);
        }
    }
    for (Selection& selection : selections) {
        appendNth(values, selection.members, selection.ranks, selection.below);
    }
    return values;
}

RankSamples::Bounds RankSamples::distanceBounds(double middle, std::size_t first, std::size_t last) const
{
    const std::size_t home = bucketOf(std::bit_cast<std::uint64_t>(middle + 0.0));
    const std::size_t here = m_counts[home];
    const auto walk = [&](double distance, std::size_t rank, bool farEnds) {
        std::size_t left = home; // one past the next bucket on this side
        std::size_t right = home + 1;
        const auto onLeft = [&] { return middle - lowEnd(farEnds ? left - 1 : left); };
        const auto onRight = [&] { return lowEnd(farEnds ? right + 1 : right) - middle; };
        for (std::size_t seen = here; seen <= rank;) {
            const bool goLeft = left > 0 && (right == kBuckets || onLeft() <= onRight());
            distance = std::max(distance, goLeft ? onLeft() : onRight());
            seen += m_counts[goLeft ? --left : right++];
        }
        return distance;
    };
    const double ownReach = std::max(middle - lowEnd(home), lowEnd(home + 1) - middle);
    return {walk(0, first, false), walk(ownReach, last, true)};
}

std::vector<double> RankSamples::distancesAtRanks(double middle, std::span<const std::size_t> ranks) const
{
    std::vector<double> values;
    if (ranks.empty()) {
        return values;
    }
    const Bounds bounds = distanceBounds(middle, ranks.front(), ranks.back());
    const auto members = std::make_unique_for_overwrite<double[]>(m_size);
    std::size_t below = 0;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < m_size; ++i) { // without branches
        const double distance = std::abs(m_values[i] - middle);
        members[kept] = distance;
        const bool near = distance < bounds.least;
        below += near ? 1U : 0U;
        kept += static_cast<std::size_t>(!near) & static_cast<std::size_t>(distance <= bounds.most);
    }
    appendNth(values, {members.get(), kept}, ranks, below);
    return values;
}

} // namespace tracedeck
