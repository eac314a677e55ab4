// SPDX-License-Identifier: GPL-3.0-or-later
// What a frame and a long course take from the file: means of percentages, peaks of rates, gaps where nothing was.
#include "refresh/history_store.h"

#include <QTemporaryDir>
#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <limits>

using namespace tracedeck;

namespace {

constexpr std::int64_t kNowNs = 1'800'000'000LL * 1'000'000'000;
constexpr RowKey kRow = 7;

class HistoryFrames : public testing::Test {
protected:
    [[nodiscard]] std::string path() const { return m_dir.filePath(QStringLiteral("history.ring")).toStdString(); }
    /// Slots of the last hours, oldest first, as many steps ago as given.
    void write(HistoryLevel level, const std::vector<std::int64_t>& stepsAgo) const
    {
        HistoryFile file(path(), 1U << 20U);
        MetricSummary summary{};
        summary.mean.fill(kMissingCode);
        summary.peak.fill(kMissingCode);
        const auto put = [&summary](MetricId metric, double mean, double peak) {
            summary.mean[static_cast<std::size_t>(metric)] = encodeMetric(metric, mean);
            summary.peak[static_cast<std::size_t>(metric)] = encodeMetric(metric, peak);
        };
        put(MetricId::Cpu, 20, 90);
        put(MetricId::NetRx, 1e5, 1e6);
        for (const std::int64_t ago : stepsAgo) {
            ASSERT_TRUE(file.write(kRow, level, kNowNs / historyLevelShape(level).stepNs - ago, summary));
        }
    }
    /// Largest value of a line of the frame; NaN when nothing is known.
    static double largest(const HistoryFrame& frame, MetricId metric)
    {
        double most = std::numeric_limits<double>::quiet_NaN();
        for (const MetricCode code : frame.line(0, metric)) {
            if (code != kMissingCode) {
                most = std::fmax(most, static_cast<double>(decodeMetric(metric, code)));
            }
        }
        return most;
    }

    QTemporaryDir m_dir;
};

} // namespace

TEST_F(HistoryFrames, PercentagesAreMeansAndRatesArePeaks)
{
    write(HistoryLevel::Day, {40, 39, 38});
    const HistoryStore store({path()});
    const auto frame = store.frame({kRow}, HistoryRange::Day, 60, kNowNs);
    EXPECT_NEAR(largest(*frame, MetricId::Cpu), 20, 1) << "a mean: one busy second does not make a busy hour";
    EXPECT_NEAR(largest(*frame, MetricId::NetRx), 1e6, 5e4) << "a peak: a burst must be seen";
    EXPECT_TRUE(std::isnan(largest(*frame, MetricId::Memory))) << "missing is not zero";
}

TEST_F(HistoryFrames, AnHourTakesNothingFromTheFile)
{
    write(HistoryLevel::SixHours, {4, 3});
    const HistoryStore store({path()});
    EXPECT_TRUE(std::isnan(largest(*store.frame({kRow}, HistoryRange::Hour, 60, kNowNs), MetricId::Cpu)));
    EXPECT_FALSE(std::isnan(largest(*store.frame({kRow}, HistoryRange::SixHours, 60, kNowNs), MetricId::Cpu)));
}

TEST_F(HistoryFrames, ATimeNobodySawIsAGapBetweenFileAndMemory)
{
    const std::int64_t step = historyLevelShape(HistoryLevel::Day).stepNs;
    write(HistoryLevel::Day, {50, 49});
    HistoryStore store({path()});
    MetricSample sample;
    sample.fill(std::numeric_limits<float>::quiet_NaN());
    sample[static_cast<std::size_t>(MetricId::Cpu)] = 50;
    store.addPast(kRow, {{kNowNs - 10'000'000'000, sample}, {kNowNs, sample}}, HistoryLevel::Day, {});
    const auto points = store.read(kRow, HistoryRange::Day, kNowNs)[0].points;
    ASSERT_GE(points.size(), 4U);
    const auto gap =
        std::find_if(points.begin(), points.end(), [](const HistoryPoint& point) { return point.isGap(); });
    ASSERT_NE(gap, points.end());
    EXPECT_GT(gap->timeNs, kNowNs - 50 * step);
    EXPECT_LT(gap->timeNs, kNowNs - 45 * step) << "right behind what the file knows";
    EXPECT_TRUE(std::is_sorted(points.begin(), points.end(),
                               [](const HistoryPoint& a, const HistoryPoint& b) { return a.timeNs < b.timeNs; }));
}

TEST_F(HistoryFrames, FileAndMemoryThatMeetHaveNoGap)
{
    write(HistoryLevel::Day, {3, 2, 1});
    HistoryStore store({path()});
    MetricSample sample;
    sample.fill(std::numeric_limits<float>::quiet_NaN());
    sample[static_cast<std::size_t>(MetricId::Cpu)] = 50;
    const std::int64_t step = historyLevelShape(HistoryLevel::Day).stepNs;
    store.addPast(kRow, {{kNowNs / step * step, sample}}, HistoryLevel::Day, {});
    const auto lines = store.read(kRow, HistoryRange::Day, kNowNs);
    for (const HistoryPoint& point : lines[0].points) {
        EXPECT_FALSE(point.isGap());
    }
}
