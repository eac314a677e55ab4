// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/result/perf_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string_view>

namespace tracedeck {
namespace {

using Row = std::array<std::string, 5>; // case, figure, now, before, change

std::string scaled(double value, double step, const std::array<std::string_view, 4>& units)
{
    std::size_t unit = 0;
    while (std::abs(value) >= step && unit + 1 < units.size()) {
        value /= step;
        ++unit;
    }
    const bool whole = unit == 0 && value == std::floor(value);
    return whole ? fmt::format("{:.0f}{}", value, units[unit]) : fmt::format("{:.3g}{}", value, units[unit]);
}

const PerfMetric* metricBefore(const std::vector<PerfResult>& before, const PerfResult& result, const std::string& name)
{
    for (const PerfResult& one : before) {
        const auto found = one.metrics.find(name);
        if (one.suite == result.suite && one.name == result.name && found != one.metrics.end()) {
            return &found->second;
        }
    }
    return nullptr;
}

/// Width on a terminal: code points, of which the table uses no wide ones.
std::size_t widthOf(const std::string& text)
{
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string aligned(const std::vector<Row>& rows, std::size_t columns)
{
    std::array<std::size_t, std::tuple_size_v<Row>> widths{};
    for (const Row& row : rows) {
        for (std::size_t i = 0; i < columns; ++i) {
            widths[i] = std::max(widths[i], widthOf(row[i]));
        }
    }
    std::string text;
    for (const Row& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < columns; ++i) {
            const std::string gap(widths[i] - widthOf(row[i]), ' ');
            line += i < 2 ? row[i] + gap + "  " : gap + row[i] + "  ";
        }
        text += line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
    }
    return text;
}

} // namespace

std::string perfFigure(double value, MetricKind kind)
{
    switch (kind) {
    case MetricKind::Bytes:
        return scaled(value, 1024, {" B", " KiB", " MiB", " GiB"});
    case MetricKind::Ratio:
        return fmt::format("{:.3g} x", value);
    case MetricKind::CpuNs:
    case MetricKind::WallNs:
        return scaled(value, 1000, {" ns", " µs", " ms", " s"});
    case MetricKind::LatencyMs:
        return fmt::format("{:.3g} ms", value);
    case MetricKind::Rate:
        return scaled(value, 1000, {"/s", " k/s", " M/s", " G/s"});
    case MetricKind::Count:
    case MetricKind::Instructions:
        break;
    }
    return scaled(value, 1000, {"", " k", " M", " G"});
}

std::string perfTable(const std::vector<PerfResult>& results, const std::vector<PerfResult>& before)
{
    std::vector<Row> rows{{"case", "figure", "now", "before", "change"}};
    for (const PerfResult& result : results) {
        std::string name = result.suite + '/' + result.name;
        for (const auto& [figure, metric] : result.metrics) {
            Row row{name, figure, perfFigure(metric.value, metric.kind), "–", "–"};
            if (const PerfMetric* earlier = metricBefore(before, result, figure)) {
                row[3] = perfFigure(earlier->value, earlier->kind);
                if (earlier->value != 0) {
                    row[4] = fmt::format("{:+.1f} %", (metric.value / earlier->value - 1) * 100);
                }
            }
            rows.push_back(std::move(row));
            name.clear();
        }
    }
    return aligned(rows, before.empty() ? 3 : 5);
}

} // namespace tracedeck
