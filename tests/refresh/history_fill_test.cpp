// SPDX-License-Identifier: GPL-3.0-or-later
#include "refresh/history_fill.h"

#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

constexpr std::int64_t kMinute = 60'000'000'000;
constexpr std::int64_t kNow = 1'000 * kMinute;

std::string lineText(const HistoryFrame& frame, RowKey key, MetricId metric = MetricId::Cpu)
{
    std::string out;
    for (const MetricCode code : frame.line(frame.rowOf(key), metric)) {
        out += code == kMissingCode ? "-" : std::to_string(static_cast<int>(decodeMetric(metric, code) + 0.5F));
        out += ' ';
    }
    return out;
}

HistoryPoint point(std::int64_t minutesAgo, float value, float peak = 0)
{
    return {kNow - minutesAgo * kMinute, value, std::max(value, peak)};
}

std::shared_ptr<HistoryFrame> sixBuckets(std::vector<RowKey> keys, std::int64_t now = kNow)
{
    return emptyFrame(std::move(keys), HistoryRange::Hour, 6, now);
}

TEST(HistoryFill, FramesOfOneMomentHaveOneGrid)
{
    const auto frame = emptyFrame({3, 1, 2}, HistoryRange::Hour, 6, kNow, 2);
    EXPECT_EQ(frame->keys, (std::vector<RowKey>{1, 3})) << "the first ones, sorted";
    EXPECT_EQ(frame->rowsKnown, 3U);
    EXPECT_EQ(frame->stepNs, 10 * kMinute);
    EXPECT_EQ(frame->untilNs, 1'010 * kMinute);
    EXPECT_EQ(lineText(*frame, 1), "- - - - - - ");
}

TEST(HistoryFill, AStepBetweenPointsIsBridgedAndALongerOneIsAGap)
{
    const auto frame = sixBuckets({1});
    fillFrameLine(*frame, 0, MetricId::Cpu, {point(49, 10), point(29, 20), point(0, 30), point(-20, 40)}, 20 * kMinute);
    EXPECT_EQ(lineText(*frame, 1), "10 10 20 - - 30 ");
    fillFrameLine(*frame, 0, MetricId::NetRx, {point(0, 100, 700), point(0, 5)}, 0);
    EXPECT_NEAR(static_cast<double>(decodeMetric(MetricId::NetRx, frame->line(0, MetricId::NetRx)[5])), 700.0, 1.0);
    fillFrameLine(*frame, 0, MetricId::Disk, {point(500, 1), {kNow, kHistoryGap, kHistoryGap}}, 0);
    EXPECT_EQ(lineText(*frame, 1, MetricId::Disk), "- - - - - - ");
}

TEST(HistoryFill, OnlyWhatIsMissingIsTakenFromAnotherFrame)
{
    const auto own = sixBuckets({1, 2});
    fillFrameLine(*own, 0, MetricId::Cpu, {point(5, 50), point(0, 60)}, 0);
    const auto theirs = sixBuckets({1, 9}, kNow - 10 * kMinute); // fetched a while ago
    fillFrameLine(*theirs, 0, MetricId::Cpu, {point(45, 1), point(35, 2), point(25, 3), point(15, 4), point(10, 5)}, 0);
    const auto both = filledFrame(own, *theirs);
    EXPECT_EQ(lineText(*both, 1), "1 2 3 4 50 60 ") << lineText(*own, 1);
    EXPECT_EQ(lineText(*both, 2), "- - - - - - ");
    EXPECT_EQ(filledFrame(own, *sixBuckets({9})), own) << "nothing to take: no copy";
    EXPECT_EQ(filledFrame(own, HistoryFrame()), own);
    EXPECT_EQ(filledFrame(own, *emptyFrame({1}, HistoryRange::Day, 6, kNow)), own) << "another range";
    EXPECT_EQ(filledFrame(nullptr, *own), nullptr);
}

TEST(HistoryFill, ARowTheOtherFrameHasUnderAnotherKeyCounts)
{
    const auto own = sixBuckets({1, 2});
    fillFrameLine(*own, 0, MetricId::Cpu, {point(0, 60)}, 0);
    const auto theirs = sixBuckets({7, 8});
    fillFrameLine(*theirs, 0, MetricId::Cpu, {point(45, 1), point(35, 2), point(0, 99)}, 0);
    fillFrameLine(*theirs, 1, MetricId::Cpu, {point(35, 9), point(25, 3)}, 0);
    EXPECT_EQ(filledFrame(own, *theirs), own) << "nobody says that 7 is 1";
    const auto both = filledFrame(own, *theirs, {{1, 7}});
    EXPECT_EQ(lineText(*both, 1), "1 2 - - - 60 ") << "what was seen here stays";
    EXPECT_EQ(lineText(*both, 2), "- - - - - - ");
    const std::string all = lineText(*filledFrame(own, *theirs, {{1, 7}, {1, 8}}), 1);
    EXPECT_EQ(all.substr(0, 1), "1");
    EXPECT_EQ(all.substr(4), "3 - - 60 ") << "of several, each fills what is missing: " << all;
}

/// Knows one point for each of two keys.
class TwoRecords final : public HistorySource {
public:
    [[nodiscard]] std::string label() const override { return "two"; }
    [[nodiscard]] std::vector<HistorySeries> read(RowKey key, HistoryRange, std::int64_t) const override
    {
        return {{MetricId::Cpu,
                 key == 1       ? std::vector<HistoryPoint>{point(5, 50)}
                     : key == 7 ? std::vector<HistoryPoint>{point(9, 7), point(2, 8)}
                                : std::vector<HistoryPoint>()}};
    }
    [[nodiscard]] std::shared_ptr<const HistoryFrame> frame(std::vector<RowKey>, HistoryRange, std::uint32_t,
                                                            std::int64_t) const override
    {
        return nullptr;
    }
};

TEST(HistoryFill, ARecordIsReadUnderEveryKeyOfTheRow)
{
    const auto values = [](const std::vector<RowKey>& keys) {
        std::vector<float> out;
        const std::vector<HistorySeries> record = mergedRecord(TwoRecords(), keys, HistoryRange::Hour, kNow);
        for (const HistoryPoint& one : record.at(0).points) {
            out.push_back(one.value);
        }
        return out;
    };
    EXPECT_EQ(values({1}), std::vector<float>{50.0F});
    EXPECT_EQ(values({1, 7}), (std::vector<float>{7.0F, 50.0F})) << "earlier times of the other key in front";
    EXPECT_EQ(values({3, 7}), (std::vector<float>{7.0F, 8.0F})) << "nothing under the shown key";
    EXPECT_TRUE(values({3, 4}).empty());
}

TEST(HistoryFill, TheTimeBeforeTheOwnRecordComesFromTheOther)
{
    std::vector<HistorySeries> own{{MetricId::Cpu, {point(6, kHistoryGap), point(5, 50), point(4, 51)}},
                                   {MetricId::Memory, {}}};
    const std::vector<HistorySeries> other{{MetricId::Cpu, {point(9, 1), point(8, 2), point(5, 3), point(1, 4)}},
                                           {MetricId::Memory, {point(3, 7)}},
                                           {MetricId::Disk, {point(3, 7)}}};
    EXPECT_TRUE(prependSeries(own, other));
    ASSERT_EQ(own[0].points.size(), 4U);
    EXPECT_EQ(own[0].points[1].value, 2.0F);
    EXPECT_EQ(own[0].points[2].value, 50.0F);
    EXPECT_EQ(own[1].points.size(), 1U) << "nothing of our own: all of theirs";
    EXPECT_FALSE(prependSeries(own, {{MetricId::Cpu, {point(2, 9)}}})) << "newer than ours";
    EXPECT_FALSE(prependSeries(own, {}));
}

} // namespace
