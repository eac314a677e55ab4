// SPDX-License-Identifier: GPL-3.0-or-later
// The poller with real threads and a real clock; run under the thread sanitizer too.
#include "refresh/poller.h"

#include "scripted_fleet.h"

#include <QSignalSpy>
#include <QTest>
#include <QThread>
#include <atomic>
#include <condition_variable>
#include <gtest/gtest.h>
#include <mutex>

namespace tracedeck {
namespace {

/// Answers on the calling worker, changing every time; can be held up inside fetch().
class BlockingSource final : public FleetSource {
public:
    explicit BlockingSource(std::string name) : m_name(std::move(name)) { }
    [[nodiscard]] std::string instance() const override { return m_name; }
    [[nodiscard]] std::string label() const override { return m_name; }
    [[nodiscard]] std::chrono::milliseconds cadence() const override { return std::chrono::milliseconds(1); }
    void fetch(const FetchRequest&, Done done) override
    {
        EXPECT_FALSE(m_inside.exchange(true)) << "fetched twice at once";
        {
            std::unique_lock lock(m_mutex);
            ++m_entered;
            m_changed.notify_all();
            m_changed.wait(lock, [this] { return !m_hold || m_cancelled; });
        }
        const double value = static_cast<double>(++m_count);
        m_inside = false;
        done(snapshotOf(m_name, 50, value));
    }
    void cancel() override
    {
        const std::lock_guard lock(m_mutex);
        m_cancelled = true;
        m_changed.notify_all();
    }
    void hold()
    {
        const std::lock_guard lock(m_mutex);
        m_hold = true;
    }
    void awaitEntered(int count)
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_entered >= count; });
    }

private:
    std::string m_name;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_hold = false;
    bool m_cancelled = false;
    int m_entered = 0;
    std::atomic<bool> m_inside{false};
    std::atomic<int> m_count{0};
};

PollOptions quick()
{
    PollOptions options;
    options.secondSample = std::chrono::milliseconds(1);
    return options;
}

TEST(Poller, PublishesOnItsOwnThreadInOrder)
{
    Poller poller(quick());
    poller.addSource(std::make_shared<BlockingSource>("a"));
    poller.addSource(std::make_shared<BlockingSource>("b"));
    std::uint64_t last = 0;
    int count = 0;
    QObject context;
    QObject::connect(&poller, &Poller::published, &context, [&](const FleetPublish& publish) {
        EXPECT_EQ(QThread::currentThread(), poller.thread());
        EXPECT_GT(publish.sequence, last);
        last = publish.sequence;
        ++count;
    });
    std::atomic<bool> derivedElsewhere{true};
    poller.setDerive([&](const FleetPublish&) {
        derivedElsewhere = derivedElsewhere && QThread::currentThread() != poller.thread();
        return nullptr;
    });
    poller.start();
    ASSERT_TRUE(QTest::qWaitFor([&] { return count >= 20; }, 20000));
    EXPECT_TRUE(derivedElsewhere);
    EXPECT_EQ(poller.current().infrastructure->rows(), 100U);
    EXPECT_EQ(poller.sourceLabel(1), "b");
}

TEST(Poller, ConditionsMayChangeWhileFetchesRun)
{
    Poller poller(quick());
    poller.addSource(std::make_shared<BlockingSource>("a"));
    const QSignalSpy published(&poller, &Poller::published);
    poller.start();
    for (int i = 0; i < 200; ++i) {
        poller.setVisible(i % 2 == 0);
        poller.setIdle(i % 3 == 0);
        poller.refreshNow(i % 5 == 0);
        (void)poller.sourceState(0);
        (void)poller.counters();
    }
    poller.setVisible(true);
    poller.refreshNow();
    ASSERT_TRUE(QTest::qWaitFor([&] { return published.count() >= 2; }, 20000));
}

TEST(Poller, AutoRefreshOffFromTheStartFetchesNothing)
{
    Poller poller(quick());
    auto source = std::make_shared<BlockingSource>("a");
    poller.addSource(source);
    poller.setAutoRefresh(false);
    poller.start();
    EXPECT_EQ(poller.counters().requests, 0U);
    const QSignalSpy published(&poller, &Poller::published);
    poller.refreshNow();
    ASSERT_TRUE(QTest::qWaitFor([&] { return published.count() == 1; }, 20000));
    EXPECT_EQ(poller.counters().requests, 1U);
}

TEST(Poller, MayBeDestroyedWhileAFetchRuns)
{
    auto source = std::make_shared<BlockingSource>("a");
    source->hold();
    {
        Poller poller(quick());
        poller.addSource(source);
        poller.start();
        source->awaitEntered(1);
    }
    EXPECT_EQ(source.use_count(), 1);
}

TEST(Poller, MayBeDestroyedAtAnyMoment)
{
    for (int i = 0; i < 30; ++i) {
        Poller poller(quick());
        poller.addSource(std::make_shared<BlockingSource>("a"));
        poller.addSource(std::make_shared<BlockingSource>("b"));
        poller.start(snapshotOf("a", 5, 1));
        while (poller.counters().requests < static_cast<std::uint64_t>(i % 7)) {
            QThread::yieldCurrentThread();
        }
    }
}

} // namespace
} // namespace tracedeck
