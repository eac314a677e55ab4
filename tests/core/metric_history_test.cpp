// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metric_history.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <map>
#include <optional>
#include <rapidcheck/gtest.h>

using namespace tracedeck;

namespace {

constexpr std::int64_t kSecondNs = 1'000'000'000;
constexpr std::int64_t kMinuteNs = 60 * kSecondNs;
constexpr std::int64_t kHourNs = 60 * kMinuteNs;
constexpr std::int64_t kStartNs = 1'800'000'000 * kSecondNs;
constexpr std::size_t kPlenty = std::size_t{8} << 20U;

MetricSample sampleOf(float cpu, float rate = kHistoryGap)
{
    MetricSample sample;
    sample.fill(kHistoryGap);
    sample[metricIndex(MetricId::Cpu)] = cpu;
    sample[metricIndex(MetricId::NetRx)] = rate;
    return sample;
}

std::vector<HistoryPoint> readCpu(const MetricHistory& history, RowKey key, std::int64_t nowNs)
{
    std::vector<HistoryPoint> points;
    history.read(key, MetricId::Cpu, nowNs, points);
    return points;
}

/// A budget that forces this layout for `rows` rows.
std::size_t budgetFor(std::size_t rows, std::int64_t coarseStepNs, bool fine)
{
    for (std::size_t budget = 1'000; budget < (std::size_t{1} << 30U); budget += rows * 8) {
        const HistoryLayout layout = historyLayoutFor(rows, budget);
        if (layout.coarseStepNs == coarseStepNs && (layout.fineSlots > 0) == fine
            && layout.bytesPerRow() * rows <= budget) {
            return budget;
        }
    }
    return 0;
}

} // namespace

TEST(MetricCode, keepsPercentagesAndRates)
{
    for (const double percent : {0.0, 0.01, 12.34, 100.0, 399.99}) {
        EXPECT_NEAR(decodeMetric(MetricId::Cpu, encodeMetric(MetricId::Cpu, percent)), percent, 0.006);
    }
    for (const double rate : {0.0, 1.0, 999.0, 7.3e6, 1.2e10}) {
        EXPECT_NEAR(decodeMetric(MetricId::NetRx, encodeMetric(MetricId::NetRx, rate)), rate, rate * 4e-4 + 1e-6);
    }
    EXPECT_EQ(encodeMetric(MetricId::Cpu, std::nan("")), kMissingCode);
    EXPECT_TRUE(std::isnan(decodeMetric(MetricId::NetRx, kMissingCode)));
    EXPECT_NE(encodeMetric(MetricId::Cpu, 1e300), kMissingCode) << "too large is not missing";
    EXPECT_NE(encodeMetric(MetricId::NetTx, 1e300), kMissingCode);
    EXPECT_EQ(encodeMetric(MetricId::Cpu, -3), encodeMetric(MetricId::Cpu, 0));
}

RC_GTEST_PROP(MetricCodeProperty, largerValuesHaveLargerCodes, ())
{
    const auto metric = static_cast<MetricId>(*rc::gen::inRange(0, static_cast<int>(kMetricCount)));
    const double a = *rc::gen::inRange<std::int64_t>(0, 1'000'000'000'000) / 100.0;
    const double b = *rc::gen::inRange<std::int64_t>(0, 1'000'000'000'000) / 100.0;
    RC_ASSERT(((a <= b) == (encodeMetric(metric, a) <= encodeMetric(metric, b))
               || encodeMetric(metric, a) == encodeMetric(metric, b)));
}

TEST(MetricHistory, anUnknownRowHasNone)
{
    const MetricHistory history(kPlenty);
    EXPECT_TRUE(readCpu(history, 7, kStartNs).empty());
    std::array<MetricCode, 8> line{};
    EXPECT_FALSE(history.fillLine(7, MetricId::Cpu, kStartNs, kMinuteNs, line));
    EXPECT_EQ(line[0], kMissingCode);
    MetricSummary summary{};
    EXPECT_FALSE(history.summarise(7, kStartNs - kHourNs, kStartNs, summary));
}

TEST(MetricHistory, missingSamplesAreGapsAndNothingIsInvented)
{
    MetricHistory history(kPlenty);
    for (int i = 0; i < 6; ++i) {
        history.beginRound(kStartNs + i * 5 * kSecondNs, 1);
        history.record(1, sampleOf(10));
    }
    // 40 s of nothing, then one more.
    history.beginRound(kStartNs + 70 * kSecondNs, 1);
    history.record(1, sampleOf(90));
    const auto points = readCpu(history, 1, kStartNs + 70 * kSecondNs);
    ASSERT_EQ(points.size(), 8U);
    EXPECT_TRUE(points[6].isGap());
    EXPECT_FLOAT_EQ(points[5].value, 10);
    EXPECT_FLOAT_EQ(points[7].value, 90);
    for (const HistoryPoint& point : points) {
        EXPECT_TRUE(point.isGap() || point.value == 10 || point.value == 90) << "no value between";
    }
}

TEST(MetricHistory, oneMetricMayBeMissingWhileAnotherIsKnown)
{
    MetricHistory history(kPlenty);
    history.beginRound(kStartNs, 1);
    history.record(1, sampleOf(kHistoryGap, 5e6F));
    EXPECT_TRUE(readCpu(history, 1, kStartNs).empty());
    std::vector<HistoryPoint> rates;
    history.read(1, MetricId::NetRx, kStartNs, rates);
    ASSERT_EQ(rates.size(), 1U);
    EXPECT_NEAR(rates[0].value, 5e6, 3e3);
}

TEST(MetricHistory, olderMinutesKeepMeanAndPeak)
{
    MetricHistory history(kPlenty);
    for (int i = 0; i < 12 * 30; ++i) { // half an hour, one sample in each minute stands out
        history.beginRound(kStartNs + i * 5 * kSecondNs, 1);
        history.record(1, sampleOf(i % 12 == 5 ? 95.0F : 5.0F));
    }
    const std::int64_t now = kStartNs + 30 * kMinuteNs - 5 * kSecondNs;
    const auto points = readCpu(history, 1, now);
    ASSERT_FALSE(points.empty());
    EXPECT_NEAR(points[1].value, 5 + 90.0 / 12, 0.2);
    EXPECT_FLOAT_EQ(points[1].peak, 95) << "a short peak survives";
    EXPECT_EQ(points[1].timeNs - points[0].timeNs, kMinuteNs);
    EXPECT_EQ(points.back().timeNs, now);
    EXPECT_EQ(points.back().timeNs - points[points.size() - 2].timeNs, 5 * kSecondNs) << "the last minutes are fine";
    for (std::size_t i = 1; i < points.size(); ++i) {
        EXPECT_LT(points[i - 1].timeNs, points[i].timeNs);
    }
}

TEST(MetricHistory, keepsAnHourAndNoMore)
{
    MetricHistory history(kPlenty);
    std::int64_t now = kStartNs;
    for (int i = 0; i < 12 * 150; ++i) {
        now += 5 * kSecondNs;
        history.beginRound(now, 1);
        history.record(1, sampleOf(static_cast<float>(i % 100)));
    }
    const auto points = readCpu(history, 1, now);
    EXPECT_GE(points.front().timeNs, now - kHourNs - kMinuteNs);
    EXPECT_LE(points.front().timeNs, now - kHourNs + 2 * kMinuteNs);
    EXPECT_LE(points.size(), 200U);
    EXPECT_TRUE(std::none_of(points.begin(), points.end(), [](const HistoryPoint& point) { return point.isGap(); }));
}

TEST(MetricHistory, aClockSetBackStartsOverInsteadOfShowingTheFuture)
{
    MetricHistory history(kPlenty);
    history.beginRound(kStartNs, 1);
    history.record(1, sampleOf(50));
    history.beginRound(kStartNs - 20 * kSecondNs, 1); // a little: ignored
    history.record(1, sampleOf(60));
    EXPECT_EQ(readCpu(history, 1, kStartNs).size(), 1U);
    history.beginRound(kStartNs - 5 * kHourNs, 1);
    history.record(1, sampleOf(70));
    const auto points = readCpu(history, 1, kStartNs - 5 * kHourNs);
    ASSERT_EQ(points.size(), 1U);
    EXPECT_FLOAT_EQ(points[0].value, 70);
}

TEST(MetricHistory, largerFleetsGetCoarserRingsWithinTheBudget)
{
    const std::size_t budget = std::size_t{48} << 20U;
    EXPECT_EQ(historyLayoutFor(5'000, budget).fineStepNs, 5 * kSecondNs);
    EXPECT_EQ(historyLayoutFor(20'000, budget).coarseStepNs, kMinuteNs);
    const HistoryLayout huge = historyLayoutFor(150'000, budget);
    EXPECT_LE(huge.bytesPerRow() * 150'000, budget);
    constexpr std::size_t kRows = 6'000;
    const std::size_t small = historyLayoutFor(150'000, budget).bytesPerRow() * kRows;
    MetricHistory history(small);
    history.beginRound(kStartNs, 2 * kRows);
    for (RowKey key = 1; key <= 2 * kRows; ++key) {
        history.record(key, sampleOf(10));
    }
    EXPECT_EQ(history.heldRows(), kRows) << "as many as fit";
    EXPECT_LE(history.memoryBytes(), small);
}

TEST(MetricHistory, aGrowingFleetKeepsItsHour)
{
    const std::size_t budget = budgetFor(40, kMinuteNs, true);
    ASSERT_GT(budget, 0U);
    MetricHistory history(budget);
    std::int64_t now = kStartNs;
    for (int i = 0; i < 12 * 20; ++i) {
        now += 5 * kSecondNs;
        history.beginRound(now, 1);
        history.record(1, sampleOf(static_cast<float>(i / 12)));
    }
    history.beginRound(now, 60);
    EXPECT_EQ(history.layout().fineSlots, 0U);
    const auto points = readCpu(history, 1, now);
    EXPECT_GE(points.size(), 19U);
    EXPECT_LE(points.size(), 22U);
    EXPECT_NEAR(points[5].value, points[4].value + 1, 0.6);
}

TEST(MetricHistory, rowsThatAreGoneForAnHourMakeRoom)
{
    const std::size_t budget = historyLayoutFor(SIZE_MAX / 4096, 1).bytesPerRow() * 10;
    MetricHistory history(budget);
    history.beginRound(kStartNs, 10);
    for (RowKey key = 1; key <= 12; ++key) {
        history.record(key, sampleOf(10));
    }
    EXPECT_EQ(history.heldRows(), 10U) << "two rows have no history";
    history.beginRound(kStartNs + 2 * kHourNs, 10);
    for (RowKey key = 101; key <= 110; ++key) {
        history.record(key, sampleOf(20));
    }
    EXPECT_EQ(history.heldRows(), 10U);
    EXPECT_TRUE(readCpu(history, 1, kStartNs + 2 * kHourNs).empty());
    EXPECT_EQ(readCpu(history, 110, kStartNs + 2 * kHourNs).size(), 1U);
    EXPECT_EQ(readCpu(history, 110, kStartNs + 2 * kHourNs)[0].value, 20.0F) << "nothing of the row before";
}

TEST(MetricHistory, linesOfAFrameCoverTheHour)
{
    MetricHistory history(kPlenty);
    std::int64_t now = kStartNs;
    for (int i = 0; i < 12 * 30; ++i) {
        now += 5 * kSecondNs;
        history.beginRound(now, 1);
        history.record(1, sampleOf(20, i == 12 * 10 ? 9e6F : 1e3F));
    }
    const std::int64_t until = now - now % kMinuteNs + kMinuteNs;
    std::array<MetricCode, 60> rates{};
    ASSERT_TRUE(history.fillLine(1, MetricId::NetRx, until, kMinuteNs, rates));
    EXPECT_EQ(rates[3], kMissingCode) << "an hour ago nothing was known";
    EXPECT_NEAR(decodeMetric(MetricId::NetRx, rates[58]), 1e3, 1);
    const auto peaks = std::count_if(rates.begin(), rates.end(), [](MetricCode code) {
        return code != kMissingCode && decodeMetric(MetricId::NetRx, code) > 8e6F;
    });
    EXPECT_EQ(peaks, 1) << "the peak of one sample stands in its minute";
    std::array<MetricCode, 7> few{};
    ASSERT_TRUE(history.fillLine(1, MetricId::Cpu, until, kHourNs / 7, few));
    EXPECT_FLOAT_EQ(decodeMetric(MetricId::Cpu, few[6]), 20);
    MetricSummary summary{};
    ASSERT_TRUE(history.summarise(1, until - 40 * kMinuteNs, until, summary));
    EXPECT_FLOAT_EQ(decodeMetric(MetricId::Cpu, summary.mean[0]), 20);
    EXPECT_NEAR(decodeMetric(MetricId::NetRx, summary.peak[metricIndex(MetricId::NetRx)]), 9e6, 4e3);
    EXPECT_EQ(summary.mean[metricIndex(MetricId::Disk)], kMissingCode);
}

TEST(MetricHistory, coarseRingsFillEveryBucketTheyCover)
{
    MetricHistory history(historyLayoutFor(SIZE_MAX / 4096, 1).bytesPerRow() * 3);
    std::int64_t now = kStartNs;
    for (int i = 0; i < 60; ++i) {
        now += kMinuteNs;
        history.beginRound(now, 3);
        history.record(1, sampleOf(33));
    }
    ASSERT_EQ(history.layout().coarseStepNs, 10 * kMinuteNs);
    std::array<MetricCode, 60> line{};
    ASSERT_TRUE(history.fillLine(1, MetricId::Cpu, now, kMinuteNs, line));
    EXPECT_EQ(std::count(line.begin() + 10, line.end(), kMissingCode), 0) << "no holes between slots";
}

RC_GTEST_PROP(MetricHistoryProperty, agreesWithAPlainMapOfSlots, ())
{
    // The fine ring of the last ten minutes against the obvious implementation.
    const auto gaps = *rc::gen::container<std::vector<int>>(rc::gen::weightedOneOf<int>(
        {{8, rc::gen::just(1)}, {2, rc::gen::inRange(0, 6)}, {1, rc::gen::inRange(0, 200)}}));
    MetricHistory history(kPlenty);
    std::map<std::int64_t, float> model;
    std::int64_t slot = kStartNs / (5 * kSecondNs);
    for (std::size_t i = 0; i < gaps.size(); ++i) {
        slot += gaps[i];
        const float value = static_cast<float>(i % 100);
        history.beginRound(slot * 5 * kSecondNs, 1);
        history.record(1, sampleOf(value));
        model[slot] = value;
    }
    std::map<std::int64_t, float> shown;
    for (const HistoryPoint& point : readCpu(history, 1, slot * 5 * kSecondNs)) {
        if (!point.isGap() && point.timeNs / (5 * kSecondNs) > slot - 120) {
            shown[point.timeNs / (5 * kSecondNs)] = point.value;
        }
    }
    while (!model.empty() && model.begin()->first <= slot - 120) {
        model.erase(model.begin());
    }
    for (const auto& [at, value] : model) {
        RC_ASSERT(shown.count(at) == 1U);
        RC_ASSERT(shown[at] == value);
    }
}

RC_GTEST_PROP(MetricHistoryProperty, memoryDoesNotGrowWithTime, ())
{
    MetricHistory history(kPlenty);
    std::int64_t now = kStartNs;
    std::size_t after = 0;
    for (int round = 0; round < 100; ++round) {
        now += *rc::gen::inRange<std::int64_t>(1, 90) * kSecondNs;
        history.beginRound(now, 20);
        for (RowKey key = 1; key <= 20; ++key) {
            history.record(key, sampleOf(1));
        }
        after = round == 0 ? history.memoryBytes() : after;
    }
    RC_ASSERT(history.memoryBytes() == after);
}
