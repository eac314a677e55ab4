// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/trace_scatter.h"

#include "core/time_format.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>

namespace tracedeck {
namespace {

constexpr std::int64_t kDecadesAtMost = 1'000'000; ///< a trace of 0 ns must not squeeze all others together

double startShare(const ScatterFrame& frame, std::int64_t startNs)
{
    // In doubles: the distance of two extreme times does not fit an int64.
    const double length = static_cast<double>(frame.lastNs) - static_cast<double>(frame.firstNs);
    if (length <= 0) {
        return 0.5;
    }
    return std::clamp((static_cast<double>(startNs) - static_cast<double>(frame.firstNs)) / length, 0.0, 1.0);
}

double durationShare(const ScatterFrame& frame, std::int64_t durationNs)
{
    const double lowest = std::log(static_cast<double>(frame.shortestNs));
    const double length = std::log(static_cast<double>(frame.longestNs)) - lowest;
    if (length <= 0) {
        return 0.5;
    }
    const auto known = static_cast<double>(std::max<std::int64_t>(durationNs, 1));
    return std::clamp((std::log(known) - lowest) / length, 0.0, 1.0);
}

int pixelOf(double share, int pixels)
{
    return static_cast<int>(std::lround(share * (std::max(pixels, 1) - 1)));
}

double shareOf(int pixel, int pixels)
{
    return pixels <= 1 ? 0.5 : static_cast<double>(pixel) / (pixels - 1);
}

/// A place in time at a share of the frame.
std::int64_t startAt(const ScatterFrame& frame, double share)
{
    // Unsigned: the distance of two extreme times does not fit an int64.
    const std::uint64_t length = static_cast<std::uint64_t>(frame.lastNs) - static_cast<std::uint64_t>(frame.firstNs);
    const double offset = static_cast<double>(length) * std::clamp(share, 0.0, 1.0);
    if (offset >= static_cast<double>(length)) {
        return frame.lastNs;
    }
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(frame.firstNs) + static_cast<std::uint64_t>(offset));
}

/// The whole millisecond at or before a time; the ends of int64 stay where they are representable.
std::int64_t wholeMillisecond(std::int64_t ns)
{
    constexpr std::int64_t kMilli = 1'000'000;
    const std::int64_t inside = std::clamp(ns, std::numeric_limits<std::int64_t>::min() + kMilli,
                                           std::numeric_limits<std::int64_t>::max() - kMilli);
    return inside - ((inside % kMilli) + kMilli) % kMilli;
}

double durationAt(const ScatterFrame& frame, double share)
{
    const double lowest = std::log(static_cast<double>(frame.shortestNs));
    return std::exp(lowest + (std::log(static_cast<double>(frame.longestNs)) - lowest) * share);
}

void addClause(std::string& query, const std::string& clause)
{
    query += query.empty() ? clause : ' ' + clause;
}

} // namespace

std::optional<ScatterFrame> scatterFrame(const TraceListTable& table, std::span<const std::uint32_t> rows)
{
    if (rows.empty()) {
        return std::nullopt;
    }
    ScatterFrame frame{table.startNs[rows[0]], table.startNs[rows[0]],
                       std::max<std::int64_t>(table.durationNs[rows[0]], 1), 1};
    for (const std::uint32_t row : rows) {
        const std::int64_t duration = std::max<std::int64_t>(table.durationNs[row], 1);
        frame.firstNs = std::min(frame.firstNs, table.startNs[row]);
        frame.lastNs = std::max(frame.lastNs, table.startNs[row]);
        frame.shortestNs = std::min(frame.shortestNs, duration);
        frame.longestNs = std::max(frame.longestNs, duration);
    }
    frame.shortestNs = std::max(frame.shortestNs, frame.longestNs / kDecadesAtMost);
    return frame;
}

std::vector<ScatterPoint> scatterPoints(const TraceListTable& table, std::span<const std::uint32_t> rows,
                                        const ScatterFrame& frame, int width, int height, int cell)
{
    const int side = std::max(cell, 1);
    const int across = (std::max(width, 1) + side - 1) / side;
    const int down = (std::max(height, 1) + side - 1) / side;
    std::vector<ScatterPoint> cells(static_cast<std::size_t>(across) * static_cast<std::size_t>(down));
    for (const std::uint32_t row : rows) {
        const int column = pixelOf(startShare(frame, table.startNs[row]), width) / side;
        const int line = scatterY(frame, height, table.durationNs[row]) / side;
        ScatterPoint& point =
            cells[static_cast<std::size_t>(line) * static_cast<std::size_t>(across) + static_cast<std::size_t>(column)];
        const bool error = table.errorCount[row] > 0;
        const bool better = point.traces == 0 || (error && !point.error)
            || (error == point.error && table.durationNs[row] > table.durationNs[point.row]);
        if (better) {
            point.row = row;
        }
        point.at = {column * side + side / 2, line * side + side / 2};
        point.error = point.error || error;
        ++point.traces;
    }
    std::erase_if(cells, [](const ScatterPoint& point) { return point.traces == 0; });
    std::stable_partition(cells.begin(), cells.end(), [](const ScatterPoint& point) { return !point.error; });
    return cells;
}

int scatterY(const ScatterFrame& frame, int height, std::int64_t durationNs)
{
    return pixelOf(1.0 - durationShare(frame, durationNs), height);
}

std::vector<std::int64_t> scatterTicks(const ScatterFrame& frame)
{
    std::vector<std::int64_t> decades;
    std::vector<std::int64_t> finer;
    constexpr std::int64_t kLast = 1'000'000'000'000'000'000; // five times that fits no more
    for (std::int64_t decade = 1; decade <= frame.longestNs; decade *= 10) {
        for (const std::int64_t factor : {1, 2, 5}) {
            const std::int64_t tick = decade == kLast ? decade : decade * factor;
            if (tick >= frame.shortestNs && tick <= frame.longestNs) {
                finer.push_back(tick);
                if (factor == 1) {
                    decades.push_back(tick);
                }
            }
        }
        if (decade == kLast) {
            break;
        }
    }
    finer.erase(std::unique(finer.begin(), finer.end()), finer.end());
    return decades.size() >= 2 ? decades : finer;
}

std::optional<std::size_t> scatterPointAt(std::span<const ScatterPoint> points, ScatterSpot place, int reach)
{
    std::optional<std::size_t> nearest;
    int best = reach * reach;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const int dx = points[i].at.x - place.x;
        const int dy = points[i].at.y - place.y;
        const int distance = dx * dx + dy * dy;
        // On a tie the later one, which is painted on top.
        if (distance <= best) {
            best = distance;
            nearest = i;
        }
    }
    return nearest;
}

std::string scatterQuery(const ScatterFrame& frame, int width, int height, ScatterSpot from, ScatterSpot to)
{
    const int left = std::max(std::min(from.x, to.x), 0);
    const int right = std::min(std::max(from.x, to.x), width - 1);
    const int top = std::max(std::min(from.y, to.y), 0);
    const int bottom = std::min(std::max(from.y, to.y), height - 1);
    std::string query;
    // Half a pixel outwards, then to whole milliseconds outwards: what is painted inside is found.
    const double half = 0.5 / std::max(width - 1, 1);
    if (left > 0) {
        const std::int64_t start = startAt(frame, shareOf(left, width) - half);
        addClause(query, "start>=" + formatIsoUtc(wholeMillisecond(start)));
    }
    if (right < width - 1) {
        const std::int64_t start = startAt(frame, shareOf(right, width) + half);
        addClause(query, "start<=" + formatIsoUtc(wholeMillisecond(start) + 1'000'000));
    }
    const double tall = 0.5 / std::max(height - 1, 1);
    if (bottom < height - 1) {
        const double lowest = durationAt(frame, 1.0 - shareOf(bottom, height) - tall);
        addClause(query, fmt::format("duration>={}us", static_cast<std::int64_t>(lowest / 1000.0)));
    }
    if (top > 0) {
        const double highest = durationAt(frame, 1.0 - shareOf(top, height) + tall);
        addClause(query, fmt::format("duration<={}us", static_cast<std::int64_t>(highest / 1000.0) + 1));
    }
    return query;
}

} // namespace tracedeck
