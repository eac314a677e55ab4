// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/pulse_charts_json.h"

#include "formats/json_tree.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <unordered_map>

namespace tracedeck {
namespace {

using json_tree::Element;
using Points = std::vector<HistoryPoint>;

constexpr const char* kChartSource = "Pulse";
constexpr std::int64_t kChartNsPerMs = 1'000'000;
constexpr std::int64_t kLastChartMs = 9'000'000'000'000;

Points pointsOf(const std::optional<Element>& array)
{
    Points points;
    json_tree::items(array, [&](Element item) {
        const auto time = json_tree::integer(item, "timestamp");
        const auto value = json_tree::real(item, "value");
        if (time && value && *time > 0 && *time < kLastChartMs) {
            const double peak = std::max(*value, json_tree::real(item, "max").value_or(*value));
            points.push_back({*time * kChartNsPerMs, static_cast<float>(*value), static_cast<float>(peak)});
        }
    });
    const auto earlier = [](const HistoryPoint& a, const HistoryPoint& b) { return a.timeNs < b.timeNs; };
    std::stable_sort(points.begin(), points.end(), earlier);
    const auto sameTime = [](const HistoryPoint& a, const HistoryPoint& b) { return a.timeNs == b.timeNs; };
    points.erase(std::unique(points.begin(), points.end(), sameTime), points.end());
    return points;
}

/// Sums of moments that both have.
Points summed(const Points& a, const Points& b)
{
    if (a.empty() || b.empty()) {
        return a.empty() ? b : a;
    }
    Points out;
    auto other = b.begin();
    for (const HistoryPoint& point : a) {
        while (other != b.end() && other->timeNs < point.timeNs) {
            ++other;
        }
        if (other != b.end() && other->timeNs == point.timeNs) {
            out.push_back({point.timeNs, point.value + other->value, point.peak + other->peak});
        }
    }
    return out;
}

struct ChartMetric {
    const char* name;
    MetricId metric;
};
constexpr std::array<ChartMetric, 5> kChartMetrics{{{"cpu", MetricId::Cpu},
                                                    {"memory", MetricId::Memory},
                                                    {"disk", MetricId::Disk},
                                                    {"netin", MetricId::NetRx},
                                                    {"netout", MetricId::NetTx}}};

PulseCourse courseOf(Element metrics)
{
    PulseCourse course;
    for (const ChartMetric& one : kChartMetrics) {
        course.points[metricIndex(one.metric)] = pointsOf(json_tree::child(metrics, one.name));
    }
    course.points[metricIndex(MetricId::DiskIo)] =
        summed(pointsOf(json_tree::child(metrics, "diskread")), pointsOf(json_tree::child(metrics, "diskwrite")));
    return course;
}

std::size_t lengthOf(const PulseCourse& course)
{
    std::size_t length = 0;
    for (const Points& points : course.points) {
        length += points.size();
    }
    return length;
}

/// The object a charts answer is; its errors say what it is instead.
Result<Element> chartObject(simdjson::dom::parser& parser, std::string_view json)
{
    Result<Element> root = json_tree::parse(parser, json, kChartSource);
    if (root.ok() && !root->is_object()) {
        return makeError(ErrorCode::Malformed, kChartSource, "the charts are no JSON object", {}, true);
    }
    return root;
}

} // namespace

Result<std::vector<PulseCourse>> decodePulseCharts(std::string_view json)
{
    simdjson::dom::parser parser;
    const Result<Element> root = chartObject(parser, json);
    if (!root.ok()) {
        return root.error();
    }
    std::vector<PulseCourse> courses;
    std::unordered_map<std::string, std::size_t> places;
    for (const char* map : {"data", "nodeData", "dockerData", "dockerHostData", "agentData"}) {
        json_tree::fields(json_tree::child(*root, map), [&](std::string_view id, Element metrics) {
            PulseCourse course = courseOf(metrics);
            course.id = std::string(id);
            const std::size_t length = lengthOf(course);
            if (length == 0) {
                return;
            }
            const auto [place, isNew] = places.try_emplace(course.id, courses.size());
            if (isNew) {
                courses.push_back(std::move(course));
            } else if (length > lengthOf(courses[place->second])) {
                courses[place->second] = std::move(course);
            }
        });
    }
    return courses;
}

Result<PulseCourse> decodePulseHistory(std::string_view json)
{
    simdjson::dom::parser parser;
    const Result<Element> root = chartObject(parser, json);
    if (!root.ok()) {
        return root.error();
    }
    if (const auto metrics = json_tree::child(*root, "metrics")) {
        return courseOf(*metrics);
    }
    PulseCourse course;
    const std::string name = json_tree::text(*root, "metric");
    for (const ChartMetric& one : kChartMetrics) {
        if (name == one.name) {
            course.points[metricIndex(one.metric)] = pointsOf(json_tree::child(*root, "points"));
        }
    }
    return course;
}

} // namespace tracedeck
