// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application.h"
#include "app/history_keeper.h"
#include "app/history_wiring.h"
#include "app/table_feed.h"
#include "models/grouped_table_model.h"
#include "refresh/history_fill.h"
#include "refresh/poller.h"
#include "tests/app/scripted_source.h"
#include "views/course_book.h"
#include "views/detail_drawer.h"
#include "views/grouped_table_view.h"
#include "views/history_view.h"
#include "views/host_cards.h"
#include "views/main_window.h"
#include "views/summary_strip.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <gtest/gtest.h>
#include <semaphore>

using namespace tracedeck;
using namespace tracedeck::tests;

namespace {

constexpr std::int64_t kSecondNs = 1'000'000'000;
constexpr std::int64_t kStartNs = 1'800'000'000 * kSecondNs;

FleetSnapshot snapshotOf(std::size_t workloads)
{
    FleetSnapshot snapshot;
    snapshot.infrastructure = scriptedHosts();
    snapshot.workloads = scriptedWorkloads(workloads);
    return snapshot;
}

class KeeperTest : public testing::Test {
protected:
    HistoryKeeper& keeper()
    {
        if (m_keeper == nullptr) {
            m_keeper = std::make_unique<HistoryKeeper>(
                HistoryStoreOptions{}, [this] { return m_now; }, [this] { return m_alive; });
        }
        return *m_keeper;
    }
    void settle()
    {
        ASSERT_TRUE(QTest::qWaitFor([this] { return keeper().isSettled() && keeper().frame(HistoryRange::Hour); }));
    }
    std::int64_t m_now = kStartNs;
    bool m_alive = true;
    std::unique_ptr<HistoryKeeper> m_keeper;
    QObject m_context; ///< goes first: what is answered after a test reaches nobody
};

} // namespace

TEST(FrameInterval, slowsDownWhenNobodyWorks)
{
    EXPECT_EQ(frameIntervalNs(HistoryRange::Hour, 0), 30 * kSecondNs);
    EXPECT_EQ(frameIntervalNs(HistoryRange::Hour, 119 * kSecondNs), 30 * kSecondNs);
    EXPECT_EQ(frameIntervalNs(HistoryRange::Hour, 120 * kSecondNs), 60 * kSecondNs);
    EXPECT_EQ(frameIntervalNs(HistoryRange::Hour, 600 * kSecondNs), 120 * kSecondNs);
    EXPECT_EQ(frameIntervalNs(HistoryRange::Week, 0), 120 * kSecondNs);
}

TEST(FrameBuckets, followTheNumberOfRows)
{
    EXPECT_EQ(frameBuckets(HistoryRange::Hour, 10), 60U) << "the record has minutes";
    EXPECT_EQ(frameBuckets(HistoryRange::Hour, 10'000), 48U);
    EXPECT_EQ(frameBuckets(HistoryRange::Day, 10), 180U);
    EXPECT_EQ(frameBuckets(HistoryRange::Day, 130), 120U);
}

TEST_F(KeeperTest, aGrowingListIsNoReasonToFetch)
{
    keeper().setSnapshot(snapshotOf(10));
    settle();
    const std::uint64_t fetches = keeper().fetches();
    EXPECT_EQ(fetches, 1U);
    for (std::size_t rows = 11; rows < 40; ++rows) {
        keeper().setSnapshot(snapshotOf(rows));
    }
    EXPECT_EQ(keeper().fetches(), fetches) << "new rows wait for the regular fetch";
    m_now += 31 * kSecondNs;
    ASSERT_TRUE(QTest::qWaitFor([&] { return keeper().fetches() == fetches + 1 && keeper().isSettled(); }));
    EXPECT_EQ(keeper().frame(HistoryRange::Hour)->rows(), 39U + scriptedHosts()->rows());
}

TEST_F(KeeperTest, everyConsumerSharesOneFetchPerRange)
{
    QObject first;
    QObject second;
    keeper().setSnapshot(snapshotOf(10));
    settle();
    keeper().want(&first, HistoryRange::Day);
    keeper().want(&second, HistoryRange::Day);
    ASSERT_TRUE(QTest::qWaitFor([&] { return keeper().frame(HistoryRange::Day) != nullptr; }));
    EXPECT_EQ(keeper().fetches(), 2U) << "one for the hour, one for the day";
    keeper().want(&first, std::nullopt);
    EXPECT_NE(keeper().frame(HistoryRange::Day), nullptr) << "the other still shows it";
    keeper().want(&second, std::nullopt);
    EXPECT_EQ(keeper().frame(HistoryRange::Day), nullptr) << "what nobody shows holds no memory";
    EXPECT_NE(keeper().frame(HistoryRange::Hour), nullptr);
}

TEST_F(KeeperTest, hiddenItFetchesNothingShownAgainAtOnce)
{
    keeper().setSnapshot(snapshotOf(5));
    settle();
    keeper().setVisible(false);
    const std::uint64_t fetches = keeper().fetches();
    m_now += 3'600 * kSecondNs;
    keeper().want(nullptr, HistoryRange::Hour);
    EXPECT_EQ(keeper().fetches(), fetches);
    keeper().setVisible(true);
    EXPECT_EQ(keeper().fetches(), fetches + 1);
    settle();
}

/// A server that knows ten minutes of one row before the window opened; slow when told to be.
class PastServer final : public HistorySource {
public:
    explicit PastServer(RowKey key) : m_key(key) { }
    [[nodiscard]] std::string label() const override { return "recorded by Home"; }
    [[nodiscard]] std::vector<HistorySeries> read(RowKey key, HistoryRange, std::int64_t nowNs) const override
    {
        ++asked;
        wait();
        std::vector<HistorySeries> all{{MetricId::Cpu, {}}};
        if (key == m_key) {
            all[0].points.push_back({nowNs - 600 * kSecondNs, 77.0F, 77.0F});
        }
        return all;
    }
    [[nodiscard]] std::shared_ptr<const HistoryFrame> frame(std::vector<RowKey> keys, HistoryRange range,
                                                            std::uint32_t buckets, std::int64_t nowNs) const override
    {
        ++asked;
        wait();
        auto frame = emptyFrame(std::move(keys), range, buckets, nowNs);
        if (const std::size_t row = frame->rowOf(m_key); row != SIZE_MAX) {
            fillFrameLine(*frame, row, MetricId::Cpu, {{nowNs - 600 * kSecondNs, 77.0F, 77.0F}}, 0);
        }
        return frame;
    }
    void abandon() override { gone.release(); }

    mutable std::atomic<int> asked = 0;
    std::atomic<bool> hangs = false;
    mutable std::counting_semaphore<8> gone{0};

private:
    void wait() const
    {
        if (hangs) {
            gone.acquire();
            gone.release();
        }
    }
    RowKey m_key;
};

TEST_F(KeeperTest, whatAServerKeptStandsBeforeTheOwnRecord)
{
    const RowKey key = scriptedWorkloads(3)->keys[1];
    const auto server = std::make_shared<PastServer>(key);
    keeper().setSources({server});
    keeper().setSnapshot(snapshotOf(3));
    const auto hasPast = [&] {
        const auto frame = keeper().frame(HistoryRange::Hour);
        const std::size_t row = frame == nullptr ? SIZE_MAX : frame->rowOf(key);
        const auto line = row == SIZE_MAX ? std::span<const MetricCode>() : frame->line(row, MetricId::Cpu);
        return std::any_of(line.begin(), line.end(),
                           [](MetricCode code) { return code == encodeMetric(MetricId::Cpu, 77.0); });
    };
    EXPECT_TRUE(QTest::qWaitFor(hasPast));
    const int asked = server->asked;
    keeper().setSources({server}); // nothing new
    keeper().setSnapshot(snapshotOf(3));
    settle();
    EXPECT_EQ(server->asked, asked) << "a poll is no reason to ask";
    std::vector<std::string> labels;
    std::size_t points = 0;
    keeper().read(key, HistoryRange::Hour, &m_context,
                  [&](std::vector<HistorySeries> series, const std::string& label) {
                      labels.push_back(label);
                      points = series[0].points.size();
                  });
    ASSERT_TRUE(QTest::qWaitFor([&] { return labels.size() == 2; }));
    EXPECT_EQ(labels[0], "recorded by this window") << "at once";
    EXPECT_EQ(labels[1], "recorded by this window, earlier recorded by Home");
    EXPECT_EQ(points, 2U);
}

TEST_F(KeeperTest, aSilentServerHoldsUpNeitherTheRecordNorTheEnd)
{
    const RowKey key = scriptedWorkloads(3)->keys[1];
    const auto server = std::make_shared<PastServer>(key);
    server->hangs = true;
    keeper().setSources({server});
    keeper().setSnapshot(snapshotOf(3));
    settle();
    std::string label;
    keeper().read(key, HistoryRange::Hour, &m_context,
                  [&](const std::vector<HistorySeries>&, const std::string& told) { label = told; });
    EXPECT_TRUE(QTest::qWaitFor([&] { return !label.empty(); }));
    EXPECT_EQ(label, "recorded by this window");
    m_keeper.reset(); // does not wait for it
    EXPECT_EQ(server.use_count(), 1);
}

TEST_F(KeeperTest, whileNothingAnswersTheCourseHasAGap)
{
    keeper().setSnapshot(snapshotOf(3));
    settle();
    const RowKey key = scriptedWorkloads(3)->keys[1];
    std::vector<HistorySeries> got;
    const auto readHour = [&] {
        got.clear();
        keeper().read(key, HistoryRange::Hour, &m_context,
                      [&](std::vector<HistorySeries> series, const std::string&) { got = std::move(series); });
        ASSERT_TRUE(QTest::qWaitFor([&] { return !got.empty(); }));
    };
    readHour();
    EXPECT_EQ(got[0].points.size(), 1U);
    m_alive = false;
    m_now += 60 * kSecondNs;
    const std::uint64_t fetches = keeper().fetches();
    ASSERT_TRUE(QTest::qWaitFor([&] { return keeper().fetches() > fetches; })); // the timer ran, nothing was sampled
    readHour();
    EXPECT_EQ(got[0].points.size(), 1U);
    m_alive = true;
    m_now += 60 * kSecondNs;
    ASSERT_TRUE(QTest::qWaitFor([&] {
        readHour();
        return !got.empty() && got[0].points.size() > 1;
    }));
    EXPECT_TRUE(got[0].points[1].isGap());
}

TEST_F(KeeperTest, aPastThatIsKnownComesFirst)
{
    const RowKey key = scriptedWorkloads(3)->keys[1];
    keeper().fillPast([key, now = m_now](HistoryStore& store) {
        std::vector<HistoryStore::PastSample> hour;
        for (int minute = 30; minute > 0; --minute) {
            MetricSample values;
            values.fill(33);
            hour.push_back({now - minute * 60 * kSecondNs, values});
        }
        store.addPast(key, hour, HistoryLevel::Day, {});
    });
    keeper().setSnapshot(snapshotOf(3));
    settle();
    const auto frame = keeper().frame(HistoryRange::Hour);
    const auto line = frame->line(frame->rowOf(key), MetricId::Cpu);
    EXPECT_GE(static_cast<int>(line.size()) - std::count(line.begin(), line.end(), kMissingCode), 29);
}

namespace {

/// The window over the scripted fleet, history included.
class HistoryFlow : public testing::Test {
protected:
    void SetUp() override
    {
        m_options.dataDir = m_dir.path();
        m_options.listen = QStringLiteral("off");
        m_options.size = QSize(1440, 900);
        m_options.page = QStringLiteral("workloads");
        open();
    }
    void open()
    {
        m_app = std::make_unique<Application>(m_options, *qApp, std::make_shared<ScriptedSource>(40));
        m_app->start();
        ASSERT_TRUE(QTest::qWaitForWindowActive(&m_app->window()));
        ASSERT_TRUE(QTest::qWaitFor([this] {
            return page().model()->rowCount() > 0 && m_app->history().frame(HistoryRange::Hour) != nullptr;
        }));
    }
    [[nodiscard]] FleetPage& page() { return m_app->fleetPage(QStringLiteral("workloads")); }
    [[nodiscard]] HistoryWiring& wiring() { return m_app->historyOf(QStringLiteral("workloads")); }
    void key(Qt::Key code, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        ASSERT_NE(QApplication::focusWidget(), nullptr);
        QTest::keyClick(QApplication::focusWidget(), code, modifiers);
    }

    QTemporaryDir m_dir;
    AppOptions m_options;
    std::unique_ptr<Application> m_app;
};

} // namespace

TEST_F(HistoryFlow, theStripOpensByKeyAndStaysOpen)
{
    EXPECT_FALSE(wiring().isStripShown());
    key(Qt::Key_B);
    EXPECT_TRUE(wiring().isStripShown());
    EXPECT_EQ(wiring().strip().visibleRows(), 40U);
    page().setQueryText(QStringLiteral("svc-00"));
    ASSERT_TRUE(QTest::qWaitFor([this] { return wiring().strip().visibleRows() == 10U; }));
    m_app.reset();
    open();
    EXPECT_TRUE(wiring().isStripShown()) << "kept in the settings";
}

TEST_F(HistoryFlow, linesReplaceBarsByKey)
{
    key(Qt::Key_B, Qt::ShiftModifier);
    EXPECT_TRUE(wiring().areLinesShown());
    EXPECT_TRUE(wiring().courses().frame() != nullptr);
    key(Qt::Key_B, Qt::ShiftModifier);
    EXPECT_FALSE(wiring().areLinesShown());
}

TEST_F(HistoryFlow, historyOpensInTheDrawerAndFollowsTheRow)
{
    page().table()->setCurrentKey(page().model()->rowKey(2));
    key(Qt::Key_I);
    ASSERT_TRUE(page().isDrawerOpen());
    EXPECT_EQ(page().drawer()->currentTab(), QStringLiteral("history"));
    auto* view = page().drawer()->findChild<HistoryView*>();
    ASSERT_TRUE(QTest::qWaitFor([&] { return view->charts()[0] != nullptr && view->charts()[0]->isVisible(); }));
    const RowKey before = page().table()->currentKey();
    key(Qt::Key_J);
    EXPECT_NE(page().table()->currentKey(), before);
    EXPECT_EQ(page().drawer()->facts().key, page().table()->currentKey()) << "next row while open";
    EXPECT_EQ(page().drawer()->currentTab(), QStringLiteral("history")) << "and the tab stays";
    ASSERT_TRUE(QTest::qWaitFor([&] { return view->charts()[0] != nullptr && view->charts()[0]->isVisible(); }));
    page().drawer()->setWantedWidth(500);
    Q_EMIT page().drawer()->widthChosen(500);
    m_app.reset();
    open();
    EXPECT_EQ(page().drawer()->wantedWidth(), 500) << "kept in the settings";
}

TEST_F(HistoryFlow, pointingAtARowAndAtACardMeetEachOther)
{
    key(Qt::Key_B);
    const RowKey row = page().model()->rowKey(3);
    page().table()->pointAt(row);
    EXPECT_EQ(page().table()->hoverKey(), row);
    Q_EMIT wiring().strip().rowPointed(page().model()->rowKey(5));
    EXPECT_EQ(page().table()->hoverKey(), page().model()->rowKey(5));
    Q_EMIT wiring().strip().rowPointed(0);
    EXPECT_EQ(page().table()->hoverKey(), 0U);
}
