// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/span_window.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace tracedeck {
namespace {

/// The span that a pixel shows: the longest one, of equal ones the first in display order.
struct Claim {
    std::int64_t durationNs = 0;
    std::uint32_t positionPlusOne = 0; ///< 0 = nobody

    void offer(const Claim& other)
    {
        const bool longer = other.durationNs > durationNs
            || (other.durationNs == durationNs && other.positionPlusOne < positionPlusOne);
        if (other.positionPlusOne != 0 && (positionPlusOne == 0 || longer)) {
            *this = other;
        }
    }
};

/// One lane. A span costs the same however wide it is: it claims its pixels as two overlapping blocks whose
/// width is a power of two, and the claims sink to single pixels when the lane is complete. Failures and
/// spans that go on are counted where they begin and end.
class Lane {
public:
    explicit Lane(int width)
        : m_width(static_cast<std::size_t>(width)),
          m_claims(m_width * static_cast<std::size_t>(std::bit_width(m_width))),
          m_failed(m_width + 1),
          m_joined(m_width + 1)
    { }

    /// Pixels [begin, end), at least one.
    void add(std::size_t begin, std::size_t end, const Claim& claim, bool failed)
    {
        const auto level = static_cast<std::size_t>(std::bit_width(end - begin)) - 1;
        m_levels = std::max(m_levels, level + 1);
        at(level, begin).offer(claim);
        at(level, end - (std::size_t{1} << level)).offer(claim);
        if (failed) {
            ++m_failed[begin];
            --m_failed[end];
        }
        ++m_joined[begin + 1 < end ? begin + 1 : end];
        --m_joined[end];
    }

    /// Appends the bars of this lane and leaves it empty.
    void finish(std::uint16_t number, const SpanLayout& layout, std::vector<OverviewBar>& bars)
    {
        sink();
        std::int32_t failed = 0;
        std::int32_t joined = 0;
        std::uint32_t before = 0;
        for (std::size_t pixel = 0; pixel < m_width; ++pixel) {
            failed += std::exchange(m_failed[pixel], 0);
            joined += std::exchange(m_joined[pixel], 0);
            const std::uint32_t shown = std::exchange(m_claims[pixel], Claim{}).positionPlusOne;
            if (shown != 0 && (shown != before || joined == 0)) {
                bars.push_back({number, static_cast<std::uint16_t>(pixel), 0, layout.row[shown - 1], false});
            }
            if (shown != 0) {
                bars.back().endPixel = static_cast<std::uint16_t>(pixel + 1);
                bars.back().error = bars.back().error || failed > 0;
            }
            before = shown;
        }
        m_failed[m_width] = m_joined[m_width] = 0;
        m_levels = 0;
    }

private:
    [[nodiscard]] Claim& at(std::size_t level, std::size_t pixel) { return m_claims[level * m_width + pixel]; }

    void sink()
    {
        for (std::size_t level = m_levels; level-- > 1;) {
            const std::size_t half = std::size_t{1} << (level - 1);
            for (std::size_t pixel = 0; pixel + 2 * half <= m_width; ++pixel) {
                Claim& claim = at(level, pixel);
                if (claim.positionPlusOne != 0) { // most blocks are nobody's
                    at(level - 1, pixel).offer(claim);
                    at(level - 1, pixel + half).offer(claim);
                    claim = {};
                }
            }
        }
    }

    std::size_t m_width;
    std::vector<Claim> m_claims; ///< by level, then first pixel of the block
    std::vector<std::int32_t> m_failed; ///< difference to the pixel before
    std::vector<std::int32_t> m_joined;
    std::size_t m_levels = 0; ///< in use
};

} // namespace

std::vector<OverviewBar> overviewBars(const SpanTable& spans, const SpanLayout& layout, int width, int lanes)
{
    std::vector<OverviewBar> bars;
    if (width < 1 || lanes < 1 || layout.size() == 0) {
        return bars;
    }
    width = std::min(width, 0xFFFF);
    const auto size = static_cast<std::uint64_t>(layout.size());
    const std::uint64_t used = std::min<std::uint64_t>(size, static_cast<std::uint64_t>(lanes));
    const TimeWindow window{layout.startNs, std::max(layout.endNs, layout.startNs + 1)};
    const double pixelsPerNs = width / static_cast<double>(window.lengthNs());
    Lane lane(width);
    std::uint64_t position = 0;
    for (std::uint64_t number = 0; number < used; ++number) {
        for (; position * used / size == number && position < size; ++position) {
            const std::uint32_t row = layout.row[position];
            const auto offset = static_cast<double>(spans.startNs[row] - window.beginNs);
            const auto length = static_cast<double>(std::max<std::int64_t>(spans.durationNs[row], 0));
            const int begin = std::clamp(static_cast<int>(offset * pixelsPerNs), 0, width - 1);
            const int end = std::clamp(static_cast<int>((offset + length) * pixelsPerNs) + 1, begin + 1, width);
            lane.add(static_cast<std::size_t>(begin), static_cast<std::size_t>(end),
                     {spans.durationNs[row], static_cast<std::uint32_t>(position) + 1},
                     spans.status[row] == SpanStatus::Error);
        }
        lane.finish(static_cast<std::uint16_t>(number), layout, bars);
    }
    return bars;
}

std::uint32_t nextError(const SpanTable& spans, const SpanLayout& layout, std::uint32_t from, bool backwards)
{
    const auto size = static_cast<std::uint32_t>(layout.size());
    if (layout.errors == 0 || size == 0) {
        return SpanLayout::kNoParent;
    }
    std::uint32_t position = from < size ? from : (backwards ? 0 : size - 1);
    for (std::uint32_t step = 0; step < size; ++step) {
        if (backwards) {
            position = position == 0 ? size - 1 : position - 1;
        } else {
            position = position + 1 == size ? 0 : position + 1;
        }
        if (spans.status[layout.row[position]] == SpanStatus::Error) {
            return position;
        }
    }
    return SpanLayout::kNoParent;
}

std::uint32_t errorNumber(const SpanTable& spans, const SpanLayout& layout, std::uint32_t position)
{
    const auto end = std::min<std::size_t>(layout.size(), std::size_t{position} + 1);
    return static_cast<std::uint32_t>(
        std::count_if(layout.row.begin(), layout.row.begin() + static_cast<std::ptrdiff_t>(end),
                      [&](std::uint32_t row) { return spans.status[row] == SpanStatus::Error; }));
}

SiblingPlace siblingPlace(const SpanLayout& layout, std::uint32_t position)
{
    const std::uint32_t parent = layout.parent[position];
    const bool isRoot = parent == SpanLayout::kNoParent;
    const auto end = isRoot ? static_cast<std::uint32_t>(layout.size()) : layout.subtreeEnd[parent];
    SiblingPlace place;
    for (std::uint32_t sibling = isRoot ? 0 : parent + 1; sibling < end; sibling = layout.subtreeEnd[sibling]) {
        ++place.of;
        place.number += sibling <= position ? 1 : 0;
    }
    return place;
}

} // namespace tracedeck
