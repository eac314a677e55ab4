// SPDX-License-Identifier: GPL-3.0-or-later
// A Pulse server: pages, growth, faults, the socket's snapshots and deltas.
#include "sources/pulse_source.h"

#include "fake_pulse.h"
#include "sources/pulse_socket.h"

#include <QTest>
#include <QThread>
#include <gtest/gtest.h>
#include <mutex>
#include <optional>

namespace tracedeck {
namespace {

constexpr int kPatience = 30'000;

class PulseSourceTest : public testing::Test {
protected:
    PulseSourceTest() { m_io.start(); }
    ~PulseSourceTest() override
    {
        m_source.reset();
        m_io.quit();
        m_io.wait();
    }
    PulseSourceTest(const PulseSourceTest&) = delete;
    PulseSourceTest& operator=(const PulseSourceTest&) = delete;

    void begin(int resources, const QString& token = {})
    {
        m_server = std::make_unique<test::FakePulse>(resources);
        PulseSetup setup;
        setup.instance = "pulse:test";
        setup.label = "Pulse";
        setup.endpoint.transport = EngineEndpoint::Transport::Tcp;
        setup.endpoint.host = QStringLiteral("127.0.0.1");
        setup.endpoint.port = m_server->port();
        setup.token = token;
        m_source = std::make_unique<PulseSource>(std::move(setup), m_io);
        m_source->setNewsListener([this] { ++m_news; });
    }
    void start(bool bypass = false)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_answer.reset();
        }
        FetchRequest request;
        request.bypassCaches = bypass;
        m_source->fetch(request, [this](Result<FleetSnapshot> result) {
            const std::lock_guard lock(m_mutex);
            m_answer = std::move(result);
        });
    }
    [[nodiscard]] bool answered()
    {
        const std::lock_guard lock(m_mutex);
        return m_answer.has_value();
    }
    Result<FleetSnapshot> fetch(bool bypass = false)
    {
        start(bypass);
        EXPECT_TRUE(QTest::qWaitFor([this] { return answered(); }, kPatience));
        const std::lock_guard lock(m_mutex);
        return m_answer.value_or(Result<FleetSnapshot>(makeError(ErrorCode::TimedOut, "test", "no answer")));
    }
    void goLive(const QString& snapshot)
    {
        ASSERT_TRUE(QTest::qWaitFor([this] { return m_server->sockets() == 1; }, kPatience));
        m_server->send(snapshot);
        ASSERT_TRUE(QTest::qWaitFor([this] { return m_source->isPushing(); }, kPatience));
    }
    [[nodiscard]] static std::string status(const FleetSnapshot& snapshot, std::size_t row)
    {
        return std::string(snapshot.workloads->strings.view(snapshot.workloads->status[row]));
    }

    QThread m_io;
    std::unique_ptr<test::FakePulse> m_server;
    std::unique_ptr<PulseSource> m_source;
    std::atomic<int> m_news{0};
    std::mutex m_mutex;
    std::optional<Result<FleetSnapshot>> m_answer;
};

TEST_F(PulseSourceTest, ReadsAllPagesAlsoBeyondTwoThousand)
{
    begin(2350);
    const auto snapshot = fetch();
    ASSERT_TRUE(snapshot.ok()) << snapshot.error().what;
    EXPECT_EQ(snapshot->infrastructure->rows(), 1U);
    EXPECT_EQ(snapshot->workloads->rows(), 2349U);
    EXPECT_EQ(m_server->targets().size(), 24);
    EXPECT_EQ(snapshot->workloads->hostKeys[5], snapshot->infrastructure->keys[0]);
    EXPECT_EQ(snapshot->workloads->cpuPercent.get(0), 5.0);
}

TEST_F(PulseSourceTest, AnEstateThatGrowsMeanwhileIsReadWhole)
{
    begin(150);
    m_server->growOnFirstPage = 100;
    const auto snapshot = fetch();
    ASSERT_TRUE(snapshot.ok());
    EXPECT_EQ(snapshot->workloads->rows(), 249U);
}

TEST_F(PulseSourceTest, APageThatVanishedIsEmptyAndOneThatFailsFailsTheFetch)
{
    begin(250);
    m_server->vanishedPages = {3};
    const auto shrunk = fetch();
    ASSERT_TRUE(shrunk.ok());
    EXPECT_EQ(shrunk->workloads->rows(), 199U);
    m_server->vanishedPages = {};
    m_server->brokenPages = {2};
    EXPECT_FALSE(fetch(true).ok()) << "half an estate is no answer";
    m_server->brokenPages = {};
    EXPECT_TRUE(fetch(true).ok());
}

TEST_F(PulseSourceTest, ASlowPageCanBeCancelled)
{
    begin(250);
    m_server->hangingPages = {2};
    start();
    ASSERT_TRUE(QTest::qWaitFor([this] { return m_server->targets().size() == 3; }, kPatience));
    m_source->cancel();
    ASSERT_TRUE(QTest::qWaitFor([this] { return answered(); }, kPatience));
    EXPECT_EQ(m_answer->error().code, ErrorCode::Cancelled);
    m_server->hangingPages = {};
    EXPECT_TRUE(fetch().ok());
}

TEST_F(PulseSourceTest, TheTokenIsSentAndItsAbsenceExplained)
{
    begin(5);
    m_server->token = "secret";
    const auto refused = fetch();
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, ErrorCode::Unauthorized);
    EXPECT_NE(refused.error().hint.find("monitoring:read"), std::string::npos);
    begin(5, QStringLiteral("secret"));
    m_server->token = "secret";
    EXPECT_TRUE(fetch().ok());
}

TEST_F(PulseSourceTest, AnOlderServerIsAskedWithoutTypes)
{
    begin(5);
    m_server->knowsTypes = false;
    const auto snapshot = fetch();
    ASSERT_TRUE(snapshot.ok()) << snapshot.error().what;
    EXPECT_EQ(snapshot->workloads->rows(), 4U);
}

TEST_F(PulseSourceTest, LiveRowsLieOverThePages)
{
    begin(3);
    ASSERT_TRUE(fetch().ok());
    goLive(
        QStringLiteral(R"({"type":"initialState","data":{"resources":[{"id":"r1","status":"offline"},{"id":"r2"}]}})"));
    const qsizetype asked = m_server->targets().size();
    const auto live = fetch();
    ASSERT_TRUE(live.ok());
    EXPECT_EQ(m_server->targets().size(), asked) << "young pages are not read again";
    EXPECT_EQ(status(*live, 0), "stopped");
    EXPECT_EQ(live->workloads->strings.view(live->workloads->name[0]), "vm1");
    const int news = m_news;
    m_server->send(QStringLiteral(
        R"({"type":"rawData","data":{"resourceDelta":{"upserts":[{"id":"r1","status":"online"},{"id":"new","type":"vm"}],"removed":["r2"]}}})"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return m_news > news; }, kPatience));
    const auto changed = fetch();
    ASSERT_TRUE(changed.ok());
    EXPECT_EQ(status(*changed, 0), "running");
    EXPECT_EQ(changed->workloads->rows(), 3U);
    EXPECT_TRUE(fetch(true).ok());
    EXPECT_GT(m_server->targets().size(), asked) << "asked to, it reads the pages";
}

TEST_F(PulseSourceTest, ADeltaBeforeASnapshotAsksForTheState)
{
    begin(3);
    ASSERT_TRUE(fetch().ok());
    ASSERT_TRUE(QTest::qWaitFor([this] { return m_server->sockets() == 1; }, kPatience));
    m_server->send(
        QStringLiteral(R"({"type":"rawData","data":{"resourceDelta":{"upserts":[{"id":"r1","status":"offline"}]}}})"));
    m_server->send(QStringLiteral(R"({"type":"rawData","data":{"resourceDelta":{}}})"));
    m_server->send(QStringLiteral(R"({"type":"ping"})"));
    ASSERT_TRUE(QTest::qWaitFor([this] { return m_server->frames().contains(QStringLiteral(R"({"type":"pong"})")); },
                                kPatience));
    EXPECT_EQ(m_server->frames().count(QStringLiteral(R"({"type":"requestData"})")), 1) << "once in 30 s";
    EXPECT_FALSE(m_source->isPushing());
    EXPECT_EQ(status(*fetch(), 0), "running") << "it was not applied";
}

TEST_F(PulseSourceTest, AStateThatIsTooLargeGoesBackToPages)
{
    begin(3);
    ASSERT_TRUE(fetch().ok());
    goLive(QStringLiteral(R"({"type":"initialState","data":{"resources":[{"id":"r1","status":"offline"}]}})"));
    m_server->send(QStringLiteral(R"({"type":"stateTooLarge","data":{"bytes":99}})"));
    ASSERT_TRUE(QTest::qWaitFor([this] { return !m_source->isPushing(); }, kPatience));
    const qsizetype asked = m_server->targets().size();
    const auto pages = fetch();
    ASSERT_TRUE(pages.ok());
    EXPECT_GT(m_server->targets().size(), asked);
    EXPECT_EQ(status(*pages, 0), "running");
}

TEST_F(PulseSourceTest, AnotherOrganisationBehindTheSameAddressBringsItsOwnRowsOnly)
{
    begin(3);
    ASSERT_TRUE(fetch().ok());
    goLive(QStringLiteral(R"({"type":"initialState","data":{"resources":[{"id":"r1","type":"vm"}]}})"));
    m_server->prefix = QStringLiteral("other");
    const auto other = fetch(true);
    ASSERT_TRUE(other.ok());
    EXPECT_EQ(other->workloads->rows(), 2U) << "no live row of the first one";
}

TEST_F(PulseSourceTest, AfterARestartTheSocketComesBack)
{
    begin(3);
    ASSERT_TRUE(fetch().ok());
    goLive(QStringLiteral(R"({"type":"initialState","data":{"resources":[{"id":"r1","status":"offline"}]}})"));
    m_server->dropSockets();
    ASSERT_TRUE(QTest::qWaitFor([this] { return !m_source->isPushing(); }, kPatience));
    EXPECT_EQ(status(*fetch(true), 0), "running") << "old live rows do not outlive their connection";
    ASSERT_TRUE(QTest::qWaitFor([this] { return m_server->sockets() == 1; }, kPatience));
}

TEST(PulseReconnect, GrowsToHalfAMinuteWithJitter)
{
    EXPECT_EQ(pulseReconnectMs(0, 0.5), 1000);
    EXPECT_EQ(pulseReconnectMs(3, 0.5), 8000);
    EXPECT_EQ(pulseReconnectMs(50, 0.5), 30'000);
    EXPECT_EQ(pulseReconnectMs(0, 0.0), 800);
    EXPECT_EQ(pulseReconnectMs(0, 1.0), 1200);
}

} // namespace
} // namespace tracedeck
