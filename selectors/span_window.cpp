// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/span_window.h"

#include <algorithm>

namespace tracedeck {
namespace {

/// Per lane and pixel: longest span seen (row + 1, 0 = none) and whether any of them failed.
struct Cell {
    std::uint32_t rowPlusOne = 0;
    bool error = false;
    bool joined = false; ///< the span here goes on from the pixel before
};

struct Grid {
    int width = 0;
    std::vector<Cell> cells;
    [[nodiscard]] Cell* lane(int index)
    {
        return cells.data() + static_cast<std::size_t>(index) * static_cast<std::size_t>(width);
    }
};

/// The longest span of a lane that covers it whole hides every shorter one that does the same; deep chains
/// of such spans would else cost the width each.
struct LaneCover {
    std::int64_t durationNs = -1;
    bool error = false;
};

void paintSpan(Cell* lane, int begin, int end, const SpanTable& spans, std::uint32_t row)
{
    const bool error = spans.status[row] == SpanStatus::Error;
    for (int pixel = begin; pixel < end; ++pixel) {
        Cell& cell = lane[pixel];
        if (cell.rowPlusOne == 0 || spans.durationNs[cell.rowPlusOne - 1] < spans.durationNs[row]) {
            cell.rowPlusOne = row + 1;
        }
        cell.error = cell.error || error;
        cell.joined = cell.joined || pixel > begin;
    }
}

void collectBars(Grid& grid, int lanes, std::vector<OverviewBar>& bars)
{
    for (int lane = 0; lane < lanes; ++lane) {
        const Cell* cells = grid.lane(lane);
        for (int pixel = 0; pixel < grid.width;) {
            if (cells[pixel].rowPlusOne == 0) {
                ++pixel;
                continue;
            }
            OverviewBar bar;
            bar.lane = static_cast<std::uint16_t>(lane);
            bar.beginPixel = static_cast<std::uint16_t>(pixel);
            bar.row = cells[pixel].rowPlusOne - 1;
            do {
                bar.error = bar.error || cells[pixel].error;
                ++pixel;
            } while (pixel < grid.width && cells[pixel].joined && cells[pixel].rowPlusOne - 1 == bar.row);
            bar.endPixel = static_cast<std::uint16_t>(pixel);
            bars.push_back(bar);
        }
    }
}

} // namespace

std::vector<OverviewBar> overviewBars(const SpanTable& spans, const SpanLayout& layout, int width, int lanes)
{
    std::vector<OverviewBar> bars;
    if (width < 1 || lanes < 1 || layout.size() == 0) {
        return bars;
    }
    width = std::min(width, 0xFFFF);
    const auto size = static_cast<std::uint64_t>(layout.size());
    const int used = static_cast<int>(std::min<std::uint64_t>(size, static_cast<std::uint64_t>(lanes)));
    std::vector<LaneCover> covers(static_cast<std::size_t>(used));
    Grid grid{width, std::vector<Cell>(static_cast<std::size_t>(width) * static_cast<std::size_t>(used))};
    const TimeWindow window{layout.startNs, std::max(layout.endNs, layout.startNs + 1)};
    for (std::uint64_t position = 0; position < size; ++position) {
        const std::uint32_t row = layout.row[position];
        const auto lane = static_cast<int>(position * static_cast<std::uint64_t>(used) / size);
        const std::int64_t endNs = spans.startNs[row] + std::max<std::int64_t>(spans.durationNs[row], 0);
        const int begin = std::clamp(static_cast<int>(pixelOfTime(window, width, spans.startNs[row])), 0, width - 1);
        const int end = std::clamp(static_cast<int>(pixelOfTime(window, width, endNs)) + 1, begin + 1, width);
        if (LaneCover& cover = covers[static_cast<std::size_t>(lane)]; begin == 0 && end == width) {
            const bool error = spans.status[row] == SpanStatus::Error;
            if (spans.durationNs[row] <= cover.durationNs && (cover.error || !error)) {
                continue;
            }
            cover = {std::max(cover.durationNs, spans.durationNs[row]), cover.error || error};
        }
        paintSpan(grid.lane(lane), begin, end, spans, row);
    }
    collectBars(grid, used, bars);
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

} // namespace tracedeck
