// SPDX-License-Identifier: GPL-3.0-or-later
// Sources that come, go, pause and speak up while the engine runs; none of them may hurt the others.
#include "scripted_fleet.h"

#include <gtest/gtest.h>

namespace tracedeck {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// A scripted source that can tell it has news.
class TalkingSource final : public FleetSource {
public:
    [[nodiscard]] std::string instance() const override { return "talking"; }
    [[nodiscard]] std::string label() const override { return "talking"; }
    [[nodiscard]] milliseconds cadence() const override { return seconds(60); }
    void fetch(const FetchRequest& /*request*/, Done done) override
    {
        ++fetches;
        done(fails ? Result<FleetSnapshot>(failure()) : snapshotOf("t", 1, fetches));
    }
    void cancel() override { }
    [[nodiscard]] bool isPushing() const override { return true; }
    void setNewsListener(std::function<void()> listener) override { news = std::move(listener); }

    std::function<void()> news;
    int fetches = 0;
    bool fails = false;
};

class PollSources : public testing::Test {
protected:
    PollSources()
        : m_engine(std::make_shared<PollEngine>(m_clock, m_executor, PollOptions(), [this](PollEvent event) {
              if (event.publish) {
                  m_shown = event.publish->merged;
                  m_merged = event.publish->mergedKeys;
              }
          }))
    { }
    ~PollSources() override { m_engine->stop(milliseconds(0)); }
    PollSources(const PollSources&) = delete;
    PollSources& operator=(const PollSources&) = delete;

    std::shared_ptr<ScriptedSource> add(const std::string& name, bool answers = true)
    {
        auto source = std::make_shared<ScriptedSource>(name);
        source->answerAtOnce = answers;
        m_engine->addSource(source);
        m_executor->drain();
        return source;
    }
    void start()
    {
        m_engine->start(std::nullopt);
        m_executor->drain();
    }
    void advance(milliseconds by)
    {
        m_clock->advance(by, [this] { m_executor->drain(); });
    }
    [[nodiscard]] std::size_t hosts() const { return m_shown.infrastructure ? m_shown.infrastructure->rows() : 0; }

    std::shared_ptr<FakeClock> m_clock = std::make_shared<FakeClock>();
    std::shared_ptr<ManualExecutor> m_executor = std::make_shared<ManualExecutor>();
    FleetSnapshot m_shown;
    std::shared_ptr<const MergedKeys> m_merged;
    std::shared_ptr<PollEngine> m_engine;
};

/// The scripted hosts of `name`, the first of them a machine with this id.
FleetSnapshot machineOf(const std::string& name, const std::string& machineId)
{
    FleetSnapshot snapshot = snapshotOf(name, 1, 1.0);
    auto hosts = std::make_shared<InfrastructureTable>(*snapshot.infrastructure);
    hosts->machineId[0] = hosts->strings.intern(machineId);
    hosts->finish();
    snapshot.infrastructure = hosts;
    return snapshot;
}

TEST_F(PollSources, EachSourceCountsItsAnswersAndThoseThatChangedNothing)
{
    const auto still = add("still");
    const auto moving = add("moving", false);
    start();
    moving->answer(1);
    advance(seconds(1));
    moving->answer(2);
    advance(seconds(5));
    moving->open.front()(failure());
    m_executor->drain();
    const std::vector<SourceStatus> states = m_engine->sources();
    ASSERT_EQ(states.size(), 2U);
    EXPECT_EQ(states[0].answers, static_cast<std::uint64_t>(still->fetches));
    EXPECT_GT(states[0].answers, 2U);
    EXPECT_EQ(states[0].unchanged, states[0].answers - 1) << "all but the first one";
    EXPECT_EQ(states[1].answers, 2U) << "a failure is none";
    EXPECT_EQ(states[1].unchanged, 0U);
    EXPECT_EQ(m_engine->counters().unchanged, states[0].unchanged);
    EXPECT_TRUE(still->requests.back().newest) << "a poll wants to know how it is now";
}

TEST_F(PollSources, APublishSaysByWhichOtherKeysItsRowsAreKnown)
{
    const auto a = add("a", false);
    const auto b = add("b", false);
    start();
    const FleetSnapshot one = machineOf("a", "m1");
    const FleetSnapshot two = machineOf("b", "m1");
    a->answer(one);
    m_executor->drain();
    EXPECT_EQ(m_merged, nullptr);
    b->answer(two);
    m_executor->drain();
    ASSERT_EQ(hosts(), 1U);
    ASSERT_NE(m_merged, nullptr);
    const RowKey shown = m_shown.infrastructure->keys[0];
    EXPECT_EQ(keysOf(*m_merged, shown),
              (std::vector<RowKey>{one.infrastructure->keys[0], two.infrastructure->keys[0]}));
}

TEST_F(PollSources, OneAddedLaterIsFetchedAndJoinsTheTable)
{
    add("a");
    start();
    EXPECT_EQ(hosts(), 3U);
    const auto late = add("b");
    advance(milliseconds(1));
    EXPECT_EQ(late->fetches, 1);
    EXPECT_EQ(hosts(), 6U);
}

TEST_F(PollSources, ARemovedOneTakesItsRowsAndIsNotFetchedAgain)
{
    add("a");
    const auto gone = add("b");
    start();
    EXPECT_EQ(hosts(), 6U);
    m_engine->removeSource("b");
    m_engine->removeSource("nobody");
    m_executor->drain();
    EXPECT_EQ(hosts(), 3U);
    const int fetches = gone->fetches;
    advance(seconds(30));
    m_engine->refreshNow(true);
    m_executor->drain();
    EXPECT_EQ(gone->fetches, fetches);
    ASSERT_EQ(m_engine->sources().size(), 1U);
    EXPECT_EQ(m_engine->sources()[0].instance, "a");
    add("b");
    advance(milliseconds(1));
    EXPECT_EQ(hosts(), 6U) << "the same connection may come back";
}

TEST_F(PollSources, TheLastOneRemovedLeavesAnEmptyTable)
{
    add("a");
    start();
    m_engine->removeSource("a");
    m_executor->drain();
    EXPECT_EQ(hosts(), 0U);
}

TEST_F(PollSources, AnAnswerOfARemovedOneIsDropped)
{
    add("a");
    const auto slow = add("b", false);
    start();
    m_engine->removeSource("b");
    m_executor->drain();
    EXPECT_EQ(slow->cancels, 1);
    slow->answer(1.0);
    m_executor->drain();
    EXPECT_EQ(hosts(), 3U);
}

TEST_F(PollSources, APausedOneKeepsItsRowsAndRests)
{
    const auto source = add("a");
    start();
    m_engine->setSourcePaused("a", true);
    m_executor->drain();
    const int fetches = source->fetches;
    advance(seconds(60));
    m_engine->refreshNow(false);
    m_executor->drain();
    EXPECT_EQ(source->fetches, fetches);
    EXPECT_EQ(hosts(), 3U);
    EXPECT_EQ(m_engine->sources()[0].state.phase, SourceState::Phase::Paused);
    m_engine->setSourcePaused("a", false);
    advance(milliseconds(1));
    EXPECT_EQ(source->fetches, fetches + 1);
    EXPECT_EQ(m_engine->sources()[0].state.phase, SourceState::Phase::Fresh);
}

TEST_F(PollSources, ADeadOneAndASlowOneDoNotHoldUpTheOthers)
{
    const auto good = add("a");
    const auto dead = add("dead", false);
    const auto slow = add("slow", false);
    start();
    dead->answer(failure());
    advance(seconds(20));
    EXPECT_GE(good->fetches, 4);
    EXPECT_EQ(slow->fetches, 1);
    EXPECT_EQ(hosts(), 3U);
    const auto all = m_engine->sources();
    EXPECT_EQ(all[0].state.phase, SourceState::Phase::Fresh);
    EXPECT_EQ(all[1].state.phase, SourceState::Phase::Failed);
    EXPECT_EQ(all[2].state.phase, SourceState::Phase::Connecting);
    advance(seconds(40));
    EXPECT_EQ(m_engine->sources()[2].state.phase, SourceState::Phase::Failed);
    EXPECT_EQ(slow->cancels, 1);
}

TEST_F(PollSources, NewsIsFetchedSoonButPaced)
{
    const auto source = std::make_shared<TalkingSource>();
    m_engine->addSource(source);
    start();
    advance(seconds(10)); // first fetch and second sample are over
    EXPECT_TRUE(m_engine->sources()[0].state.push);
    const int fetches = source->fetches;
    for (int i = 0; i < 100; ++i) {
        source->news();
    }
    EXPECT_EQ(source->fetches, fetches);
    advance(milliseconds(800));
    EXPECT_EQ(source->fetches, fetches + 1);
    source->news();
    advance(milliseconds(2499));
    EXPECT_EQ(source->fetches, fetches + 1) << "fetches keep their distance";
    advance(milliseconds(1));
    EXPECT_EQ(source->fetches, fetches + 2);
}

TEST_F(PollSources, NewsDoesNotOvercomeBackOffOrAutoRefreshOff)
{
    const auto source = std::make_shared<TalkingSource>();
    m_engine->addSource(source);
    start();
    advance(seconds(10));
    source->fails = true;
    source->news();
    advance(seconds(3));
    const int fetches = source->fetches;
    source->news();
    advance(seconds(10));
    EXPECT_EQ(source->fetches, fetches);
    source->fails = false;
    RefreshConditions off;
    off.autoRefresh = false;
    m_engine->setConditions(off);
    source->news();
    advance(seconds(300));
    EXPECT_EQ(source->fetches, fetches);
}

} // namespace
} // namespace tracedeck
