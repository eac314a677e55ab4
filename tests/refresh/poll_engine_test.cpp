// SPDX-License-Identifier: GPL-3.0-or-later
#include "refresh/poll_engine.h"

#include "scripted_fleet.h"

#include <gtest/gtest.h>

namespace tracedeck {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class PollEngineTest : public testing::Test {
protected:
    void SetUp() override { begin(); }
    void TearDown() override { m_engine->stop(milliseconds(0)); }
    void begin(PollOptions options = {})
    {
        if (m_engine) {
            m_engine->stop(milliseconds(0));
        }
        m_clock = std::make_shared<FakeClock>();
        m_executor = std::make_shared<ManualExecutor>();
        m_engine = std::make_shared<PollEngine>(m_clock, m_executor, options, [this](PollEvent event) {
            ++m_posts;
            if (event.publish) {
                m_published.push_back(*event.publish);
            }
        });
    }
    std::shared_ptr<ScriptedSource> add(const std::string& name = "a")
    {
        auto source = std::make_shared<ScriptedSource>(name);
        m_engine->addSource(source);
        return source;
    }
    void run() { m_executor->drain(); }
    void advance(milliseconds by)
    {
        m_clock->advance(by, [this] { run(); });
    }
    void start()
    {
        m_engine->start(std::nullopt);
        run();
    }
    [[nodiscard]] SourceState::Phase phase(std::size_t index = 0) const { return m_engine->sourceState(index).phase; }

    std::shared_ptr<FakeClock> m_clock;
    std::shared_ptr<ManualExecutor> m_executor;
    std::shared_ptr<PollEngine> m_engine;
    std::vector<FleetPublish> m_published;
    int m_posts = 0;
};

TEST_F(PollEngineTest, FetchesAtOnceThenSecondSampleThenByCadence)
{
    const auto source = add();
    source->answerAtOnce = true;
    start();
    EXPECT_EQ(source->fetches, 1);
    advance(milliseconds(999));
    EXPECT_EQ(source->fetches, 1);
    advance(milliseconds(1));
    EXPECT_EQ(source->fetches, 2);
    advance(seconds(50));
    EXPECT_EQ(source->fetches, 12);
}

TEST_F(PollEngineTest, AnUnchangedPollTellsNobody)
{
    const auto source = add();
    source->answerAtOnce = true;
    start();
    ASSERT_EQ(m_posts, 1);
    const std::int64_t first = m_engine->sourceState(0).lastSuccessNs;
    advance(seconds(3600));
    EXPECT_EQ(m_posts, 1);
    EXPECT_GT(m_engine->counters().unchanged, 700U);
    EXPECT_GT(m_engine->sourceState(0).lastSuccessNs, first);
    EXPECT_EQ(phase(), SourceState::Phase::Fresh);
}

TEST_F(PollEngineTest, AChangeIsOnePostWithTheChangedSection)
{
    const auto source = add();
    source->answerAtOnce = true;
    start();
    source->cpu = 2;
    advance(seconds(1));
    ASSERT_EQ(m_posts, 2);
    EXPECT_TRUE(m_published[1].infrastructureChanged);
    EXPECT_FALSE(m_published[1].workloadsChanged);
    EXPECT_EQ(m_published[1].merged.workloads, m_published[0].merged.workloads);
    EXPECT_EQ(m_published[1].sequence, 2U);
    EXPECT_EQ(m_engine->current().infrastructure, m_published[1].merged.infrastructure);
}

TEST_F(PollEngineTest, ASlowSourceIsNeverFetchedTwiceAtOnce)
{
    const auto source = add();
    start();
    advance(seconds(25));
    m_engine->refreshNow(false);
    run();
    EXPECT_EQ(source->fetches, 1);
    source->answer(1);
    run();
    EXPECT_EQ(phase(), SourceState::Phase::Fresh);
    advance(milliseconds(1));
    EXPECT_EQ(source->fetches, 2); // long due
}

TEST_F(PollEngineTest, BypassDuringAFetchIsFollowedByAnother)
{
    const auto source = add();
    start();
    m_engine->refreshNow(true);
    run();
    EXPECT_EQ(source->fetches, 1);
    source->answer(1);
    advance(milliseconds(0));
    ASSERT_EQ(source->fetches, 2);
    EXPECT_TRUE(source->requests[1].bypassCaches);
    EXPECT_GT(source->requests[1].generation, source->requests[0].generation);
}

TEST_F(PollEngineTest, ALateOrSecondAnswerNeverOverwritesANewerOne)
{
    const auto source = add();
    start();
    const FleetSource::Done old = source->open.front();
    source->answer(1);
    run();
    old(snapshotOf("a", 3, 77)); // answers twice
    run();
    advance(seconds(1));
    old(snapshotOf("a", 3, 78)); // while the next one runs
    run();
    source->answer(2);
    run();
    old(snapshotOf("a", 3, 79)); // after it
    run();
    ASSERT_EQ(m_published.size(), 2U);
    EXPECT_EQ(m_published[1].merged.infrastructure->cpuPercent.get(0), 2.0);
    EXPECT_EQ(m_engine->counters().late, 3U);
}

TEST_F(PollEngineTest, FailureKeepsOldRowsMarkedAndBacksOff)
{
    const auto source = add();
    start();
    source->answer(1);
    advance(seconds(1));
    source->answer(failure());
    run();
    ASSERT_EQ(m_published.size(), 2U);
    EXPECT_EQ(m_published[1].merged.infrastructure->rows(), 3U);
    EXPECT_EQ(m_published[1].merged.infrastructure->flags[0], kRowStale);
    const SourceState state = m_engine->sourceState(0);
    EXPECT_EQ(state.phase, SourceState::Phase::Stale);
    EXPECT_EQ(state.consecutiveFailures, 1U);
    EXPECT_NE(state.reason.find("connection refused"), std::string::npos);
    EXPECT_GT(state.nextAttemptNs, m_clock->wallNs());
    advance(milliseconds(7900));
    EXPECT_EQ(source->fetches, 2);
    advance(milliseconds(4200));
    EXPECT_EQ(source->fetches, 3);
    source->answer(1); // the same data as before the failure
    run();
    ASSERT_EQ(m_published.size(), 3U);
    EXPECT_EQ(m_published[2].merged.infrastructure, m_published[0].merged.infrastructure);
    EXPECT_EQ(phase(), SourceState::Phase::Fresh);
    EXPECT_EQ(m_engine->sourceState(0).reason, "");
}

TEST_F(PollEngineTest, RepeatedFailuresSayTheirStateButPublishNothingNew)
{
    const auto source = add();
    start();
    source->answer(failure());
    run();
    EXPECT_EQ(phase(), SourceState::Phase::Failed);
    EXPECT_TRUE(m_published.empty());
    EXPECT_EQ(m_posts, 1);
    advance(seconds(15));
    source->answer(failure(ErrorCode::Cancelled));
    run();
    EXPECT_EQ(m_posts, 2);
    EXPECT_EQ(m_engine->sourceState(0).consecutiveFailures, 2U);
}

TEST_F(PollEngineTest, AutoRefreshOffIsZeroRequestsButManualWorks)
{
    const auto source = add();
    source->answerAtOnce = true;
    start();
    m_engine->setConditions({false, true, false, false});
    run();
    EXPECT_EQ(phase(), SourceState::Phase::Paused);
    const int before = source->fetches;
    advance(seconds(7200));
    EXPECT_EQ(source->fetches, before);
    m_engine->setConditions({false, false, false, false});
    m_engine->setConditions({false, true, false, false}); // shown again changes nothing while off
    advance(seconds(60));
    EXPECT_EQ(source->fetches, before);
    m_engine->refreshNow(false);
    run();
    EXPECT_EQ(source->fetches, before + 1);
    m_engine->setConditions({});
    run();
    EXPECT_EQ(phase(), SourceState::Phase::Fresh);
    advance(seconds(5));
    EXPECT_GT(source->fetches, before + 1);
}

TEST_F(PollEngineTest, HiddenIsSlowAndShownAgainIsAtOnce)
{
    const auto source = add();
    source->answerAtOnce = true;
    start();
    advance(seconds(1));
    m_engine->setConditions({true, false, false, false});
    const int before = source->fetches;
    advance(seconds(29));
    EXPECT_EQ(source->fetches, before);
    m_engine->setConditions({true, true, false, false});
    run();
    EXPECT_EQ(source->fetches, before + 1);
}

TEST_F(PollEngineTest, ASourceThatHangsTurnsStaleAndIsAskedToStop)
{
    const auto source = add();
    start();
    source->answer(1);
    advance(seconds(1));
    ASSERT_EQ(source->fetches, 2);
    advance(seconds(31));
    EXPECT_EQ(source->cancels, 1);
    EXPECT_EQ(phase(), SourceState::Phase::Stale);
    EXPECT_EQ(m_published.back().merged.infrastructure->flags[0], kRowStale);
    advance(seconds(300));
    EXPECT_EQ(source->fetches, 2);
    EXPECT_EQ(source->cancels, 1);
    source->answer(1);
    run();
    EXPECT_EQ(phase(), SourceState::Phase::Fresh);
    EXPECT_EQ(m_published.back().merged.infrastructure->flags[0], 0);
}

TEST_F(PollEngineTest, OneDeadSourceDoesNotHoldUpTheOthers)
{
    const auto dead = add("dead");
    const auto alive = add("alive");
    alive->answerAtOnce = true;
    start();
    ASSERT_EQ(m_published.size(), 1U);
    EXPECT_EQ(m_published[0].merged.infrastructure->rows(), 3U);
    advance(seconds(21));
    EXPECT_EQ(dead->fetches, 1);
    EXPECT_EQ(alive->fetches, 6);
    dead->answer(5);
    run();
    EXPECT_EQ(m_published.back().merged.infrastructure->rows(), 6U);
}

TEST_F(PollEngineTest, TheCacheShowsFirstAndNeverAfterAnAnswer)
{
    const auto source = add();
    m_engine->start(snapshotOf("a", 3, 42));
    run();
    ASSERT_EQ(m_published.size(), 1U);
    EXPECT_TRUE(m_published[0].fromCache);
    EXPECT_EQ(m_published[0].merged.infrastructure->flags[0], kRowStale);
    source->answer(42);
    run();
    ASSERT_EQ(m_published.size(), 2U);
    EXPECT_FALSE(m_published[1].fromCache);
    EXPECT_EQ(m_published[1].merged.infrastructure->flags[0], 0);
}

TEST_F(PollEngineTest, DeriveRunsBeforeThePostAndTelemetryOnlyForChanges)
{
    TelemetryRing ring(64);
    PollOptions options;
    options.telemetry = &ring;
    begin(options);
    const auto source = add();
    source->answerAtOnce = true;
    int derived = 0;
    m_engine->setDerive([&](const FleetPublish& publish) {
        EXPECT_EQ(m_posts, 0);
        ++derived;
        return std::make_shared<std::uint64_t>(publish.sequence);
    });
    start();
    advance(seconds(600));
    EXPECT_EQ(derived, 1);
    ASSERT_EQ(m_published.size(), 1U);
    EXPECT_EQ(*std::static_pointer_cast<std::uint64_t>(m_published[0].derived), 1U);
    std::vector<StageRecord> records;
    (void)ring.drain(records);
    ASSERT_EQ(records.size(), 2U);
    EXPECT_EQ(records[0].stage, Stage::Fetch);
    EXPECT_EQ(records[1].stage, Stage::Gate);
    EXPECT_EQ(records[1].rows, 4U);
}

TEST_F(PollEngineTest, ASourceThatNeverAnswersIsNotKeptAlive)
{
    std::weak_ptr<ScriptedSource> silent = add();
    start();
    ASSERT_EQ(silent.lock()->open.size(), 1U);
    m_engine->stop(milliseconds(0));
    m_engine.reset();
    EXPECT_TRUE(silent.expired());
    begin();
}

TEST_F(PollEngineTest, AfterStopNothingIsPostedWhateverArrives)
{
    const auto source = add();
    start();
    const FleetSource::Done done = source->open.front();
    EXPECT_TRUE(m_engine->stop(milliseconds(0)));
    EXPECT_EQ(source->cancels, 1);
    done(snapshotOf("a", 3, 1));
    run();
    m_engine->refreshNow(true);
    advance(seconds(60));
    EXPECT_EQ(m_posts, 0);
    EXPECT_EQ(source->fetches, 1);
    std::weak_ptr<PollEngine> weak = m_engine;
    begin();
    EXPECT_TRUE(weak.expired()); // an answer that is still held does not keep the engine
}

} // namespace
} // namespace tracedeck
