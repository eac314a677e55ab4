// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/line_decimation.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace tracedeck {
namespace {

using Run = std::span<const HistoryPoint>;

/// Calls `visit` for every run of known points, in order, and adds the gap points between them to `out`.
template <class Visit>
void forRuns(const std::vector<HistoryPoint>& points, std::vector<HistoryPoint>& out, Visit visit)
{
    std::size_t begin = 0;
    while (begin < points.size()) {
        if (points[begin].isGap()) {
            if (out.empty() || !out.back().isGap()) {
                out.push_back(points[begin]);
            }
            ++begin;
            continue;
        }
        std::size_t end = begin;
        while (end < points.size() && !points[end].isGap()) {
            ++end;
        }
        visit(Run(points).subspan(begin, end - begin));
        begin = end;
    }
}

std::size_t knownPoints(const std::vector<HistoryPoint>& points)
{
    return static_cast<std::size_t>(
        std::count_if(points.begin(), points.end(), [](const HistoryPoint& point) { return !point.isGap(); }));
}

double triangle(const HistoryPoint& a, const HistoryPoint& b, double time, double value)
{
    const double ax = static_cast<double>(b.timeNs - a.timeNs);
    const double bx = time - static_cast<double>(a.timeNs);
    const double ay = static_cast<double>(b.value) - static_cast<double>(a.value);
    const double by = value - static_cast<double>(a.value);
    return std::abs(bx * ay - ax * by);
}

void thinRun(Run run, std::size_t budget, std::vector<HistoryPoint>& out)
{
    if (run.size() <= std::max<std::size_t>(budget, 2)) {
        out.insert(out.end(), run.begin(), run.end());
        return;
    }
    out.push_back(run.front());
    const std::size_t buckets = std::max<std::size_t>(budget, 2) - 2;
    const auto edge = [&](std::size_t bucket) { return 1 + bucket * (run.size() - 2) / buckets; };
    for (std::size_t bucket = 0; bucket < buckets; ++bucket) {
        // The mean of the next bucket (the last point behind the last one) closes the triangle.
        const std::size_t from = edge(bucket + 1);
        const std::size_t to = bucket + 2 <= buckets ? edge(bucket + 2) : run.size();
        double time = 0;
        double value = 0;
        for (std::size_t i = from; i < to; ++i) {
            time += static_cast<double>(run[i].timeNs - run[from].timeNs);
            value += static_cast<double>(run[i].value);
        }
        const auto count = static_cast<double>(to - from);
        time = static_cast<double>(run[from].timeNs) + time / count;
        value /= count;
        const HistoryPoint& before = out.back();
        const auto best = std::max_element(
            run.begin() + static_cast<std::ptrdiff_t>(edge(bucket)), run.begin() + static_cast<std::ptrdiff_t>(from),
            [&](const HistoryPoint& a, const HistoryPoint& b) {
                return triangle(before, a, time, value) < triangle(before, b, time, value);
            });
        const HistoryPoint chosen = *best;
        out.push_back(chosen);
    }
    out.push_back(run.back());
}

void minMaxRun(Run run, std::size_t budget, std::vector<HistoryPoint>& out)
{
    const std::size_t spans = std::max<std::size_t>(budget / 2, 1);
    if (run.size() <= 2 * spans) {
        out.insert(out.end(), run.begin(), run.end());
        return;
    }
    const std::int64_t first = run.front().timeNs;
    const std::int64_t length = run.back().timeNs - first + 1;
    std::size_t at = 0;
    for (std::size_t span = 0; span < spans; ++span) {
        const std::int64_t end = first
            + static_cast<std::int64_t>(static_cast<double>(length) * static_cast<double>(span + 1)
                                        / static_cast<double>(spans));
        const std::size_t from = at;
        while (at < run.size() && (run[at].timeNs < end || span + 1 == spans)) {
            ++at;
        }
        if (at == from) {
            continue;
        }
        const Run part = run.subspan(from, at - from);
        const auto low =
            std::min_element(part.begin(), part.end(), [](const auto& a, const auto& b) { return a.value < b.value; });
        const auto high =
            std::max_element(part.begin(), part.end(), [](const auto& a, const auto& b) { return a.peak < b.peak; });
        HistoryPoint top = *high;
        top.value = top.peak;
        if (low == high) {
            out.push_back(top);
        } else {
            out.push_back(low < high ? *low : top);
            out.push_back(low < high ? top : *low);
        }
    }
}

template <class Thin>
std::vector<HistoryPoint> thinned(const std::vector<HistoryPoint>& points, std::size_t budget, Thin thin)
{
    const std::size_t known = knownPoints(points);
    std::vector<HistoryPoint> out;
    out.reserve(std::min(points.size(), budget + 16));
    forRuns(points, out, [&](Run run) {
        const std::size_t share = known <= budget ? run.size() : run.size() * budget / known;
        thin(run, share, out);
    });
    return out;
}

} // namespace

std::size_t linePointBudget(std::size_t lines)
{
    return lines >= 600 ? 48 : lines >= 400 ? 64 : lines >= 250 ? 80 : lines >= 120 ? 120 : lines >= 80 ? 150 : 180;
}

std::vector<HistoryPoint> largestTriangles(const std::vector<HistoryPoint>& points, std::size_t budget)
{
    return thinned(points, budget, thinRun);
}

std::vector<HistoryPoint> minMaxPoints(const std::vector<HistoryPoint>& points, std::size_t budget)
{
    return thinned(points, budget, minMaxRun);
}

} // namespace tracedeck
