// SPDX-License-Identifier: GPL-3.0-or-later
#include "refresh/history_store.h"

#include <QFile>
#include <QTemporaryDir>
#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <map>
#include <rapidcheck/gtest.h>
#include <thread>

using namespace tracedeck;

namespace {

constexpr std::int64_t kSecondNs = 1'000'000'000;
constexpr std::int64_t kMinuteNs = 60 * kSecondNs;
constexpr std::int64_t kHourNs = 60 * kMinuteNs;
constexpr std::int64_t kStartNs = 1'800'000'000 * kSecondNs;

MetricSummary summaryOf(double cpu)
{
    MetricSummary summary{};
    summary.mean.fill(kMissingCode);
    summary.peak.fill(kMissingCode);
    summary.mean[0] = encodeMetric(MetricId::Cpu, cpu);
    summary.peak[0] = encodeMetric(MetricId::Cpu, cpu * 2);
    return summary;
}

/// Hosts with keys 1 … rows and one CPU value.
FleetSnapshot snapshotOf(std::size_t rows, double cpu, bool stale = false)
{
    auto table = std::make_shared<InfrastructureTable>();
    table->resize(rows);
    for (std::size_t row = 0; row < rows; ++row) {
        table->keys[row] = row + 1;
        table->cpuPercent.set(row, cpu);
        table->readBytesPerSec.set(row, 1e6);
        table->flags[row] = stale ? kRowStale : 0;
    }
    table->finish();
    FleetSnapshot snapshot;
    snapshot.infrastructure = table;
    return snapshot;
}

class HistoryStoreTest : public testing::Test {
protected:
    [[nodiscard]] std::string path() const { return m_dir.filePath(QStringLiteral("history.ring")).toStdString(); }
    [[nodiscard]] static std::vector<HistoryPoint> cpu(const HistoryStore& store, RowKey key, HistoryRange range,
                                                       std::int64_t nowNs)
    {
        return store.read(key, range, nowNs)[0].points;
    }
    QTemporaryDir m_dir;
};

} // namespace

TEST_F(HistoryStoreTest, fileKeepsSlotsOverARestart)
{
    {
        HistoryFile file(path(), 1U << 20U);
        ASSERT_TRUE(file.isOpen());
        for (std::int64_t slot = 100; slot < 110; ++slot) {
            ASSERT_TRUE(file.write(7, HistoryLevel::Day, slot, summaryOf(static_cast<double>(slot - 100))));
        }
    }
    const HistoryFile file(path(), 1U << 20U);
    EXPECT_EQ(file.rows(), 1U);
    const std::int64_t step = historyLevelShape(HistoryLevel::Day).stepNs;
    std::vector<HistoryPoint> points;
    file.read(7, MetricId::Cpu, HistoryLevel::Day, 0, 200 * step, points);
    ASSERT_EQ(points.size(), 10U);
    EXPECT_EQ(points[3].timeNs, 103 * step);
    EXPECT_FLOAT_EQ(points[3].value, 3);
    EXPECT_FLOAT_EQ(points[3].peak, 6);
    points.clear();
    file.read(7, MetricId::Memory, HistoryLevel::Day, 0, 200 * step, points);
    EXPECT_TRUE(points.empty()) << "missing is not zero";
}

TEST_F(HistoryStoreTest, fileShowsHolesAsGapsAndForgetsWhatTheRingOverwrote)
{
    HistoryFile file(path(), 1U << 20U);
    const HistoryLevelShape shape = historyLevelShape(HistoryLevel::Week);
    ASSERT_TRUE(file.write(7, HistoryLevel::Week, 1'000, summaryOf(1)));
    ASSERT_TRUE(file.write(7, HistoryLevel::Week, 1'001, summaryOf(2)));
    ASSERT_TRUE(file.write(7, HistoryLevel::Week, 1'005, summaryOf(3)));
    std::vector<HistoryPoint> points;
    file.read(7, MetricId::Cpu, HistoryLevel::Week, 0, 1'006 * shape.stepNs, points);
    ASSERT_EQ(points.size(), 4U);
    EXPECT_TRUE(points[2].isGap());
    ASSERT_TRUE(file.write(7, HistoryLevel::Week, 1'000 + shape.slots, summaryOf(9)));
    points.clear();
    file.read(7, MetricId::Cpu, HistoryLevel::Week, 0, 1'001 * shape.stepNs, points);
    EXPECT_TRUE(points.empty()) << "the slot of that hour holds a later one now";
}

TEST_F(HistoryStoreTest, fileIsBoundedAndReusesWhatNobodyWroteForAWeek)
{
    HistoryFile file(path(), 40'000);
    EXPECT_EQ(file.capacity(), 3U);
    const std::int64_t day = 5'000;
    for (RowKey key = 1; key <= 3; ++key) {
        ASSERT_TRUE(file.write(key, HistoryLevel::Week, day, summaryOf(1)));
    }
    EXPECT_FALSE(file.write(4, HistoryLevel::Week, day, summaryOf(1))) << "full";
    EXPECT_TRUE(file.write(2, HistoryLevel::Week, day + 200, summaryOf(1)));
    EXPECT_TRUE(file.write(4, HistoryLevel::Week, day + 200, summaryOf(4))) << "row 1 was away for a week";
    EXPECT_FALSE(file.knows(1));
    EXPECT_LE(QFile(QString::fromStdString(path())).size(), 40'000);
}

TEST_F(HistoryStoreTest, brokenFilesStartAnewAndTornOnesAreRead)
{
    {
        QFile file(QString::fromStdString(path()));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write("not a history at all, but something of some length");
    }
    {
        HistoryFile file(path(), 1U << 20U);
        EXPECT_EQ(file.rows(), 0U);
        EXPECT_EQ(file.asidePath(), path() + ".corrupt");
        ASSERT_TRUE(file.write(1, HistoryLevel::Day, 500, summaryOf(1)));
        ASSERT_TRUE(file.write(2, HistoryLevel::Day, 500, summaryOf(2)));
    }
    QFile file(QString::fromStdString(path()));
    ASSERT_TRUE(file.resize(file.size() - 9'000)); // the last record is torn
    HistoryFile again(path(), 1U << 20U);
    EXPECT_TRUE(again.asidePath().empty()) << "a torn record is no reason to give up the others";
    EXPECT_TRUE(again.knows(1));
    EXPECT_FALSE(again.knows(2));
    EXPECT_TRUE(again.write(3, HistoryLevel::Day, 501, summaryOf(3)));
    EXPECT_EQ(again.slots(3, HistoryLevel::Day, 0, INT64_MAX / 2).size(), 0U) << "a range far ahead holds nothing";
}

TEST_F(HistoryStoreTest, noPathAndNoPermissionKeepTheHourOnly)
{
    HistoryStore store({});
    store.sample(snapshotOf(2, 30), kStartNs);
    EXPECT_EQ(cpu(store, 1, HistoryRange::Hour, kStartNs).size(), 1U);
    EXPECT_EQ(cpu(store, 1, HistoryRange::Week, kStartNs).size(), 1U) << "a longer range shows the hour at least";
    const HistoryFile nowhere("/proc/nowhere/at/all", 1U << 20U);
    EXPECT_FALSE(nowhere.isOpen());
}

TEST_F(HistoryStoreTest, hoursGoToTheFileAndComeBack)
{
    std::int64_t now = kStartNs - kStartNs % kHourNs;
    {
        HistoryStore store({path()});
        for (int minute = 0; minute < 150; ++minute) {
            now += kMinuteNs;
            store.sample(snapshotOf(2, minute), now);
        }
        const auto six = cpu(store, 1, HistoryRange::SixHours, now);
        EXPECT_LE(six.front().timeNs, now - 140 * kMinuteNs) << "longer than the hour";
        EXPECT_FLOAT_EQ(six.back().value, 149);
        // One sample a minute leaves 5-s slots of the last ten minutes empty; before them nothing is missing.
        EXPECT_TRUE(std::none_of(six.begin(), six.end(), [now](const HistoryPoint& p) {
            return p.isGap() && p.timeNs < now - 11 * kMinuteNs;
        }));
        EXPECT_TRUE(std::is_sorted(six.begin(), six.end(),
                                   [](const HistoryPoint& a, const HistoryPoint& b) { return a.timeNs < b.timeNs; }));
    }
    HistoryStore again({path()});
    EXPECT_TRUE(cpu(again, 1, HistoryRange::Hour, now).empty()) << "not asked for the row yet";
    again.sample(snapshotOf(2, 77), now + kMinuteNs);
    const auto hour = cpu(again, 1, HistoryRange::Hour, now + kMinuteNs);
    EXPECT_GT(hour.size(), 40U) << "the hour before the restart is there";
    EXPECT_FLOAT_EQ(hour.back().value, 77);
}

TEST_F(HistoryStoreTest, staleRowsAreNotRecordedAsMeasured)
{
    HistoryStore store({});
    store.sample(snapshotOf(1, 10), kStartNs);
    for (int i = 1; i < 20; ++i) {
        store.sample(snapshotOf(1, 10, true), kStartNs + i * 5 * kSecondNs);
    }
    store.sample(snapshotOf(1, 20), kStartNs + 100 * kSecondNs);
    const auto points = cpu(store, 1, HistoryRange::Hour, kStartNs + 100 * kSecondNs);
    ASSERT_EQ(points.size(), 3U);
    EXPECT_TRUE(points[1].isGap());
}

TEST_F(HistoryStoreTest, framesHoldEveryRowOnceAndSayWhatWasCut)
{
    HistoryStore store({});
    for (int minute = 0; minute < 30; ++minute) {
        store.sample(snapshotOf(3, 40), kStartNs + minute * kMinuteNs);
    }
    const std::int64_t now = kStartNs + 29 * kMinuteNs;
    const auto frame = store.frame({3, 1, 99}, HistoryRange::Hour, 60, now);
    EXPECT_EQ(frame->keys, (std::vector<RowKey>{1, 3, 99}));
    EXPECT_EQ(frame->rowsKnown, 3U);
    EXPECT_GE(frame->untilNs, now);
    const auto line = frame->line(frame->rowOf(1), MetricId::Cpu);
    EXPECT_EQ(std::count(line.begin(), line.end(), kMissingCode), 30);
    EXPECT_FLOAT_EQ(decodeMetric(MetricId::Cpu, line[59]), 40);
    const auto unknown = frame->line(frame->rowOf(99), MetricId::Cpu);
    EXPECT_EQ(std::count(unknown.begin(), unknown.end(), kMissingCode), 60);
    EXPECT_EQ(decodeMetric(MetricId::DiskIo, frame->line(0, MetricId::DiskIo)[58]) > 9e5F, true);
    std::vector<RowKey> many(HistoryStore::kFrameRows + 10);
    for (std::size_t i = 0; i < many.size(); ++i) {
        many[i] = i + 1;
    }
    const auto cut = store.frame(many, HistoryRange::Hour, 4, now);
    EXPECT_EQ(cut->rows(), HistoryStore::kFrameRows);
    EXPECT_EQ(cut->rowsKnown, many.size());
}

TEST_F(HistoryStoreTest, framesOfLongerRangesReadTheFile)
{
    HistoryStore store({path()});
    std::int64_t now = kStartNs - kStartNs % kHourNs;
    for (int minute = 0; minute < 200; ++minute) {
        now += kMinuteNs;
        store.sample(snapshotOf(1, 55), now);
    }
    const auto frame = store.frame({1}, HistoryRange::SixHours, 180, now);
    const auto line = frame->line(0, MetricId::Cpu);
    const auto known = static_cast<int>(line.size()) - std::count(line.begin(), line.end(), kMissingCode);
    EXPECT_GE(known, 96);
    EXPECT_LE(known, 103);
}

TEST_F(HistoryStoreTest, pastsAreTakenOver)
{
    HistoryStore store({path()});
    MetricSample values;
    values.fill(12);
    std::vector<HistoryStore::PastSample> hour;
    std::vector<HistoryStore::PastSample> days;
    for (int i = 60; i > 0; --i) {
        hour.push_back({kStartNs - i * kMinuteNs, values});
        days.push_back({kStartNs - i * kHourNs, values});
    }
    store.addPast(5, hour, HistoryLevel::Week, days);
    EXPECT_GT(cpu(store, 5, HistoryRange::Hour, kStartNs).size(), 50U);
    EXPECT_GT(cpu(store, 5, HistoryRange::Week, kStartNs).size(), 100U);
}

TEST_F(HistoryStoreTest, readersAndTheRecorderDoNotDisturbEachOther)
{
    HistoryStore store({});
    std::atomic<bool> stop{false};
    std::thread reader([&] {
        while (!stop) {
            for (const HistoryPoint& point : cpu(store, 1, HistoryRange::Hour, kStartNs + kHourNs)) {
                EXPECT_TRUE(point.isGap() || point.value == 10);
            }
        }
    });
    for (int i = 0; i < 200; ++i) {
        store.sample(snapshotOf(300, 10), kStartNs + i * 5 * kSecondNs);
    }
    stop = true;
    reader.join();
    EXPECT_EQ(store.heldRows(), 300U);
}

RC_GTEST_PROP(HistoryFileProperty, agreesWithAMapOfSlots, ())
{
    const QTemporaryDir dir;
    const std::string path = dir.filePath(QStringLiteral("h")).toStdString();
    const auto writes = *rc::gen::container<std::vector<std::pair<int, int>>>(
        rc::gen::pair(rc::gen::inRange(1, 4), rc::gen::inRange(1, 400)));
    std::map<std::pair<int, std::int64_t>, double> model;
    std::map<int, std::int64_t> newest;
    {
        HistoryFile file(path, 1U << 20U);
        std::int64_t slot = 3'000;
        for (const auto& [key, step] : writes) {
            slot += step % 5 == 0 ? step : 1; // mostly neighbours, sometimes a jump
            RC_ASSERT(file.write(static_cast<RowKey>(key), HistoryLevel::SixHours, slot, summaryOf(step % 100)));
            model[{key, slot}] = step % 100;
            newest[key] = slot;
        }
    }
    const HistoryFile file(path, 1U << 20U);
    const HistoryLevelShape shape = historyLevelShape(HistoryLevel::SixHours);
    for (const auto& [key, last] : newest) {
        std::map<std::int64_t, double> shown;
        std::vector<HistoryPoint> points;
        file.read(static_cast<RowKey>(key), MetricId::Cpu, HistoryLevel::SixHours, 0, (last + 1) * shape.stepNs,
                  points);
        for (const HistoryPoint& point : points) {
            if (!point.isGap()) {
                shown[point.timeNs / shape.stepNs] = static_cast<double>(point.value);
            }
        }
        for (std::int64_t slot = last - shape.slots + 1; slot <= last; ++slot) {
            const auto wanted = model.find({key, slot});
            RC_ASSERT((wanted == model.end()) == (shown.count(slot) == 0U));
            RC_ASSERT((wanted == model.end() || shown[slot] == wanted->second));
        }
    }
}
