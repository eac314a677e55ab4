// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/traces_flow.h"
#include "views/grouped_table_view.h"
#include "views/note_strip.h"
#include "views/trace_detail_view.h"

#include <QApplication>
#include <QPlainTextEdit>
#include <QTest>
#include <gtest/gtest.h>

using namespace tracedeck;
using namespace tracedeck::tests;
using testing_support::SpanBuilder;

TEST_F(TracesFlow, newTracesWaitBehindTheButtonAndLoadMoreIsNotUndone)
{
    m_source.answerList({5, 4}, "c1", 3);
    EXPECT_EQ(rows(), 2);
    Q_EMIT m_page.loadMoreRequested();
    EXPECT_EQ(m_source.requests.back().cursor, "c1");
    m_source.answerList({3});
    EXPECT_EQ(rows(), 3);
    m_source.changed(newTrace());
    m_source.answerList({6, 5, 4, 3});
    EXPECT_EQ(rows(), 3) << "what is being read does not move";
    Q_EMIT m_page.waitingRequested();
    EXPECT_EQ(rows(), 4);
}

TEST_F(TracesFlow, followingShowsNewTracesAtOnce)
{
    m_source.answerList({1});
    EXPECT_TRUE(m_page.runCommand(QStringLiteral("trace.follow")));
    m_source.changed(newTrace());
    m_source.answerList({2, 1});
    EXPECT_EQ(rows(), 2);
}

TEST_F(TracesFlow, aFailedRefreshKeepsTheRowsAndSaysWhy)
{
    m_source.answerList({2, 1});
    m_controller.refresh(true);
    auto done = m_source.lists.rbegin()->second;
    done(makeError(ErrorCode::Unreachable, "collector", "connection refused"));
    EXPECT_EQ(rows(), 2);
}

TEST_F(TracesFlow, anAnswerToAnOlderQuestionIsDropped)
{
    m_source.answerList({1});
    m_controller.refresh(false);
    const auto late = m_source.lists.rbegin()->second;
    m_controller.refresh(false);
    m_source.answerList({3, 2, 1});
    auto page = std::make_shared<TraceListPage>();
    late(std::shared_ptr<const TraceListPage>(page));
    EXPECT_GE(rows(), 1);
    EXPECT_NE(m_page.dump().total, 0U);
}

TEST_F(TracesFlow, refreshesAskTheSourceAndChoicesTakeWhatIsKept)
{
    EXPECT_FALSE(m_source.asked.newest);
    m_source.answerList({2, 1});
    m_page.openTraceId(QStringLiteral("01020300000000000000000000000000"));
    EXPECT_FALSE(m_source.traceAsked.newest) << "opening one takes what is at most 15 s old";
    m_controller.refresh(false);
    EXPECT_TRUE(m_source.asked.newest && !m_source.asked.bypassCaches) << "r";
    EXPECT_TRUE(m_source.traceAsked.newest);
    m_controller.refresh(true);
    EXPECT_TRUE(m_source.asked.bypassCaches && m_source.traceAsked.bypassCaches) << "Shift+R";
    m_source.asked = m_source.traceAsked = {};
    m_source.changed({{}, true});
    EXPECT_TRUE(m_source.asked.newest && !m_source.asked.bypassCaches);
    EXPECT_TRUE(m_source.traceAsked.newest);
    m_source.answerList({2, 1});
    QUrlQuery state;
    state.addQueryItem(QStringLiteral("errors"), QStringLiteral("1"));
    m_page.restoreRouteState(state);
    EXPECT_FALSE(m_source.asked.newest) << "another choice may have been read a moment ago";
}

TEST_F(TracesFlow, theQueryAndTheRangeGoToTheSource)
{
    m_source.answerList({1});
    QUrlQuery state;
    state.addQueryItem(QStringLiteral("q"), QStringLiteral("service:web"));
    state.addQueryItem(QStringLiteral("range"), QStringLiteral("15m"));
    state.addQueryItem(QStringLiteral("errors"), QStringLiteral("1"));
    m_page.restoreRouteState(state);
    const TraceListRequest& request = m_source.requests.back();
    EXPECT_EQ(request.query, "service:web");
    EXPECT_TRUE(request.errorsOnly);
    EXPECT_EQ(request.fromNs, kTracesNow - 900'000'000'000);
    EXPECT_EQ(m_page.routeState().queryItemValue(QStringLiteral("range")), u"15m");
    EXPECT_FALSE(m_page.setQueryText(QStringLiteral("duration>")).error.isEmpty());
}

TEST_F(TracesFlow, emptyStoreSaysWhatToSetAndCountsWhatCame)
{
    m_source.answerList({});
    m_source.answerList({}); // asked once more, for Tracedeck's own
    auto* empty = m_page.findChild<TracesEmptyView*>();
    ASSERT_NE(empty, nullptr);
    EXPECT_TRUE(empty->isVisible());
    EXPECT_TRUE(QTest::qWaitFor([&] { return empty->text().contains(u"span id has 3 bytes"); }));
    EXPECT_TRUE(empty->text().contains(u"7 spans"));
}

TEST_F(TracesFlow, ownTracesAreListedUntilThereAreOthers)
{
    EXPECT_FALSE(m_source.requests.back().includeOwn);
    m_source.answerList({});
    EXPECT_TRUE(m_source.requests.back().includeOwn) << "nobody sends: own traces show what one looks like";
    m_source.answerList({2, 1});
    EXPECT_EQ(rows(), 2);
    auto* lines = m_page.findChild<TracesEmptyView*>();
    EXPECT_FALSE(lines->isVisible());
    NoteStrip* note = nullptr;
    for (NoteStrip* strip : m_page.findChildren<NoteStrip*>()) {
        note = strip->isVisible() ? strip : note;
    }
    ASSERT_NE(note, nullptr);
    EXPECT_TRUE(note->text().contains(u"own traces")) << note->text().toStdString();
    Q_EMIT note->actionRequested();
    EXPECT_TRUE(lines->isVisible()) << "how to send here stays one click away";
    EXPECT_TRUE(lines->text().contains(u"No traces yet"));
    Q_EMIT note->actionRequested();
    EXPECT_FALSE(lines->isVisible());
    m_source.changed(newTrace());
    EXPECT_FALSE(m_source.requests.back().includeOwn);
    m_source.answerList({9});
    EXPECT_FALSE(note->isVisible());
    EXPECT_EQ(m_page.countText(), u"1");
}

namespace {

QUrlQuery wishFor(const QString& subject, const std::vector<TraceMatch>& matches)
{
    QUrlQuery state;
    const QString link = traceMatchLink(subject, matches);
    state.setQuery(link.section(u'?', 1));
    return state;
}

NoteStrip* shownNote(const TracesPage& page)
{
    for (NoteStrip* strip : page.findChildren<NoteStrip*>()) {
        if (strip->isVisible()) {
            return strip;
        }
    }
    return nullptr;
}

} // namespace

TEST_F(TracesFlow, theFirstTraceOfOthersDoesNotWaitBehindAButtonOverAnEmptyList)
{
    m_source.answerList({});
    m_source.answerList({2, 1}); // own ones
    EXPECT_EQ(rows(), 2);
    m_source.changed(newTrace());
    m_source.answerList({9});
    EXPECT_EQ(rows(), 1) << "nothing of what was read is left to be kept in place";
    m_source.changed(newTrace());
    m_source.answerList({10, 9});
    EXPECT_EQ(rows(), 1) << "from here on it is a list being read";
}

TEST_F(TracesFlow, aRowsTracesAreFoundByTheSurestWayThatLeadsToAny)
{
    m_source.answerList({5, 4, 3});
    m_page.restoreRouteState(wishFor(
        QStringLiteral("cart & co"),
        {{"container.id", "4bf92f3577b3", "container=4bf92f3577b3"}, {"service.name", "cart", "service=cart"}}));
    ASSERT_NE(shownNote(m_page), nullptr);
    EXPECT_TRUE(shownNote(m_page)->text().contains(u"cart & co"));
    EXPECT_EQ(m_source.requests.back().query, "container=4bf92f3577b3");
    EXPECT_EQ(m_source.requests.back().limit, 1U);
    m_source.answerList({}, {}, 3); // by container: none
    EXPECT_EQ(m_source.requests.back().query, "service=cart");
    m_source.answerList({4}, {}, 3);
    EXPECT_EQ(m_page.choice().query, u"service=cart");
    EXPECT_TRUE(shownNote(m_page)->text().contains(u"service.name = cart")) << shownNote(m_page)->text().toStdString();
    EXPECT_EQ(readMatchWish(m_page.routeState()).ways.size(), 2U) << "Back brings it back";
    m_page.setQueryText(QStringLiteral("service=web"));
    EXPECT_EQ(shownNote(m_page), nullptr) << "a query typed by hand is not the row's";
    EXPECT_TRUE(m_page.matchWish().isEmpty());
}

TEST_F(TracesFlow, noMatchSaysWhatWasLookedForAndIsAskedAgainWhenTracesCome)
{
    m_source.answerList({5});
    m_page.restoreRouteState(wishFor(QStringLiteral("cart"), {{"service.name", "cart", "service=cart"}}));
    m_source.answerList({}, {}, 5);
    m_source.answerList({}, {}, 5);
    auto* empty = m_page.findChild<TracesEmptyView*>();
    EXPECT_TRUE(empty->isVisible());
    EXPECT_TRUE(empty->text().contains(u"No match for cart, because no stored trace carries service.name cart"))
        << empty->text().toStdString();
    EXPECT_TRUE(m_page.matchOpen());
    const std::size_t asked = m_source.requests.size();
    m_source.changed(newTrace());
    EXPECT_GE(m_source.requests.size(), asked + 2) << "the list and the match";
}

TEST_F(TracesFlow, damagedLinksAreNoWish)
{
    QUrlQuery state;
    state.addQueryItem(QStringLiteral("try"), QStringLiteral("service=cart"));
    EXPECT_TRUE(readMatchWish(state).isEmpty()) << "lists of unequal length";
    EXPECT_TRUE(traceMatchLink(QStringLiteral("x"), {}).isEmpty());
}

TEST_F(TracesFlow, timesAreWrittenAnewWithoutAskingAgain)
{
    m_source.answerList({5});
    const std::size_t asked = m_source.requests.size();
    const int column = m_page.model()->columnOf(u"start");
    const QString local = m_page.model()->cell(0, column)->text;
    m_controller.setTimeStyle({TimeStyle::Kind::Local, 3'600});
    EXPECT_NE(m_page.model()->cell(0, column)->text, local);
    m_controller.setTimeStyle({TimeStyle::Kind::Utc, 3'600});
    EXPECT_EQ(m_page.model()->cell(0, column)->text, local) << "the viewer of this test sits at UTC";
    EXPECT_EQ(m_source.requests.size(), asked);
}

TEST_F(TracesFlow, enterOpensTheTraceEscapeComesBack)
{
    m_source.answerList({2, 1});
    m_page.table()->setFocus();
    QTest::keyClick(m_page.table(), Qt::Key_Home);
    QTest::keyClick(m_page.table(), Qt::Key_Return);
    ASSERT_EQ(m_source.traces.size(), 1U);
    SpanBuilder b;
    b.span(1, 0, 0, 10).span(2, 1, 2, 3);
    const auto done = m_source.traces.begin()->second;
    done(std::make_shared<const SpanTable>(b.table()));
    EXPECT_TRUE(QTest::qWaitFor([&] { return m_page.detail()->hasTrace(); }));
    EXPECT_TRUE(m_page.runCommand(QStringLiteral("row.json")));
    auto* json = m_page.findChild<QPlainTextEdit*>();
    EXPECT_TRUE(QTest::qWaitFor([&] { return json->toPlainText().contains(u"resourceSpans"); }));
    EXPECT_TRUE(m_page.peel());
    EXPECT_TRUE(m_page.openTrace().isEmpty());
}

TEST_F(TracesFlow, anIdThatIsNoneAndATraceThatIsGoneAreSaidInWords)
{
    m_source.answerList({1});
    m_page.openTraceId(QStringLiteral("zzz"));
    EXPECT_FALSE(m_page.detail()->hasTrace());
    EXPECT_TRUE(m_source.traces.empty());
    m_page.openTraceId(QStringLiteral("0af7651916cd43dd8448eb211c80319c"));
    const auto done = m_source.traces.begin()->second;
    done(makeError(ErrorCode::NotFound, "collector", "no such trace"));
    EXPECT_FALSE(m_page.detail()->hasTrace());
}
