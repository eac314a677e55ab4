// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/density_map.h"

#include <array>
#include <gtest/gtest.h>
#include <numeric>
#include <rapidcheck/gtest.h>

using namespace tracedeck;

namespace {

constexpr std::array<MetricId, 2> kNetwork{MetricId::NetRx, MetricId::NetTx};

/// Rows 0 … n-1 with keys 1 … n; rx of row i is `rates[i]` in every bucket, below 0 = missing.
HistoryFrame frameOf(const std::vector<double>& rates, std::uint32_t buckets = 60)
{
    HistoryFrame frame;
    frame.buckets = buckets;
    frame.stepNs = 60'000'000'000;
    frame.untilNs = 1'800'000'000'000'000'000;
    frame.keys.resize(rates.size());
    std::iota(frame.keys.begin(), frame.keys.end(), RowKey{1});
    frame.codes.assign(rates.size() * kMetricCount * buckets, kMissingCode);
    for (std::size_t row = 0; row < rates.size(); ++row) {
        for (MetricCode& code : frame.line(row, MetricId::NetRx)) {
            code = rates[row] < 0 ? kMissingCode : encodeMetric(MetricId::NetRx, rates[row]);
        }
    }
    return frame;
}

std::vector<std::uint32_t> allRows(const HistoryFrame& frame)
{
    std::vector<std::uint32_t> rows(frame.rows());
    std::iota(rows.begin(), rows.end(), 0U);
    return rows;
}

} // namespace

TEST(HistoryFrame, findsRowsAndTimes)
{
    const HistoryFrame frame = frameOf({1, 2, 3});
    EXPECT_EQ(frame.rowOf(2), 1U);
    EXPECT_EQ(frame.rowOf(9), SIZE_MAX);
    EXPECT_EQ(frame.bucketTimeNs(0), frame.untilNs - 60 * frame.stepNs);
    EXPECT_EQ(frame.bucketTimeNs(60), frame.untilNs);
    EXPECT_EQ(frame.line(0, MetricId::Cpu)[5], kMissingCode);
}

TEST(DensityMap, takesTheLargestAndSaysHowManyThereWere)
{
    std::vector<double> rates(50);
    for (std::size_t i = 0; i < rates.size(); ++i) {
        rates[i] = static_cast<double>(i) * 1e5;
    }
    rates[7] = -1;
    const HistoryFrame frame = frameOf(rates);
    const DensityMap map = densityMap(frame, allRows(frame), kNetwork);
    ASSERT_EQ(map.strips.size(), kDensityStrips);
    EXPECT_EQ(map.rowsWithData, 49U) << "a row without values could have no strip";
    EXPECT_EQ(map.strips.front().row, 49U);
    EXPECT_EQ(map.strips.back().row, 30U);
    EXPECT_EQ(map.strips.front().cells.size(), kDensityColumns);
    EXPECT_FLOAT_EQ(map.strips.front().cells[10], 1);
    EXPECT_NEAR(map.peakPerSec, 4.9e6, 3e3);
}

TEST(DensityMap, theWantedRowIsAlwaysThereInItsPlace)
{
    const HistoryFrame frame = frameOf({5, 4, 3, 2, 1});
    const DensityMap map = densityMap(frame, allRows(frame), kNetwork, 4, 3);
    ASSERT_EQ(map.strips.size(), 3U);
    EXPECT_EQ(map.strips[0].row, 0U);
    EXPECT_EQ(map.strips[1].row, 1U);
    EXPECT_EQ(map.strips[2].row, 4U) << "smallest, but asked for";
}

TEST(DensityMap, onlyVisibleRowsCount)
{
    const HistoryFrame frame = frameOf({9e9, 2e3, 1e3});
    const std::vector<std::uint32_t> visible{1, 2};
    const DensityMap map = densityMap(frame, visible, kNetwork);
    ASSERT_EQ(map.strips.size(), 2U);
    EXPECT_NEAR(map.peakPerSec, 2e3, 2);
}

TEST(DensityMap, zeroIsClearSmallIsFaintMissingIsMissing)
{
    HistoryFrame frame = frameOf({1e6, 0}, 45);
    frame.line(0, MetricId::NetRx)[3] = kMissingCode;
    frame.line(0, MetricId::NetRx)[4] = encodeMetric(MetricId::NetRx, 1);
    frame.line(0, MetricId::NetTx)[4] = kMissingCode;
    const DensityMap map = densityMap(frame, allRows(frame), kNetwork);
    EXPECT_LT(map.strips[0].cells[3], 0);
    EXPECT_NEAR(map.strips[0].cells[4], 0.15, 1e-4);
    EXPECT_EQ(map.strips[1].cells[0], 0);
}

TEST(DensityMap, directionsAddUp)
{
    HistoryFrame frame = frameOf({3e5});
    for (MetricCode& code : frame.line(0, MetricId::NetTx)) {
        code = encodeMetric(MetricId::NetTx, 2e5);
    }
    EXPECT_NEAR(densityMap(frame, allRows(frame), kNetwork).peakPerSec, 5e5, 500);
    EXPECT_TRUE(densityMap(HistoryFrame(), {}, kNetwork).strips.empty());
}

RC_GTEST_PROP(DensityMapProperty, aColumnHoldsTheLargestOfItsBuckets, ())
{
    const auto buckets = *rc::gen::inRange<std::uint32_t>(1, 200);
    const auto columns = *rc::gen::inRange<std::size_t>(1, 60);
    HistoryFrame frame = frameOf({0}, buckets);
    const auto spike = *rc::gen::inRange<std::uint32_t>(0, buckets);
    frame.line(0, MetricId::NetRx)[spike] = encodeMetric(MetricId::NetRx, 1e7);
    const std::vector<std::uint32_t> rows{0};
    const DensityMap map = densityMap(frame, rows, kNetwork, SIZE_MAX, 1, columns);
    const std::size_t at = spike * columns / buckets;
    RC_ASSERT(map.strips[0].cells[at] == 1.0F);
    for (const float cell : map.strips[0].cells) {
        RC_ASSERT((cell == 1.0F || cell == 0.0F));
    }
}
