// SPDX-License-Identifier: GPL-3.0-or-later
// The traces page by itself: what it asks for, what it says, Esc and links. With a controller: tests/app.
#include "views/traces_page.h"

#include "models/grouped_table_model.h"
#include "selectors/plan_diff.h"
#include "selectors/trace_listing.h"
#include "tests/support/query_tables.h"
#include "tests/support/span_builder.h"
#include "views/flat_button.h"
#include "views/grouped_table_view.h"
#include "views/segment_bar.h"
#include "views/trace_detail_view.h"
#include "views/waterfall_view.h"

#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

using namespace tracedeck;
using testing_support::SpanBuilder;

namespace {

const QString kSlow = QStringLiteral("4bf92f3577b34da6a3ce929d0e0e4736");

class TracesPageTest : public testing::Test {
protected:
    TracesPageTest()
    {
        m_page.resize(1280, 800);
        m_page.show();
    }
    void SetUp() override { ASSERT_TRUE(QTest::qWaitForWindowActive(&m_page)); }

    void fill(TracesPage::ListState state = {})
    {
        auto listing = std::make_shared<TraceListing>();
        listing->table = tests::sampleTraces();
        listing->maxDurationNs = 2'000'000'000;
        auto plan = std::make_shared<const RowPlan>(planTraces(*listing, {}, 3));
        TableUpdate update;
        update.snapshot = TableSnapshot(std::shared_ptr<const TraceListing>(listing));
        update.base = m_page.model()->plan();
        update.plan = plan;
        update.diff = diffPlans(*update.base, *plan);
        m_page.model()->apply(std::move(update));
        state.loaded = 3;
        m_page.setListState(state);
    }
    void open()
    {
        m_page.openTraceId(kSlow);
        SpanBuilder b;
        b.span(1, 0, 0, 100, "GET /").span(2, 1, 10, 20, "SELECT", "db", SpanStatus::Error);
        m_page.showTrace(kSlow, buildTraceContent(std::make_shared<const SpanTable>(b.table())));
    }
    [[nodiscard]] FlatButton* button(const QString& text)
    {
        for (auto* candidate : m_page.findChildren<FlatButton*>()) {
            if (!candidate->isHidden() && candidate->text() == text) {
                return candidate;
            }
        }
        return nullptr;
    }
    [[nodiscard]] bool says(const QString& text)
    {
        const auto labels = m_page.findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(),
                           [&](const QLabel* label) { return label->isVisible() && label->text().contains(text); });
    }
    [[nodiscard]] SegmentBar* segments(int index) { return m_page.findChildren<SegmentBar*>().at(index); }

    TracesPage m_page;
    QSignalSpy m_choices{&m_page, &TracesPage::choiceChanged};
};

} // namespace

TEST_F(TracesPageTest, SaysHowManyOfHowManyAreLoaded)
{
    TracesPage::ListState state;
    state.matching = 4812;
    fill(state);
    EXPECT_TRUE(says(QStringLiteral("3 of at least 4,812 loaded"))) << "a count that may be larger says so";
    state.matchingKnown = true;
    fill(state);
    EXPECT_TRUE(says(QStringLiteral("3 of 4,812 loaded")));
    state.problem = QStringLiteral("The collector does not answer");
    fill(state);
    EXPECT_TRUE(says(QStringLiteral("The collector does not answer")));
    EXPECT_EQ(m_page.table()->model()->rowCount(), 3) << "old rows stay";
}

TEST_F(TracesPageTest, AProblemIsSaidOnceWhereThereIsNothingToList)
{
    const QString problem = QStringLiteral("Nobody answers there");
    const auto timesSaid = [&] {
        const auto labels = m_page.findChildren<QLabel*>();
        return std::count_if(labels.begin(), labels.end(), [&](const QLabel* label) {
            return label->isVisible() && label->text().contains(problem);
        });
    };
    TracesPage::ListState state;
    state.problem = problem;
    m_page.setListState(state);
    EXPECT_EQ(timesSaid(), 1);
    state.total = 7; // the empty state speaks of the filter
    m_page.setListState(state);
    EXPECT_EQ(timesSaid(), 1);
}

TEST_F(TracesPageTest, NewOnesWaitBehindTheButtonAndMoreIsLoadedOnce)
{
    const QSignalSpy waiting(&m_page, &TracesPage::waitingRequested);
    const QSignalSpy more(&m_page, &TracesPage::loadMoreRequested);
    TracesPage::ListState state;
    state.waiting = 12;
    state.more = true;
    fill(state);
    button(QStringLiteral("12 new \u2191"))->click();
    button(QStringLiteral("Load more"))->click();
    EXPECT_EQ(waiting.count(), 1);
    EXPECT_EQ(more.count(), 1);
    state.loading = true;
    state.waiting = 0;
    fill(state);
    EXPECT_FALSE(button(QStringLiteral("Loading\u2026"))->isEnabled());
    EXPECT_EQ(button(QStringLiteral("12 new \u2191")), nullptr);
    EXPECT_EQ(m_page.missing(), QStringList{QStringLiteral("trace list")});
}

TEST_F(TracesPageTest, RangeAndErrorsAreAskedForAtOnce)
{
    EXPECT_EQ(segments(0)->accessibleName(), u"Range of the list");
    segments(0)->setFocus();
    QTest::keyClick(segments(0), Qt::Key_Left);
    ASSERT_EQ(m_choices.count(), 1);
    EXPECT_EQ(m_page.choice().range, u"24h");
    EXPECT_TRUE(m_page.runCommand(QStringLiteral("table.problems")));
    EXPECT_TRUE(m_page.choice().errorsOnly);
    EXPECT_EQ(segments(1)->current(), u"errors");
}

TEST_F(TracesPageTest, ATypedQueryIsNotLostToAQuickerHand)
{
    fill();
    m_page.setQueryText(QStringLiteral("service:payments"));
    EXPECT_TRUE(m_choices.isEmpty()) << "a pause in typing is waited for";
    m_page.restoreRouteState(m_page.routeState());
    EXPECT_EQ(m_choices.count(), 1) << "what stops the wait asks instead of it";
    m_page.setQueryText(QStringLiteral("service:pay"));
    ASSERT_TRUE(QTest::qWaitFor([this] { return m_choices.count() == 2; }));
    m_page.setQueryText(QStringLiteral("service:(("));
    EXPECT_EQ(m_page.choice().query, u"service:pay") << "the last good one stays";
}

TEST_F(TracesPageTest, ALinkWithARangeNobodyKnowsShowsAll)
{
    m_page.restoreRouteState(QUrlQuery(QStringLiteral("q=error&range=5m&errors=1")));
    EXPECT_EQ(m_page.choice().range, u"all");
    EXPECT_EQ(segments(0)->current(), u"all");
    EXPECT_TRUE(m_page.choice().errorsOnly);
    m_page.restoreRouteState(QUrlQuery(QStringLiteral("range=6h")));
    EXPECT_EQ(segments(0)->current(), u"6h");
    EXPECT_TRUE(m_page.queryText().isEmpty());
}

TEST_F(TracesPageTest, AHeaderClickSortsByWhatTheStoreCanSort)
{
    const auto sort = [this](const char16_t* column, SortDirection direction) {
        Q_EMIT m_page.table()->sortRequested(QString::fromUtf16(column), direction);
        return m_page.choice().order;
    };
    EXPECT_EQ(sort(u"duration", SortDirection::Ascending), TraceOrder::DurationAscending);
    EXPECT_EQ(sort(u"duration", SortDirection::Descending), TraceOrder::DurationDescending);
    EXPECT_EQ(sort(u"spans", SortDirection::Ascending), TraceOrder::SpansDescending) << "only one way is known";
    EXPECT_EQ(sort(u"name", SortDirection::Ascending), TraceOrder::SpansDescending) << "no order by name";
}

TEST_F(TracesPageTest, ALinkCarriesTheOrderAndOneWithoutItMeansNewestFirst)
{
    const auto linkSort = [this] { return m_page.routeState().queryItemValue(QStringLiteral("sort")); };
    EXPECT_EQ(linkSort(), QString()) << "the order of every list by itself is not worth a word";
    const QSignalSpy told(&m_page, &Page::pageChanged);
    Q_EMIT m_page.table()->sortRequested(QStringLiteral("duration"), SortDirection::Descending);
    EXPECT_EQ(linkSort(), u"-duration");
    EXPECT_EQ(told.count(), 1) << "Back comes back to this order";
    const QUrlQuery link = m_page.routeState();
    m_page.restoreRouteState(QUrlQuery(QStringLiteral("range=1h")));
    EXPECT_EQ(m_page.choice().order, TraceOrder::StartDescending);
    m_page.restoreRouteState(link);
    EXPECT_EQ(m_page.choice().order, TraceOrder::DurationDescending);
    m_page.restoreRouteState(QUrlQuery(QStringLiteral("sort=start")));
    EXPECT_EQ(m_page.choice().order, TraceOrder::StartAscending);
    m_page.restoreRouteState(QUrlQuery(QStringLiteral("sort=-colour")));
    EXPECT_EQ(m_page.choice().order, TraceOrder::StartDescending) << "nobody knows that one";
}

TEST_F(TracesPageTest, EnterOpensATraceAndEscPeelsPanelFindTrace)
{
    fill();
    const QSignalSpy opened(&m_page, &TracesPage::traceOpened);
    m_page.table()->setCurrentKey(m_page.model()->rowKey(0));
    EXPECT_TRUE(m_page.runCommand(QStringLiteral("row.open")));
    ASSERT_EQ(opened.count(), 1);
    EXPECT_EQ(m_page.keyScope(), u"trace");
    m_page.peel();
    open();
    m_page.focusContent();
    EXPECT_TRUE(m_page.detail()->waterfall()->hasFocus());
    EXPECT_TRUE(m_page.setQueryText(QStringLiteral("SELECT")).error.isEmpty());
    EXPECT_EQ(m_page.setQueryText(QStringLiteral("nowhere")).error, u"no span matches");
    m_page.detail()->selectSpan(QStringLiteral("0000000000000002"));
    EXPECT_TRUE(m_page.peel());
    EXPECT_EQ(m_page.queryText(), u"nowhere") << "first the panel";
    EXPECT_TRUE(m_page.peel());
    EXPECT_EQ(m_page.openTrace(), kSlow) << "then what was searched for";
    EXPECT_TRUE(m_page.peel());
    EXPECT_TRUE(m_page.openTrace().isEmpty());
    EXPECT_FALSE(m_page.peel());
}

TEST_F(TracesPageTest, WhatIsTypedWhileATraceLoadsIsFoundWhenItComes)
{
    m_page.openTraceId(kSlow);
    EXPECT_TRUE(m_page.setQueryText(QStringLiteral("SELECT")).error.isEmpty()) << "nothing is known of it yet";
    EXPECT_EQ(m_page.missing(), QStringList({QStringLiteral("trace list"), QStringLiteral("trace ") + kSlow}));
    open();
    EXPECT_EQ(m_page.detail()->findPlace(), u"1 match");
}

TEST_F(TracesPageTest, AnswersToAnotherTraceAreDroppedAndProblemsSaid)
{
    m_page.openTraceId(kSlow);
    m_page.showTraceProblem(QStringLiteral("abc"), QStringLiteral("gone"));
    EXPECT_EQ(m_page.missing().size(), 2);
    const QSignalSpy notices(&m_page, &Page::noticed);
    m_page.showTraceProblem(kSlow, QStringLiteral("This trace is not in the store."));
    EXPECT_TRUE(notices.isEmpty()) << "it stands where the trace would be";
    open();
    m_page.showTraceProblem(kSlow, QStringLiteral("The collector does not answer"));
    EXPECT_TRUE(m_page.detail()->hasTrace()) << "what is shown stays";
    EXPECT_EQ(notices.count(), 1);
}

TEST_F(TracesPageTest, LinksNameTraceAndSpanAndASpanThatIsNotThereIsSaid)
{
    open();
    m_page.detail()->selectSpan(QStringLiteral("0000000000000002"));
    const QUrlQuery link = m_page.routeState();
    EXPECT_EQ(link.queryItemValue(QStringLiteral("trace")), kSlow);
    EXPECT_EQ(link.queryItemValue(QStringLiteral("span")), u"0000000000000002");
    m_page.peel();
    m_page.peel();
    const QSignalSpy notices(&m_page, &Page::noticed);
    m_page.restoreRouteState(QUrlQuery(QStringLiteral("trace=%1&span=00000000000000ff").arg(kSlow)));
    open();
    SpanBuilder b;
    b.span(1, 0, 0, 100);
    m_page.showTrace(kSlow, buildTraceContent(std::make_shared<const SpanTable>(b.table())));
    ASSERT_EQ(notices.count(), 1);
    EXPECT_TRUE(notices.first().first().toString().contains(QStringLiteral("00000000000000ff")));
}

TEST_F(TracesPageTest, TheDumpHoldsTheListThenTheEventsOfAnOpenTrace)
{
    fill();
    const PageDump list = m_page.dump();
    EXPECT_EQ(list.rows.size(), 3U);
    EXPECT_EQ(list.columns.size(), static_cast<qsizetype>(list.rows[0].cells.size()));
    EXPECT_EQ(list.total, 3U);
    open();
    EXPECT_EQ(m_page.dump().rows.size(), 2U) << "each span is an event";
}

TEST_F(TracesPageTest, TheListTakesTheKeyboardWhenItsFirstRowsArrive)
{
    QLineEdit search(&m_page); // what else could take it
    search.show();
    m_page.focusContent();
    EXPECT_FALSE(search.hasFocus());
    fill();
    EXPECT_TRUE(m_page.table()->hasFocus());
    search.setFocus();
    m_page.setListState({});
    fill();
    EXPECT_TRUE(search.hasFocus()) << "who types is left alone";
}
