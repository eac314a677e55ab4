// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/engine_source.h"

#include "fake_engine.h"

#include <QTest>
#include <QThread>
#include <gtest/gtest.h>

namespace tracedeck {
namespace {

using test::answerOf;
using test::containerIdOf;
using test::EngineAnswer;
using test::EngineModel;
using test::FakeEngine;

constexpr int kLong = 30'000;

std::string frameOf(int stream, const std::string& text)
{
    std::string out{static_cast<char>(stream), 0, 0, 0};
    for (int shift = 24; shift >= 0; shift -= 8) {
        out += static_cast<char>((text.size() >> static_cast<unsigned>(shift)) & 0xFFU);
    }
    return out + text;
}

class EngineLogStreamTest : public testing::Test {
protected:
    EngineLogStreamTest()
        : m_engine([this](const std::string& target) {
              if (target.find("/logs?") != std::string::npos) {
                  return m_logs;
              }
              if (target.find("/containers/" + containerIdOf(0) + "/json") != std::string::npos && m_tty) {
                  return EngineAnswer{200, R"({"Config":{"Tty":true}})"};
              }
              return answerOf({}, target);
          })
    {
        m_io.start();
        EngineSetup setup;
        setup.instance = "docker:test";
        setup.endpoint.path = QString::fromStdString(m_engine.path());
        m_source = std::make_unique<EngineSource>(std::move(setup), m_io);
        m_logs.stream = true;
    }
    ~EngineLogStreamTest() override
    {
        m_source.reset();
        m_io.quit();
        m_io.wait();
    }
    EngineLogStreamTest(const EngineLogStreamTest&) = delete;
    EngineLogStreamTest& operator=(const EngineLogStreamTest&) = delete;

    WorkloadAccess::LogHandle open()
    {
        return m_source->openLog(containerIdOf(0), {}, [this](LogBatch batch) {
            const std::lock_guard lock(m_mutex);
            for (LogLine& line : batch.lines) {
                m_dropped += line.dropped;
                m_lines.push_back(std::move(line));
            }
            m_ended = m_ended || batch.ended;
            m_problem = batch.failed ? batch.problem.what : m_problem;
        });
    }
    template <class Condition> bool await(Condition condition)
    {
        return QTest::qWaitFor(
            [&] {
                const std::lock_guard lock(m_mutex);
                return condition();
            },
            kLong);
    }

    QThread m_io;
    EngineAnswer m_logs;
    bool m_tty = false;
    FakeEngine m_engine;
    std::unique_ptr<EngineSource> m_source;
    std::mutex m_mutex;
    std::vector<LogLine> m_lines;
    std::uint64_t m_dropped = 0;
    bool m_ended = false;
    std::string m_problem;
};

TEST_F(EngineLogStreamTest, FollowsBothOutputs)
{
    const auto log = open();
    ASSERT_TRUE(QTest::qWaitFor([&] { return m_engine.openStreams() == 1; }, kLong));
    m_engine.push(frameOf(1, "2026-01-02T03:04:05Z INFO up\n") + frameOf(2, "2026-01-02T03:04:06Z ERROR down\n"));
    ASSERT_TRUE(await([&] { return m_lines.size() == 2; }));
    EXPECT_EQ(m_lines[0].text, "INFO up");
    EXPECT_EQ(m_lines[0].level, 3);
    EXPECT_FALSE(m_lines[0].error);
    EXPECT_TRUE(m_lines[1].error);
    EXPECT_EQ(m_lines[1].level, 5);
    m_engine.endStreams();
    ASSERT_TRUE(await([&] { return m_ended; }));
    EXPECT_EQ(m_problem, "");
}

TEST_F(EngineLogStreamTest, ATerminalIsReadWithoutFrames)
{
    m_tty = true;
    const auto log = open();
    ASSERT_TRUE(QTest::qWaitFor([&] { return m_engine.openStreams() == 1; }, kLong));
    m_engine.push("2026-01-02T03:04:05Z hello\r\n");
    ASSERT_TRUE(await([&] { return m_lines.size() == 1; }));
    EXPECT_EQ(m_lines[0].text, "hello");
}

TEST_F(EngineLogStreamTest, AFloodIsCutAndCounted)
{
    const auto log = open();
    ASSERT_TRUE(QTest::qWaitFor([&] { return m_engine.openStreams() == 1; }, kLong));
    std::string many;
    constexpr std::size_t kLines = 50'000;
    for (std::size_t i = 0; i < kLines; ++i) {
        many += "line " + std::to_string(i) + "\n";
    }
    m_engine.push(frameOf(1, many));
    m_engine.endStreams();
    ASSERT_TRUE(await([&] { return m_ended; }));
    std::size_t shown = 0;
    for (const LogLine& line : m_lines) {
        shown += line.dropped == 0 ? 1 : 0;
    }
    EXPECT_EQ(shown + m_dropped, kLines) << "every line is either shown or counted";
    EXPECT_EQ(m_lines.front().text, "line 0");
}

TEST_F(EngineLogStreamTest, ARefusalSaysWhy)
{
    m_logs.stream = false;
    m_logs.status = 501;
    m_logs.body = R"({"message":"configured logging driver does not support reading"})";
    const auto log = open();
    ASSERT_TRUE(await([&] { return m_ended; }));
    EXPECT_NE(m_problem.find("does not support reading"), std::string::npos);
}

TEST_F(EngineLogStreamTest, ClosingEndsTheTransferAndNothingComesAfterwards)
{
    auto log = open();
    ASSERT_TRUE(QTest::qWaitFor([&] { return m_engine.openStreams() == 1; }, kLong));
    log.reset();
    EXPECT_TRUE(QTest::qWaitFor([&] { return m_engine.openStreams() == 0; }, kLong)) << "the socket is closed";
    log = open();
    m_source.reset(); // the source may go first
    log.reset();
}

} // namespace
} // namespace tracedeck
