// SPDX-License-Identifier: GPL-3.0-or-later
// An hour of idle, in fake time, through engine, feed and page: nothing is painted, no own trace is made.
// An hour in which something changes each minute makes one trace per change and no more.
#include "app/own_traces.h"
#include "app/table_feed.h"
#include "models/workload_columns.h"
#include "refresh/poll_engine.h"
#include "tests/app/idle_parts.h"
#include "views/fleet_page.h"
#include "views/grouped_table_view.h"

#include <QTest>
#include <QThreadPool>
#include <gtest/gtest.h>
#include <set>

using namespace tracedeck;
using namespace tracedeck::tests;

namespace {

class IdleHour : public testing::Test {
protected:
    IdleHour()
        : m_model(workloadColumns()),
          m_page(workloadsPageSetup([] { return std::int64_t{0}; }), &m_model),
          m_feed(workloadDomain(), &m_model, &m_workers, [] { return std::int64_t{0}; })
    {
        QObject::connect(&m_page, &FleetPage::choiceChanged, &m_feed, &TableFeed::setChoice);
        QObject::connect(&m_feed, &TableFeed::summaryChanged, &m_page, &FleetPage::setSummary);
        m_feed.setTelemetry(&m_ring);
        m_feed.setChoice(m_page.choice());
        PollOptions options;
        options.telemetry = &m_ring;
        m_engine = std::make_shared<PollEngine>(m_clock, std::make_shared<AtOnce>(), options, [this](PollEvent event) {
            ++m_posts;
            if (event.publish) {
                m_feed.setSnapshot(TableSnapshot(event.publish->merged.workloads), 1, event.publish->sequence);
            }
        });
        m_engine->addSource(m_source);
    }
    void SetUp() override
    {
        m_page.resize(1280, 760);
        m_page.show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&m_page));
        m_engine->start(std::nullopt);
        m_clock->advance(std::chrono::seconds(30));
        ASSERT_TRUE(settled());
        m_page.table()->viewport()->installEventFilter(&m_counter);
        m_page.table()->viewport()->update(); // whatever was still to be painted is painted with it
        ASSERT_TRUE(QTest::qWaitFor([this] { return m_counter.paints > 0; }));
        ASSERT_TRUE(settled());
        traces();
        m_counter.paints = 0;
        m_posts = 0;
    }
    void TearDown() override { m_engine->stop(std::chrono::seconds(1)); }
    /// Derived, applied, painted.
    bool settled()
    {
        const bool derived = QTest::qWaitFor([this] { return m_feed.isSettled(); });
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
        return derived;
    }
    /// Own traces of what was recorded since the last call.
    std::size_t traces()
    {
        std::vector<StageRecord> records;
        EXPECT_EQ(m_ring.drain(records), 0U) << "the ring was too small for what happened";
        const SpanTable spans = ownSpans(records, 1, "test");
        return std::set<TraceId>(spans.traceId.begin(), spans.traceId.end()).size();
    }

    QThreadPool m_workers;
    TelemetryRing m_ring;
    GroupedTableModel m_model;
    FleetPage m_page;
    TableFeed m_feed;
    PaintCounter m_counter;
    std::shared_ptr<HandClock> m_clock = std::make_shared<HandClock>();
    std::shared_ptr<QuietSource> m_source = std::make_shared<QuietSource>();
    std::shared_ptr<PollEngine> m_engine;
    int m_posts = 0;
};

} // namespace

TEST_F(IdleHour, paintsNothingAndTracesNothing)
{
    const int before = m_source->fetches;
    m_clock->advance(std::chrono::hours(1));
    ASSERT_TRUE(settled());
    EXPECT_GE(m_source->fetches - before, 600) << "it was polled all the while";
    EXPECT_EQ(m_posts, 0);
    EXPECT_EQ(m_counter.paints, 0);
    EXPECT_EQ(traces(), 0U);
}

TEST_F(IdleHour, aChangeEachMinuteMakesOneTraceEach)
{
    std::size_t made = 0;
    for (int minute = 0; minute < 60; ++minute) {
        m_source->bump = minute + 1;
        m_clock->advance(std::chrono::minutes(1));
        ASSERT_TRUE(settled());
        made += traces();
    }
    EXPECT_EQ(made, 60U);
    EXPECT_EQ(m_posts, 60);
    EXPECT_GE(m_counter.paints, 1);
    EXPECT_LE(m_counter.paints, 120) << "one for the values, at most one more for what they move";
}
