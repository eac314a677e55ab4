// SPDX-License-Identifier: GPL-3.0-or-later
// History files that were cut, overwritten or never were any: nothing is lost that could be kept, and it is said.
#include "refresh/history_store.h"

#include <QFile>
#include <QTemporaryDir>
#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace tracedeck {
namespace {

constexpr std::size_t kBudget = std::size_t{1} << 20U;
constexpr std::int64_t kSlot = 11'250'000; // of two minutes, in 2012

MetricSummary summaryOf(double cpu)
{
    MetricSummary summary{};
    summary.mean.fill(kMissingCode);
    summary.peak.fill(kMissingCode);
    summary.mean[0] = encodeMetric(MetricId::Cpu, cpu);
    summary.peak[0] = summary.mean[0];
    return summary;
}

class HistoryDamage : public testing::Test {
protected:
    [[nodiscard]] QString path() const { return m_dir.filePath(QStringLiteral("history.ring")); }
    [[nodiscard]] QString asidePath() const { return path() + QStringLiteral(".corrupt"); }
    void put(const QByteArray& bytes) const
    {
        QFile file(path());
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    [[nodiscard]] static QByteArray bytesOf(const QString& name)
    {
        QFile file(name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    [[nodiscard]] static std::size_t slotsOf(const HistoryFile& file, RowKey key)
    {
        constexpr std::int64_t kStepNs = 120'000'000'000;
        return file.slots(key, HistoryLevel::SixHours, kSlot * kStepNs, (kSlot + 1) * kStepNs).size();
    }
    /// Three rows with a slot each; the bytes of the file.
    [[nodiscard]] QByteArray goodFile() const
    {
        {
            HistoryFile file(path().toStdString(), kBudget);
            for (RowKey key = 1; key <= 3; ++key) {
                EXPECT_TRUE(file.write(key, HistoryLevel::SixHours, kSlot, summaryOf(static_cast<double>(key))));
            }
        }
        return bytesOf(path());
    }

    QTemporaryDir m_dir;
};

TEST_F(HistoryDamage, AnEmptyFileIsANewOne)
{
    put({});
    HistoryFile file(path().toStdString(), kBudget);
    EXPECT_TRUE(file.asidePath().empty()) << "there was nothing to keep";
    EXPECT_FALSE(QFile::exists(asidePath()));
    EXPECT_TRUE(file.write(1, HistoryLevel::Day, 5, summaryOf(1)));
}

TEST_F(HistoryDamage, AFileThatIsNoneIsPutAsideWholeAndAnotherBegun)
{
    const QByteArray good = goodFile();
    QByteArray otherVersion = good;
    otherVersion[7] = '2';
    QByteArray otherShape = good;
    otherShape[8] = static_cast<char>(otherShape[8] + 1);
    for (const QByteArray& bytes :
         {QByteArray("x"), good.left(15), otherVersion, otherShape, QByteArray(70'000, '\0')}) {
        put(bytes);
        {
            HistoryFile file(path().toStdString(), kBudget);
            EXPECT_EQ(file.asidePath(), asidePath().toStdString());
            EXPECT_EQ(bytesOf(asidePath()), bytes);
            EXPECT_EQ(file.rows(), 0U);
            EXPECT_TRUE(file.write(7, HistoryLevel::SixHours, kSlot, summaryOf(9)));
        }
        const HistoryFile next(path().toStdString(), kBudget);
        EXPECT_TRUE(next.asidePath().empty());
        EXPECT_TRUE(next.knows(7)) << "the new one holds";
    }
}

TEST_F(HistoryDamage, ACutFileKeepsItsWholeRecords)
{
    const QByteArray good = goodFile();
    const qsizetype record = (good.size() - 16) / 3;
    for (const qsizetype size : {good.size() - 1, 16 + 2 * record, 16 + record + 1, qsizetype{16}}) {
        put(good.left(size));
        HistoryFile file(path().toStdString(), kBudget);
        EXPECT_TRUE(file.asidePath().empty());
        EXPECT_EQ(file.rows(), static_cast<std::size_t>((size - 16) / record));
        for (RowKey key = 1; key <= file.rows(); ++key) {
            ASSERT_EQ(slotsOf(file, key), 1U) << size;
        }
        EXPECT_TRUE(file.write(4, HistoryLevel::SixHours, kSlot, summaryOf(4))) << "and takes more";
        EXPECT_EQ(slotsOf(file, 4), 1U);
    }
}

TEST_F(HistoryDamage, RecordsFromATimeToComeMakeRoomWhenThereIsNone)
{
    constexpr std::int64_t kYear = 24 * 365 * 30; // slots of two minutes
    HistoryFile file(path().toStdString(), 40'000);
    ASSERT_EQ(file.capacity(), 3U);
    ASSERT_TRUE(file.write(1, HistoryLevel::SixHours, kSlot + kYear, summaryOf(1))); // the clock was wrong
    ASSERT_TRUE(file.write(2, HistoryLevel::SixHours, kSlot, summaryOf(2)));
    ASSERT_TRUE(file.write(3, HistoryLevel::SixHours, kSlot, summaryOf(3)));
    EXPECT_TRUE(file.knows(1)) << "not before it must";
    EXPECT_TRUE(file.write(4, HistoryLevel::SixHours, kSlot, summaryOf(4)));
    EXPECT_FALSE(file.knows(1));
    EXPECT_FALSE(file.write(5, HistoryLevel::SixHours, kSlot, summaryOf(5))) << "the others are of this week";
}

TEST_F(HistoryDamage, TheStoreSaysOnceWhereTheOldFileWent)
{
    put("no history");
    std::vector<std::string> said;
    HistoryStoreOptions options;
    options.file = path().toStdString();
    options.fileSetAside = [&](const std::string& aside) { said.push_back(aside); };
    const HistoryStore store(options);
    EXPECT_TRUE(said.empty()) << "making a store does not touch the disk";
    (void)store.read(1, HistoryRange::Week, kSlot * 120'000'000'000);
    (void)store.read(2, HistoryRange::Week, kSlot * 120'000'000'000);
    EXPECT_EQ(said, std::vector<std::string>{asidePath().toStdString()});
}

RC_GTEST_FIXTURE_PROP(HistoryDamage, WhateverBytesStandInItItIsReadAndWritten, ())
{
    QByteArray bytes = goodFile();
    for (int hits = *rc::gen::inRange(1, 40); hits > 0; --hits) {
        const auto at = *rc::gen::inRange<qsizetype>(16, bytes.size());
        bytes[at] = static_cast<char>(*rc::gen::inRange(0, 256));
    }
    put(bytes.left(*rc::gen::inRange<qsizetype>(16, bytes.size() + 1)));
    HistoryFile file(path().toStdString(), kBudget);
    RC_ASSERT(file.rows() <= 3U);
    for (RowKey key = 1; key <= 4; ++key) {
        for (const HistoryLevel level : {HistoryLevel::SixHours, HistoryLevel::Day, HistoryLevel::Week}) {
            std::vector<HistoryPoint> points;
            file.read(key, MetricId::Cpu, level, (kSlot - 400) * 120'000'000'000, (kSlot + 1) * 120'000'000'000,
                      points);
            RC_ASSERT(std::all_of(points.begin(), points.end(), [](const HistoryPoint& point) {
                return point.isGap() || (std::isfinite(point.value) && point.value >= 0);
            }));
        }
        RC_ASSERT(file.write(key, HistoryLevel::SixHours, kSlot + 1, summaryOf(50)));
        const auto slots =
            file.slots(key, HistoryLevel::SixHours, (kSlot + 1) * 120'000'000'000, (kSlot + 2) * 120'000'000'000);
        RC_ASSERT(slots.size() == 1U); // what is written is there
    }
}

} // namespace
} // namespace tracedeck
