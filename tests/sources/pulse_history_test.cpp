// SPDX-License-Identifier: GPL-3.0-or-later
// What a Pulse server kept: the record of one row, the courses of all, and servers that fail at it.
#include "sources/pulse_history.h"

#include "fake_pulse.h"
#include "refresh/fleet_merge.h"
#include "refresh/history_fill.h"
#include "sources/pulse_book.h"

#include <QTest>
#include <QThread>
#include <future>
#include <gtest/gtest.h>
#include <mutex>
#include <optional>

namespace tracedeck {
namespace {

constexpr std::int64_t kMinuteNs = 60'000'000'000;
constexpr std::int64_t kNow = 1'795'000'000'000'000'000;

QByteArray pointsBefore(int minutes, int count)
{
    QByteArray out;
    for (int i = 0; i < count; ++i) {
        const std::int64_t at = (kNow - (minutes - i) * kMinuteNs) / 1'000'000;
        out += (i == 0 ? "" : ",") + QByteArray("{\"timestamp\":") + QByteArray::number(static_cast<qlonglong>(at))
            + ",\"value\":" + QByteArray::number(10 + i) + ",\"max\":90}";
    }
    return "[" + out + "]";
}

class PulseHistoryTest : public testing::Test {
protected:
    PulseHistoryTest() : m_server(3)
    {
        m_io.start();
        PulseSetup setup;
        setup.instance = "pulse:test";
        setup.label = "Home";
        setup.endpoint.transport = EngineEndpoint::Transport::Tcp;
        setup.endpoint.host = QStringLiteral("127.0.0.1");
        setup.endpoint.port = m_server.port();
        m_source = std::make_unique<PulseSource>(std::move(setup), m_io);
        m_history = m_source->history();
        m_server.records[QStringLiteral("/api/metrics-store/history")] =
            "{\"metrics\":{\"cpu\":" + pointsBefore(50, 5) + "}}";
        m_server.records[QStringLiteral("/api/charts/infrastructure")] =
            "{\"agentData\":{\"agent 1\":{\"cpu\":" + pointsBefore(30, 3) + "}}}";
        m_server.records[QStringLiteral("/api/charts/workloads")] = "{\"data\":{\"r1\":{\"netin\":"
            + pointsBefore(20, 2) + "},\"strange\":{\"cpu\":" + pointsBefore(9, 1) + "}}}";
    }
    ~PulseHistoryTest() override
    {
        m_source.reset();
        m_io.quit();
        m_io.wait();
    }
    PulseHistoryTest(const PulseHistoryTest&) = delete;
    PulseHistoryTest& operator=(const PulseHistoryTest&) = delete;

    /// The server lives on this thread, so the questions wait on another.
    template <class Ask> auto onWorker(Ask ask)
    {
        auto answer = std::async(std::launch::async, ask);
        EXPECT_TRUE(QTest::qWaitFor(
            [&] { return answer.wait_for(std::chrono::seconds(0)) == std::future_status::ready; }, 30'000));
        return answer.get();
    }
    FleetSnapshot fetch()
    {
        auto got = std::make_shared<std::promise<FleetSnapshot>>();
        m_source->fetch({}, [got](const Result<FleetSnapshot>& result) {
            got->set_value(result.ok() ? *result : FleetSnapshot());
        });
        return onWorker([got] { return got->get_future().get(); });
    }
    std::vector<HistoryPoint> cpuOf(RowKey key, HistoryRange range = HistoryRange::Hour)
    {
        return onWorker([&] { return m_history->read(key, range, kNow); })[metricIndex(MetricId::Cpu)].points;
    }
    [[nodiscard]] QStringList asked(const char* path) const
    {
        return m_server.targets().filter(QString::fromUtf8(path));
    }

    QThread m_io;
    test::FakePulse m_server;
    std::unique_ptr<PulseSource> m_source;
    std::shared_ptr<HistorySource> m_history;
};

TEST_F(PulseHistoryTest, TheRecordOfARow)
{
    EXPECT_TRUE(cpuOf(1).empty()) << "nothing was listed yet";
    EXPECT_TRUE(asked("metrics-store").isEmpty());
    const FleetSnapshot fleet = fetch();
    const std::vector<HistoryPoint> cpu = cpuOf(fleet.infrastructure->keys.at(0), HistoryRange::SixHours);
    ASSERT_EQ(cpu.size(), 5U);
    EXPECT_EQ(cpu[0].timeNs, kNow - 50 * kMinuteNs);
    EXPECT_EQ(cpu[0].value, 10.0F);
    EXPECT_EQ(cpu[0].peak, 90.0F);
    ASSERT_EQ(asked("metrics-store").size(), 1);
    EXPECT_TRUE(
        asked("metrics-store").at(0).contains(QStringLiteral("resourceType=agent&resourceId=agent%201&range=6h")));
    EXPECT_TRUE(cpuOf(fleet.workloads->keys.at(0)).empty()) << "it has no metrics target";
    EXPECT_EQ(asked("metrics-store").size(), 1) << "and nobody is asked";
    EXPECT_EQ(m_history->label(), "recorded by Home");
}

TEST_F(PulseHistoryTest, TheCoursesOfAllRowsCostTwoQuestions)
{
    const FleetSnapshot fleet = fetch();
    const RowKey host = fleet.infrastructure->keys.at(0);
    const RowKey guest = fleet.workloads->keys.at(0);
    const auto frame = onWorker([&] { return m_history->frame({guest, 99, host}, HistoryRange::Hour, 60, kNow); });
    EXPECT_EQ(asked("/api/charts").size(), 2);
    ASSERT_EQ(frame->rows(), 2U) << "a row of somebody else is not the server's business";
    const auto valueAt = [&](RowKey key, MetricId metric, std::int64_t minutesAgo) {
        const auto bucket =
            static_cast<std::size_t>((kNow - minutesAgo * kMinuteNs - frame->bucketTimeNs(0)) / frame->stepNs);
        return decodeMetric(metric, frame->line(frame->rowOf(key), metric)[bucket]);
    };
    EXPECT_FLOAT_EQ(valueAt(host, MetricId::Cpu, 30), 10.0F);
    EXPECT_FLOAT_EQ(valueAt(host, MetricId::Cpu, 28), 12.0F);
    EXPECT_NEAR(static_cast<double>(valueAt(guest, MetricId::NetRx, 20)), 90.0, 0.1) << "rates are peaks";
    EXPECT_TRUE(std::isnan(valueAt(host, MetricId::Cpu, 5)));
    (void)onWorker([&] { return m_history->frame({1, 2}, HistoryRange::Hour, 60, kNow); });
    EXPECT_EQ(asked("/api/charts").size(), 2) << "nothing of the server's: nothing asked";
}

TEST_F(PulseHistoryTest, AHostThatThisMachineShowsTooHasItsRecord)
{
    m_server.machineId = "cafe01";
    const FleetSnapshot theirs = fetch();
    auto hosts = std::make_shared<InfrastructureTable>();
    hosts->resize(1);
    hosts->keys[0] = makeRowKey(RowKind::Infrastructure, "local", "box");
    hosts->name[0] = hosts->strings.intern("box");
    hosts->machineId[0] = hosts->strings.intern("cafe01");
    hosts->ipAddresses.endRow();
    hosts->tags.endRow();
    hosts->detailNames.endRow();
    hosts->detailValues.endRow();
    hosts->finish();
    FleetMerge merge;
    const FleetSnapshot merged =
        merge.merge({FleetSnapshot{hosts, std::make_shared<const WorkloadTable>(), {}, {}}, theirs}, {"here", "Home"});
    ASSERT_EQ(merged.infrastructure->rows(), 1U) << "one machine";
    const RowKey shown = merged.infrastructure->keys[0];
    ASSERT_EQ(shown, hosts->keys[0]);
    EXPECT_TRUE(cpuOf(shown).empty()) << "Pulse does not know our key";
    const std::vector<RowKey> keys = keysOf(*merge.mergedKeys(), shown);
    const auto record = onWorker([&] { return mergedRecord(*m_history, keys, HistoryRange::Hour, kNow); });
    EXPECT_EQ(record.at(metricIndex(MetricId::Cpu)).points.size(), 5U);
}

TEST_F(PulseHistoryTest, AServerThatFailsAtItGivesNothing)
{
    const FleetSnapshot fleet = fetch();
    const RowKey host = fleet.infrastructure->keys.at(0);
    for (const char* broken :
         {"", "[]", "<html>", "{\"metrics\":7}", "{\"metrics\":{\"cpu\":[{\"timestamp\":\"x\"}]}}"}) {
        for (auto& [path, body] : m_server.records) {
            body = broken;
        }
        EXPECT_TRUE(cpuOf(host).empty()) << broken;
        EXPECT_EQ(onWorker([&] { return m_history->frame({host}, HistoryRange::Day, 60, kNow); })->rows(), 1U)
            << broken;
    }
    m_server.records.clear();
    EXPECT_TRUE(cpuOf(host).empty()) << "an older server has no such page";
}

TEST_F(PulseHistoryTest, WhoeverWaitsForASilentServerIsLetGo)
{
    const RowKey host = fetch().infrastructure->keys.at(0);
    m_server.recordsHang = true;
    auto waiting = std::async(std::launch::async, [&] { return m_history->read(host, HistoryRange::Hour, kNow); });
    ASSERT_TRUE(QTest::qWaitFor([&] { return !asked("metrics-store").isEmpty(); }, 30'000));
    m_source.reset(); // removed, or the window closes
    EXPECT_EQ(waiting.get().size(), kMetricCount);
    EXPECT_TRUE(m_history->read(host, HistoryRange::Hour, kNow)[0].points.empty());
}

TEST(CourseReach, IsThreeTimesTheUsualStep)
{
    const auto at = [](std::initializer_list<std::int64_t> minutes) {
        std::vector<HistoryPoint> points;
        for (const std::int64_t minute : minutes) {
            points.push_back({minute * kMinuteNs, 1.0F, 1.0F});
        }
        return points;
    };
    EXPECT_EQ(courseReachNs(at({0, 1, 2, 60, 61})), 3 * kMinuteNs);
    EXPECT_EQ(courseReachNs({}), kMinuteNs / 4);
}

} // namespace
} // namespace tracedeck
