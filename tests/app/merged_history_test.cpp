// SPDX-License-Identifier: GPL-3.0-or-later
// Rows that stand for rows of several sources: the record of each of them counts, under whichever key it was kept.
#include "app/history_keeper.h"
#include "refresh/history_fill.h"
#include "tests/app/scripted_source.h"

#include <QTest>
#include <algorithm>
#include <gtest/gtest.h>

using namespace tracedeck;
using namespace tracedeck::tests;

namespace {

constexpr std::int64_t kSecondNs = 1'000'000'000;

FleetSnapshot snapshotOf(std::size_t workloads)
{
    FleetSnapshot snapshot;
    snapshot.infrastructure = scriptedHosts();
    snapshot.workloads = scriptedWorkloads(workloads);
    return snapshot;
}

/// A server that knows ten minutes ago of one key.
class PastServer final : public HistorySource {
public:
    explicit PastServer(RowKey key) : m_key(key) { }
    [[nodiscard]] std::string label() const override { return "recorded by Home"; }
    [[nodiscard]] std::vector<HistorySeries> read(RowKey key, HistoryRange, std::int64_t nowNs) const override
    {
        std::vector<HistorySeries> all{{MetricId::Cpu, {}}};
        if (key == m_key) {
            all[0].points = past(nowNs);
        }
        return all;
    }
    [[nodiscard]] std::shared_ptr<const HistoryFrame> frame(std::vector<RowKey> keys, HistoryRange range,
                                                            std::uint32_t buckets, std::int64_t nowNs) const override
    {
        auto frame = emptyFrame(std::move(keys), range, buckets, nowNs);
        if (const std::size_t row = frame->rowOf(m_key); row != SIZE_MAX) {
            fillFrameLine(*frame, row, MetricId::Cpu, past(nowNs), 0);
        }
        return frame;
    }

private:
    static std::vector<HistoryPoint> past(std::int64_t nowNs) { return {{nowNs - 600 * kSecondNs, 77.0F, 77.0F}}; }

    RowKey m_key;
};

class MergedHistory : public testing::Test {
protected:
    void settle()
    {
        ASSERT_TRUE(QTest::qWaitFor([this] { return m_keeper.isSettled() && m_keeper.frame(HistoryRange::Hour); }));
    }
    std::int64_t m_now = 1'800'000'000 * kSecondNs;
    HistoryKeeper m_keeper{HistoryStoreOptions{}, [this] { return m_now; }, [] { return true; }};
    QObject m_context; ///< goes first: what is answered after a test reaches nobody
};

} // namespace

TEST_F(MergedHistory, AServerIsAskedByTheKeyItHasForTheRow)
{
    constexpr RowKey kTheirs = 4711;
    const RowKey shown = scriptedHosts()->keys[0];
    m_keeper.setSources({std::make_shared<PastServer>(kTheirs)});
    m_keeper.setSnapshot(snapshotOf(3), std::make_shared<const MergedKeys>(MergedKeys{{shown, kTheirs}}));
    EXPECT_TRUE(QTest::qWaitFor([&] {
        const auto frame = m_keeper.frame(HistoryRange::Hour);
        const std::size_t row = frame == nullptr ? SIZE_MAX : frame->rowOf(shown);
        const auto line = row == SIZE_MAX ? std::span<const MetricCode>() : frame->line(row, MetricId::Cpu);
        return std::count(line.begin(), line.end(), encodeMetric(MetricId::Cpu, 77.0)) > 0;
    })) << "lines in the table and the summary";
    EXPECT_EQ(m_keeper.frame(HistoryRange::Hour)->rowOf(kTheirs), SIZE_MAX) << "no row is shown under that key";
    std::vector<HistorySeries> got;
    m_keeper.read(shown, HistoryRange::Hour, &m_context,
                  [&](std::vector<HistorySeries> series, const std::string& label) {
                      if (label == "recorded by this window, earlier recorded by Home") {
                          got = std::move(series);
                      }
                  });
    ASSERT_TRUE(QTest::qWaitFor([&] { return !got.empty(); })) << "History of the drawer";
    EXPECT_EQ(got[0].points.at(0).value, 77.0F);
}

TEST_F(MergedHistory, WhatWasRecordedUnderTheOtherKeyIsStillThere)
{
    constexpr RowKey kBefore = 4711; // the row was first shown by another source in an earlier run
    const RowKey shown = scriptedHosts()->keys[0];
    m_keeper.fillPast([now = m_now](HistoryStore& store) {
        std::vector<HistoryStore::PastSample> hour;
        for (int minute = 30; minute > 0; --minute) {
            MetricSample values;
            values.fill(33);
            hour.push_back({now - minute * 60 * kSecondNs, values});
        }
        store.addPast(kBefore, hour, HistoryLevel::Day, {});
    });
    m_keeper.setSnapshot(snapshotOf(3), std::make_shared<const MergedKeys>(MergedKeys{{shown, kBefore}}));
    settle();
    const auto frame = m_keeper.frame(HistoryRange::Hour);
    const auto line = frame->line(frame->rowOf(shown), MetricId::Cpu);
    EXPECT_GE(std::count(line.begin(), line.end(), encodeMetric(MetricId::Cpu, 33.0)), 25);
    std::vector<HistorySeries> got;
    m_keeper.read(shown, HistoryRange::Hour, &m_context,
                  [&](std::vector<HistorySeries> series, const std::string&) { got = std::move(series); });
    ASSERT_TRUE(QTest::qWaitFor([&] { return !got.empty(); }));
    EXPECT_GE(got[0].points.size(), 2U);
}
