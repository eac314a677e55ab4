// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/log_controller.h"

#include "views/log_panel.h"

#include <QTest>
#include <gtest/gtest.h>
#include <thread>

namespace tracedeck {
namespace {

/// A workload whose log the test writes.
class WrittenAccess final : public WorkloadAccess {
public:
    [[nodiscard]] bool knowsContainer(const std::string&) const override { return true; }
    void inspect(const std::string&, InspectDone done) override { done(std::string("{}")); }
    LogHandle openLog(const std::string&, const LogRequest&, LogSink to) override
    {
        class Session final : public LogSession {
        public:
            explicit Session(WrittenAccess& owner) : m_owner(owner) { }
            ~Session() override { ++m_owner.closed; }

        private:
            WrittenAccess& m_owner;
        };
        sink = std::move(to);
        return std::make_unique<Session>(*this);
    }
    void write(std::size_t lines, std::uint64_t dropped = 0)
    {
        LogBatch batch;
        for (std::size_t i = 0; i < lines; ++i) {
            batch.lines.push_back({1, "line", 5, false, false, 0});
        }
        if (dropped > 0) {
            batch.lines.push_back({0, "", 0, false, false, dropped});
        }
        sink(std::move(batch));
    }
    LogSink sink;
    int closed = 0;
};

class LogControllerTest : public testing::Test {
protected:
    std::shared_ptr<WrittenAccess> m_access = std::make_shared<WrittenAccess>();
    LogPanel m_panel;
    LogController m_log{m_panel,
                        [this](const QString& id) { return id == QStringLiteral("known") ? m_access : nullptr; }};
};

TEST_F(LogControllerTest, BringsLinesFromAnyThreadIntoThePanel)
{
    ASSERT_TRUE(m_log.open(QStringLiteral("known"), QStringLiteral("web")));
    std::thread writer([this] { m_access->write(10); });
    writer.join();
    ASSERT_TRUE(QTest::qWaitFor([this] { return m_panel.lines().totalCount() == 10; }, 20'000));
    EXPECT_EQ(m_panel.lines().shown(0).severity, LogSeverity::Error);
    LogBatch end;
    end.ended = true;
    end.failed = true;
    end.problem = makeError(ErrorCode::NotFound, "Docker", "no such container");
    m_access->sink(std::move(end));
    ASSERT_TRUE(
        QTest::qWaitFor([this] { return m_panel.stateText().contains(QStringLiteral("no such container")); }, 20'000));
}

TEST_F(LogControllerTest, AWindowThatDoesNotKeepUpGetsGapsNotMemory)
{
    ASSERT_TRUE(m_log.open(QStringLiteral("known"), QStringLiteral("web")));
    for (int i = 0; i < 100; ++i) {
        m_access->write(1000, 5); // the window's thread is busy here
    }
    ASSERT_TRUE(QTest::qWaitFor([this] { return m_panel.lines().droppedCount() > 0; }, 20'000));
    std::size_t shown = 0;
    for (std::size_t i = 0; i < m_panel.lines().shownCount(); ++i) {
        shown += m_panel.lines().shown(i).dropped == 0 ? 1 : 0;
    }
    EXPECT_LE(shown, LogController::kMostPending);
    EXPECT_EQ(shown + m_panel.lines().droppedCount(), 100U * 1005U);
}

TEST_F(LogControllerTest, AnUnknownContainerLeavesTheOpenLogAlone)
{
    ASSERT_TRUE(m_log.open(QStringLiteral("known"), QStringLiteral("web")));
    EXPECT_FALSE(m_log.open(QStringLiteral("unknown"), QStringLiteral("db")));
    EXPECT_TRUE(m_log.isOpen());
    m_log.close();
    EXPECT_EQ(m_access->closed, 1);
    m_access->write(5);
    EXPECT_EQ(m_panel.lines().totalCount(), 0U);
}

} // namespace
} // namespace tracedeck
