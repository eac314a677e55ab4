// SPDX-License-Identifier: GPL-3.0-or-later
// A thousand containers: what a round costs in questions and bytes, and that an unchanged one changes nothing.
#include "fake_engine.h"
#include "sources/engine_source.h"

#include <QTest>
#include <QThread>
#include <algorithm>
#include <atomic>
#include <gtest/gtest.h>
#include <mutex>
#include <optional>

namespace tracedeck {
namespace {

constexpr std::size_t kContainers = 1000;

class EngineScale : public testing::Test {
protected:
    EngineScale()
        : m_engine([this](const std::string& target) {
              test::EngineModel model;
              model.containers = kContainers;
              test::EngineAnswer answer = test::answerOf(model, target);
              m_bytes += answer.body.size();
              ++m_requests;
              return answer;
          })
    {
        m_io.start();
        EngineSetup setup;
        setup.instance = "docker:test";
        setup.endpoint.path = QString::fromStdString(m_engine.path());
        m_source = std::make_unique<EngineSource>(std::move(setup), m_io);
    }
    ~EngineScale() override
    {
        m_source.reset();
        m_io.quit();
        m_io.wait();
    }
    EngineScale(const EngineScale&) = delete;
    EngineScale& operator=(const EngineScale&) = delete;

    Result<FleetSnapshot> fetch()
    {
        const auto mutex = std::make_shared<std::mutex>();
        const auto out = std::make_shared<std::optional<Result<FleetSnapshot>>>();
        m_source->fetch({}, [mutex, out](Result<FleetSnapshot> result) {
            const std::lock_guard lock(*mutex);
            *out = std::move(result);
        });
        EXPECT_TRUE(QTest::qWaitFor(
            [&] {
                const std::lock_guard lock(*mutex);
                return out->has_value();
            },
            60'000));
        const std::lock_guard lock(*mutex);
        return out->value_or(Result<FleetSnapshot>(makeError(ErrorCode::TimedOut, "test", "no answer")));
    }
    [[nodiscard]] std::size_t asked(const char* part) const
    {
        const std::vector<std::string> all = m_engine.requests();
        return static_cast<std::size_t>(std::count_if(
            all.begin(), all.end(), [part](const std::string& line) { return line.find(part) != std::string::npos; }));
    }
    [[nodiscard]] std::size_t inspections() const
    {
        return asked("/json") - asked("/containers/json") - asked("/images/json");
    }

    QThread m_io;
    std::atomic<std::size_t> m_bytes{0};
    std::atomic<std::size_t> m_requests{0};
    test::FakeEngine m_engine;
    std::unique_ptr<EngineSource> m_source;
};

TEST_F(EngineScale, ARoundStaysWithinItsBudgetAndAnUnchangedOneChangesNoRow)
{
    // Rounds end after 1.5 s with what is there; on a busy machine it takes some until everything was asked twice.
    Result<FleetSnapshot> before = fetch();
    bool settled = false;
    for (int i = 0; i < 60 && before.ok() && !settled; ++i) {
        const Result<FleetSnapshot> next = fetch();
        settled = asked("/stats") >= 2 * kContainers && next.ok() && *next->workloads == *before->workloads;
        before = next;
    }
    ASSERT_TRUE(before.ok()) << before.error().what;
    ASSERT_TRUE(settled);
    EXPECT_EQ(before->workloads->rows(), kContainers);
    const std::size_t inspected = inspections();
    m_bytes = 0;
    m_requests = 0;
    const Result<FleetSnapshot> after = fetch();
    ASSERT_TRUE(after.ok());
    EXPECT_LE(m_requests, kContainers + 3) << "the list, a sample of each, and little else";
    EXPECT_LE(m_bytes, std::size_t{3} << 20U);
    EXPECT_EQ(inspections(), inspected) << "nothing changed: nothing is looked at again";
    EXPECT_TRUE(*after->workloads == *before->workloads);
    EXPECT_TRUE(*after->infrastructure == *before->infrastructure);
}

} // namespace
} // namespace tracedeck
