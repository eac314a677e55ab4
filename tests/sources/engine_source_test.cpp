// SPDX-License-Identifier: GPL-3.0-or-later
// A container engine from its socket: right, slow, lying, gone and large.
#include "sources/engine_source.h"

#include "fake_engine.h"

#include <QTest>
#include <QThread>
#include <algorithm>
#include <gtest/gtest.h>
#include <optional>

namespace tracedeck {
namespace {

using test::answerOf;
using test::containerIdOf;
using test::EngineAnswer;
using test::EngineModel;
using test::FakeEngine;

constexpr int kEnough = 30'000;

class EngineSourceTest : public testing::Test {
protected:
    EngineSourceTest() { m_io.start(); }
    ~EngineSourceTest() override
    {
        m_source.reset();
        m_io.quit();
        m_io.wait();
    }
    EngineSourceTest(const EngineSourceTest&) = delete;
    EngineSourceTest& operator=(const EngineSourceTest&) = delete;

    void begin(FakeEngine::Handler handler = {})
    {
        m_engine = std::make_unique<FakeEngine>([this, handler](const std::string& target) {
            if (handler) {
                EngineAnswer answer = handler(target);
                if (answer.status != 0) {
                    return answer;
                }
            }
            const std::lock_guard lock(m_mutex);
            return answerOf(m_model, target);
        });
        connectTo(QString::fromStdString(m_engine->path()));
    }
    void connectTo(const QString& path)
    {
        EngineSetup setup;
        setup.instance = "docker:test";
        setup.label = "Docker";
        setup.endpoint.path = path;
        m_source = std::make_unique<EngineSource>(std::move(setup), m_io);
    }
    void change(const std::function<void(EngineModel&)>& how)
    {
        const std::lock_guard lock(m_mutex);
        how(m_model);
    }
    Result<FleetSnapshot> fetch()
    {
        std::mutex mutex;
        std::optional<Result<FleetSnapshot>> out;
        m_source->fetch({}, [&](Result<FleetSnapshot> result) {
            const std::lock_guard lock(mutex);
            EXPECT_FALSE(out) << "answered twice";
            out = std::move(result);
        });
        const auto done = [&] {
            const std::lock_guard lock(mutex);
            return out.has_value();
        };
        if (!QTest::qWaitFor(done, kEnough)) {
            m_source.reset(); // its link answers the callback before it goes
            m_io.quit();
            m_io.wait();
            return makeError(ErrorCode::TimedOut, "test", "no answer");
        }
        return *out;
    }
    [[nodiscard]] std::size_t asked(const std::string& part) const
    {
        const auto all = m_engine->requests();
        return static_cast<std::size_t>(std::count_if(
            all.begin(), all.end(), [&](const std::string& line) { return line.find(part) != std::string::npos; }));
    }

    QThread m_io;
    std::mutex m_mutex;
    EngineModel m_model;
    std::unique_ptr<FakeEngine> m_engine;
    std::unique_ptr<EngineSource> m_source;
};

EngineAnswer asUsual()
{
    EngineAnswer answer;
    answer.status = 0;
    return answer;
}

bool holds(const std::string& text, const char* part)
{
    return text.find(part) != std::string::npos;
}

TEST_F(EngineSourceTest, ListsContainersWithTheirNumbersAfterTwoPolls)
{
    begin();
    const auto first = fetch();
    ASSERT_TRUE(first.ok()) << first.error().what;
    EXPECT_EQ(first->workloads->rows(), 3U);
    EXPECT_EQ(first->infrastructure->rows(), 1U);
    change([](EngineModel& model) {
        model.cpuNs += 1'000'000'000;
        model.readSec += 2;
    });
    const auto second = fetch();
    ASSERT_TRUE(second.ok());
    EXPECT_EQ(second->workloads->cpuPercent.get(0), 100.0);
    EXPECT_EQ(second->workloads->strings.view(second->workloads->name[2]), "web-2");
    EXPECT_EQ(asked("/_ping"), 1U);
    EXPECT_EQ(asked("/info"), 1U);
    EXPECT_EQ(asked("/v1.41/containers/json?all=1"), 2U);
    EXPECT_EQ(asked("size=1"), 0U) << "makes the engine walk every file";
    EXPECT_TRUE(m_source->knowsContainer(containerIdOf(1)));
    EXPECT_TRUE(m_source->knowsContainer(containerIdOf(1).substr(0, 12)));
    EXPECT_FALSE(m_source->knowsContainer(containerIdOf(1).substr(0, 11)));
}

TEST_F(EngineSourceTest, NeverSendsAnythingButGet)
{
    begin();
    ASSERT_TRUE(fetch().ok());
    for (const std::string& line : m_engine->requests()) {
        EXPECT_EQ(line.substr(0, 5), "GET /") << line;
    }
}

TEST_F(EngineSourceTest, PodmanGivesAllNumbersInOneAnswer)
{
    change([](EngineModel& model) { model.podman = true; });
    begin();
    const auto snapshot = fetch();
    ASSERT_TRUE(snapshot.ok());
    EXPECT_EQ(asked("/v4.3.1/libpod/containers/stats?stream=false"), 1U);
    EXPECT_EQ(asked("/stats?stream=0"), 0U);
    const WorkloadTable& table = *snapshot->workloads;
    EXPECT_EQ(table.strings.view(table.containerRuntime[0]), "podman");
    EXPECT_TRUE(holds(std::string(table.strings.view(table.memoryBasis[0])), "with page cache"));
}

TEST_F(EngineSourceTest, OneSlowContainerHoldsUpNobody)
{
    begin([](const std::string& target) {
        EngineAnswer answer = asUsual();
        if (holds(target, (containerIdOf(1) + "/stats").c_str())) {
            answer.status = 200;
            answer.hang = true;
        }
        return answer;
    });
    const auto snapshot = fetch();
    ASSERT_TRUE(snapshot.ok()) << snapshot.error().what;
    EXPECT_EQ(snapshot->workloads->rows(), 3U);
    EXPECT_TRUE(snapshot->workloads->memoryUsedBytes.has(0));
    EXPECT_FALSE(snapshot->workloads->memoryUsedBytes.has(1));
    ASSERT_TRUE(fetch().ok());
    EXPECT_EQ(asked(containerIdOf(1) + "/stats"), 1U) << "what is being asked is not asked again";
}

TEST_F(EngineSourceTest, AContainerThatVanishesBetweenTwoQuestionsIsNoError)
{
    begin([](const std::string& target) {
        EngineAnswer answer = asUsual();
        if (holds(target, containerIdOf(0).c_str())) {
            answer = {404, R"({"message":"No such container"})"};
        }
        return answer;
    });
    const auto snapshot = fetch();
    ASSERT_TRUE(snapshot.ok());
    EXPECT_EQ(snapshot->workloads->rows(), 3U);
    EXPECT_TRUE(snapshot->warnings.empty());
    EXPECT_FALSE(snapshot->workloads->memoryUsedBytes.has(0));
    EXPECT_TRUE(snapshot->workloads->memoryUsedBytes.has(1));
}

TEST_F(EngineSourceTest, NumbersThatCannotBeReadAreCounted)
{
    begin([](const std::string& target) {
        EngineAnswer answer = asUsual();
        if (holds(target, "/stats?")) {
            answer = {200, R"({"read":"2026-01-02T0)"};
        }
        return answer;
    });
    const auto snapshot = fetch();
    ASSERT_TRUE(snapshot.ok());
    ASSERT_EQ(snapshot->warnings.size(), 1U);
    EXPECT_EQ(snapshot->warnings[0].count, 3U);
}

struct BadEngine {
    const char* what;
    std::function<EngineAnswer(const std::string&)> handler;
    ErrorCode expected;
};

class EngineFault : public EngineSourceTest, public testing::WithParamInterface<std::size_t> {
public:
    static const std::vector<BadEngine>& cases()
    {
        static const std::vector<BadEngine> all{
            {"truncated list",
             [](const std::string& target) {
                 return holds(target, "/containers/json") ? EngineAnswer{200, R"([{"Id":"abc)"} : asUsual();
             },
             ErrorCode::Malformed},
            {"connection cut inside the list",
             [](const std::string& target) {
                 EngineAnswer answer = asUsual();
                 if (holds(target, "/containers/json")) {
                     answer = {200, std::string(5000, ' ')};
                     answer.cutAt = 100;
                 }
                 return answer;
             },
             ErrorCode::Unreachable},
            {"another server",
             [](const std::string&) {
                 return EngineAnswer{200, "<html>"};
             },
             ErrorCode::Unsupported},
            {"permission",
             [](const std::string& target) {
                 return holds(target, "/info") ? EngineAnswer{403, "forbidden"} : asUsual();
             },
             ErrorCode::PermissionDenied},
            {"no API",
             [](const std::string&) {
                 return EngineAnswer{404, "404 page not found"};
             },
             ErrorCode::NotFound},
            {"version refused",
             [](const std::string& target) {
                 return holds(target, "/v1.41/") ? EngineAnswer{400, R"({"message":"client version is too new"})"}
                                                 : asUsual();
             },
             ErrorCode::Unsupported},
            {"old version",
             [](const std::string& target) {
                 return holds(target, "/_ping") ? EngineAnswer{200, "OK", "Api-Version: 1.12\r\n"} : asUsual();
             },
             ErrorCode::Unsupported},
        };
        return all;
    }
};

TEST_P(EngineFault, IsAReasonAndGoesAwayWithTheFault)
{
    const BadEngine& bad = cases()[GetParam()];
    std::atomic<bool> broken{true};
    begin([&](const std::string& target) { return broken ? bad.handler(target) : asUsual(); });
    const auto result = fetch();
    ASSERT_FALSE(result.ok()) << bad.what;
    EXPECT_EQ(result.error().code, bad.expected) << bad.what << ": " << result.error().what;
    EXPECT_FALSE(result.error().what.empty());
    broken = false;
    const auto again = fetch();
    ASSERT_TRUE(again.ok()) << bad.what << ": " << again.error().what;
    EXPECT_EQ(again->workloads->rows(), 3U);
}

INSTANTIATE_TEST_SUITE_P(All, EngineFault, testing::Range<std::size_t>(0, 7));

TEST_F(EngineSourceTest, SurvivesARestartOfTheEngine)
{
    begin();
    ASSERT_TRUE(fetch().ok());
    m_engine->stop();
    const auto gone = fetch();
    ASSERT_FALSE(gone.ok());
    EXPECT_EQ(gone.error().code, ErrorCode::Unreachable);
    change([](EngineModel& model) { model.apiVersion = "1.43"; });
    m_engine->start();
    ASSERT_TRUE(fetch().ok());
    EXPECT_EQ(asked("/v1.43/containers/json"), 1U) << "the version is asked for again";
}

TEST_F(EngineSourceTest, NoSocketAndNoRightAreToldApart)
{
    connectTo(QStringLiteral("/nonexistent/engine.sock"));
    const auto missing = fetch();
    ASSERT_FALSE(missing.ok());
    EXPECT_EQ(missing.error().code, ErrorCode::Unreachable);
}

TEST_F(EngineSourceTest, EventsAreNewsButHealthChecksAreNot)
{
    begin();
    std::atomic<int> news{0};
    m_source->setNewsListener([&] { ++news; });
    ASSERT_TRUE(fetch().ok());
    ASSERT_TRUE(QTest::qWaitFor([&] { return m_engine->openStreams() == 1 && m_source->isPushing(); }, kEnough));
    m_engine->push("{\"Type\":\"container\",\"Action\":\"exec_create: sh\",\"timeNano\":1}\n");
    m_engine->push("not json\n{\"Type\":\"image\",\"Action\":\"pull\"}\n{\"Type\":\"contai");
    m_engine->push("ner\",\"Action\":\"die\",\"Actor\":{\"ID\":\"" + containerIdOf(0)
                   + "\"},\"timeNano\":2000000000}\n");
    ASSERT_TRUE(QTest::qWaitFor([&] { return news == 1; }, kEnough));
    const std::size_t inspected = asked(containerIdOf(0) + "/json");
    ASSERT_TRUE(fetch().ok());
    EXPECT_EQ(asked(containerIdOf(0) + "/json"), inspected + 1) << "what an event named is looked at again";
    m_engine->endStreams();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !m_source->isPushing(); }, kEnough));
    ASSERT_TRUE(fetch().ok());
    ASSERT_TRUE(QTest::qWaitFor([&] { return m_engine->openStreams() == 1; }, kEnough));
    EXPECT_EQ(asked("&since=2"), 1U) << "from where it ended";
}

TEST_F(EngineSourceTest, AThousandContainersInOneRound)
{
    change([](EngineModel& model) { model.containers = 1000; });
    begin();
    const auto snapshot = fetch();
    ASSERT_TRUE(snapshot.ok()) << snapshot.error().what;
    EXPECT_EQ(snapshot->workloads->rows(), 1000U);
    // What did not fit into the first round's patience comes with the next ones; nothing is asked twice.
    ASSERT_TRUE(fetch().ok());
    EXPECT_LE(asked(containerIdOf(999) + "/stats"), 2U);
}

TEST_F(EngineSourceTest, CancellingAnswersAndTheNextFetchWorks)
{
    std::atomic<bool> stuck{true};
    begin([&](const std::string& target) {
        EngineAnswer answer = asUsual();
        if (stuck && holds(target, "/containers/json")) {
            answer.status = 200;
            answer.hang = true;
        }
        return answer;
    });
    std::atomic<bool> cancelled{false};
    m_source->fetch({}, [&](const Result<FleetSnapshot>& result) {
        cancelled = !result.ok() && result.error().code == ErrorCode::Cancelled;
    });
    ASSERT_TRUE(QTest::qWaitFor([&] { return asked("/containers/json") == 1; }, kEnough));
    m_source->cancel();
    ASSERT_TRUE(QTest::qWaitFor([&] { return cancelled.load(); }, kEnough));
    stuck = false;
    EXPECT_TRUE(fetch().ok());
}

TEST_F(EngineSourceTest, MayBeDestroyedAtAnyMoment)
{
    begin();
    for (int i = 0; i < 20; ++i) {
        connectTo(QString::fromStdString(m_engine->path()));
        const std::size_t before = m_engine->requests().size();
        m_source->fetch({}, [](const Result<FleetSnapshot>&) {});
        ASSERT_TRUE(QTest::qWaitFor(
            [&] { return m_engine->requests().size() > before + static_cast<std::size_t>(i % 5); }, kEnough));
    }
}

TEST_F(EngineSourceTest, InspectGivesTheAnswerOrTheReason)
{
    begin();
    ASSERT_TRUE(fetch().ok());
    std::mutex mutex;
    std::vector<Result<std::string>> answers;
    const auto keep = [&](Result<std::string> result) {
        const std::lock_guard lock(mutex);
        answers.push_back(std::move(result));
    };
    m_source->inspect(containerIdOf(0), keep);
    m_source->inspect("../../x", keep);
    ASSERT_TRUE(QTest::qWaitFor(
        [&] {
            const std::lock_guard lock(mutex);
            return answers.size() == 2;
        },
        kEnough));
    const bool firstOk = answers[0].ok();
    EXPECT_TRUE(holds(answers[firstOk ? 0 : 1].value(), "RestartCount"));
    EXPECT_EQ(answers[firstOk ? 1 : 0].error().code, ErrorCode::InvalidArgument);
}

} // namespace
} // namespace tracedeck
