// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/pulse_charts_json.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

using namespace tracedeck;

namespace {

std::string text(const std::vector<HistoryPoint>& points)
{
    std::string out;
    for (const HistoryPoint& point : points) {
        out += std::to_string(point.timeNs / 1'000'000) + "=" + std::to_string(static_cast<int>(point.value)) + "/"
            + std::to_string(static_cast<int>(point.peak)) + " ";
    }
    return out;
}

std::string text(const PulseCourse& course, MetricId metric)
{
    return text(course.points[metricIndex(metric)]);
}

TEST(PulseCharts, CoursesOfAllKindsByTheirMetrics)
{
    const auto charts = decodePulseCharts(R"({"nodeData": {"pve1": {
            "cpu": [{"timestamp": 2000, "value": 20}, {"timestamp": 1000, "value": 10.5}],
            "netin": [{"timestamp": 1000, "value": 5e6}], "memoryused": [{"timestamp": 1000, "value": 1}]}},
        "data": {"a:b:101": {"diskread": [{"timestamp": 1000, "value": 3}, {"timestamp": 2000, "value": 4}],
                             "diskwrite": [{"timestamp": 2000, "value": 6}, {"timestamp": 3000, "value": 7}]}},
        "agentData": {"empty": {}}, "guestTypes": {"a:b:101": "qemu"}, "timestamp": 3000})");
    ASSERT_TRUE(charts.ok());
    ASSERT_EQ(charts->size(), 2U) << "one without points says nothing";
    EXPECT_EQ((*charts)[0].id, "a:b:101");
    EXPECT_EQ(text((*charts)[0], MetricId::DiskIo), "2000=10/10 ") << "moments that both have";
    EXPECT_EQ(text((*charts)[1], MetricId::Cpu), "1000=10/10 2000=20/20 ") << "in order of time";
    EXPECT_EQ(text((*charts)[1], MetricId::NetRx), "1000=5000000/5000000 ");
    EXPECT_EQ(text((*charts)[1], MetricId::Memory), "");
}

TEST(PulseCharts, TheLongerCourseOfOneIdWins)
{
    const auto charts = decodePulseCharts(R"({"nodeData": {"x": {"cpu": [{"timestamp": 1, "value": 1}]}},
        "dockerHostData": {"x": {"cpu": [{"timestamp": 1, "value": 2}, {"timestamp": 2, "value": 2}]}},
        "agentData": {"x": {"cpu": [{"timestamp": 1, "value": 3}]}}})");
    ASSERT_EQ(charts->size(), 1U);
    EXPECT_EQ(text((*charts)[0], MetricId::Cpu), "1=2/2 2=2/2 ");
}

TEST(PulseCharts, WhatIsNoNumberOrNotInTimeIsPassedOver)
{
    const auto charts = decodePulseCharts(R"({"data": {"x": {"cpu": [{"timestamp": 5, "value": null}, {"value": 1},
        {"timestamp": -1, "value": 1}, {"timestamp": 1e18, "value": 1}, {"timestamp": "5", "value": 1}, 7, null,
        {"timestamp": 6, "value": 1}, {"timestamp": 6, "value": 2}], "memory": "none", "disk": {}}, "y": 5}})");
    ASSERT_TRUE(charts.ok());
    ASSERT_EQ(charts->size(), 1U);
    EXPECT_EQ(text((*charts)[0], MetricId::Cpu), "6=1/1 ") << "the first of one moment";
}

TEST(PulseHistory, AllMetricsOrOneWithTheirPeaks)
{
    const auto all = decodePulseHistory(
        R"({"metrics": {"cpu": [{"timestamp": 1000, "value": 10, "min": 5, "max": 90}],
            "diskread": [{"timestamp": 1000, "value": 8}]}, "start": 1, "end": 2, "source": "store"})");
    ASSERT_TRUE(all.ok());
    EXPECT_EQ(text(*all, MetricId::Cpu), "1000=10/90 ");
    EXPECT_EQ(text(*all, MetricId::DiskIo), "1000=8/8 ") << "only one of the two is told";
    const auto one = decodePulseHistory(R"({"metric": "netout", "points": [{"timestamp": 1000, "value": 8}]})");
    EXPECT_EQ(text(*one, MetricId::NetTx), "1000=8/8 ");
    EXPECT_EQ(
        text(*decodePulseHistory(R"({"metric": "odd", "points": [{"timestamp": 1, "value": 8}]})"), MetricId::Cpu), "");
}

TEST(PulseHistory, WhatIsNoAnswerIsMalformed)
{
    for (const char* bad : {"", "[]", "7", "{", "<html>"}) {
        EXPECT_FALSE(decodePulseCharts(bad).ok()) << bad;
        EXPECT_FALSE(decodePulseHistory(bad).ok()) << bad;
    }
    EXPECT_TRUE(rc::check([](const std::string& bytes) {
        const auto charts = decodePulseCharts(bytes);
        const auto history = decodePulseHistory(bytes);
        RC_ASSERT(charts.ok() == history.ok()); // both ask for an object, and take whatever stands in it
    }));
}

} // namespace
