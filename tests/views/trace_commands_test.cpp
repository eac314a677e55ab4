// SPDX-License-Identifier: GPL-3.0-or-later
// The commands of the key map on an open trace: search, errors, tabs, JSON and copies.
#include "tests/support/span_builder.h"
#include "views/grouped_table_view.h"
#include "views/span_details_panel.h"
#include "views/trace_copy.h"
#include "views/trace_detail_view.h"
#include "views/waterfall_view.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMenu>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

using namespace tracedeck;
using testing_support::SpanBuilder;

namespace {

/// 1 ─┬ 2 (error) ── 3
///    └ 4 (error)
TraceContent content(std::uint64_t more = 0)
{
    SpanBuilder b;
    b.span(1, 0, 0, 1000, "GET /", "web").span(2, 1, 10, 400, "SELECT", "db", SpanStatus::Error);
    b.attribute("db.statement", "select 1").attribute("api_key", "hunter2");
    b.span(3, 2, 20, 100, "fetch", "db").span(4, 1, 500, 100, "SELECT", "db", SpanStatus::Error);
    for (std::uint64_t i = 0; i < more; ++i) {
        b.span(100 + i, 1, 700, 1, "later", "web");
    }
    return buildTraceContent(std::make_shared<const SpanTable>(b.table()));
}

class TraceCommands : public testing::Test {
protected:
    TraceCommands()
    {
        m_view.resize(1200, 700);
        m_view.setTrace(content());
        m_view.show();
    }
    bool run(const char* id) { return m_view.runCommand(QString::fromLatin1(id)); }
    [[nodiscard]] QString copied(const char* id)
    {
        QString said;
        EXPECT_TRUE(
            runTraceCopyCommand(&m_view, QString::fromLatin1(id), [&said](const QString& text) { said = text; }));
        return said;
    }
    static QString clipboard() { return QApplication::clipboard()->text(); }

    TraceDetailView m_view;
};

} // namespace

TEST_F(TraceCommands, ErrorsAreWalkedInARing)
{
    const QSignalSpy noticed(&m_view, &TraceDetailView::noticed);
    run("error.next");
    EXPECT_EQ(noticed.value(0).value(0).toString(), u"error 1 of 2");
    EXPECT_EQ(m_view.currentSpan(), u"0000000000000002");
    run("error.next");
    EXPECT_EQ(m_view.currentSpan(), u"0000000000000004");
    run("error.next");
    EXPECT_EQ(m_view.currentSpan(), u"0000000000000002");
    run("error.previous");
    EXPECT_EQ(m_view.currentSpan(), u"0000000000000004");
}

TEST_F(TraceCommands, SiblingsSayWhichTheyAreAndAnUnsearchedTraceSaysThatItIs)
{
    const QSignalSpy noticed(&m_view, &TraceDetailView::noticed);
    m_view.selectSpan(QStringLiteral("0000000000000002"));
    run("trace.nextSibling");
    EXPECT_EQ(m_view.currentSpan(), u"0000000000000004");
    EXPECT_EQ(noticed.value(0).value(0).toString(), u"sibling 2 of 2");
    m_view.selectSpan(QStringLiteral("0000000000000003"));
    QTest::keyClick(m_view.waterfall(), Qt::Key_BracketLeft);
    EXPECT_EQ(noticed.value(1).value(0).toString(), u"no siblings");
    run("find.next");
    EXPECT_EQ(noticed.count(), 3);
}

TEST_F(TraceCommands, WhoeverJumpsToASpanSeesItsBarHoweverFarTheTraceIsZoomedIn)
{
    WaterfallView& waterfall = *m_view.waterfall();
    const auto at = [](std::int64_t ms) { return SpanBuilder::kOrigin + ms * SpanBuilder::kMs; };
    waterfall.setWindow({at(0), at(8)}); // both errors are later
    const QSignalSpy told(&waterfall, &WaterfallView::windowChanged);
    run("error.next");
    const TimeWindow seen = waterfall.state().window();
    EXPECT_EQ(seen, (TimeWindow{at(8), at(16)})) << "as long as before, the span a quarter in";
    EXPECT_EQ(told.count(), 1) << "the strip above follows";
    run("error.next");
    EXPECT_EQ(waterfall.state().window(), (TimeWindow{at(498), at(506)}));
    m_view.selectSpan(QStringLiteral("0000000000000001"));
    EXPECT_EQ(waterfall.state().window(), (TimeWindow{at(498), at(506)})) << "a bar that is in sight moves nothing";
}

TEST_F(TraceCommands, ASpanHasAMenuByMouseAndByKey)
{
    const auto entry = [this](const char* text) -> QAction* {
        const QList<QMenu*> menus = m_view.findChildren<QMenu*>(QString(), Qt::FindDirectChildrenOnly);
        for (QAction* action : menus.isEmpty() ? QList<QAction*>() : menus.constLast()->actions()) {
            if (action->text().startsWith(QString::fromUtf8(text))) {
                return action;
            }
        }
        return nullptr;
    };
    QWidget* rows = m_view.waterfall()->viewport();
    m_view.selectSpan(QStringLiteral("0000000000000003"));
    const QPoint second = m_view.waterfall()->rowRect(1).center();
    QContextMenuEvent click(QContextMenuEvent::Mouse, second, rows->mapToGlobal(second));
    QApplication::sendEvent(rows, &click);
    EXPECT_EQ(m_view.currentSpan(), u"0000000000000002") << "the one that was clicked";
    ASSERT_NE(entry("Fold"), nullptr);
    EXPECT_TRUE(entry("Fold")->isEnabled());
    entry("Fold")->trigger();
    EXPECT_TRUE(m_view.waterfall()->state().isCollapsed(1));
    entry("Copy span id")->trigger();
    EXPECT_EQ(clipboard(), u"0000000000000002");
    entry("Copy as JSON")->trigger();
    EXPECT_FALSE(clipboard().contains(QStringLiteral("hunter2")));
    const QSignalSpy found(&m_view, &TraceDetailView::findRequested);
    entry("Find spans of db")->trigger();
    EXPECT_EQ(found.value(0).value(0).toString(), u"service:db");
    entry("Copy")->parent()->deleteLater();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    m_view.selectSpan(QStringLiteral("0000000000000004"));
    QContextMenuEvent key(QContextMenuEvent::Keyboard, QPoint(), QPoint());
    QApplication::sendEvent(rows, &key);
    ASSERT_NE(entry("Fold"), nullptr);
    EXPECT_FALSE(entry("Fold")->isEnabled()) << "nothing is inside it";
    EXPECT_EQ(m_view.currentSpan(), u"0000000000000004");
}

TEST_F(TraceCommands, ATraceWithoutErrorsSaysSo)
{
    SpanBuilder b;
    b.span(1, 0, 0, 10);
    m_view.setTrace(buildTraceContent(std::make_shared<const SpanTable>(b.table())));
    const QSignalSpy noticed(&m_view, &TraceDetailView::noticed);
    EXPECT_TRUE(run("error.next"));
    ASSERT_EQ(noticed.count(), 1);
    EXPECT_TRUE(m_view.currentSpan().isEmpty());
}

TEST_F(TraceCommands, MatchesAreWalkedAndSayTheirPlace)
{
    EXPECT_EQ(m_view.findPlace(), u"");
    EXPECT_EQ(m_view.setFindText(QStringLiteral("select")), 2);
    EXPECT_EQ(m_view.findPlace(), u"2 matches");
    run("find.next");
    EXPECT_EQ(m_view.findPlace(), u"1 of 2");
    run("find.previous");
    EXPECT_EQ(m_view.findPlace(), u"2 of 2") << "in a ring";
    m_view.setTab(QStringLiteral("overview"));
    run("find.next");
    EXPECT_EQ(m_view.tab(), u"timeline") << "a span is shown where spans are";
    m_view.setFindText({});
    EXPECT_EQ(m_view.findPlace(), u"");
}

TEST_F(TraceCommands, AGrowingTraceKeepsItsMatchesAndAnotherOneStartsWithout)
{
    m_view.setFindText(QStringLiteral("later"));
    EXPECT_EQ(m_view.findPlace(), u"no span matches");
    m_view.setTrace(content(3));
    EXPECT_EQ(m_view.findPlace(), u"3 matches");
    m_view.setMessage(QStringLiteral("Loading the trace."));
    EXPECT_EQ(m_view.findPlace(), u"") << "nothing is known of the next one";
    EXPECT_FALSE(run("find.next"));
    EXPECT_FALSE(m_view.hasTrace());
}

TEST_F(TraceCommands, EventsAreFilteredByTheSameWords)
{
    m_view.setTab(QStringLiteral("events"));
    EXPECT_EQ(m_view.eventTable()->model()->rowCount(), 4);
    m_view.setFindText(QStringLiteral("fetch"));
    EXPECT_EQ(m_view.eventTable()->model()->rowCount(), 1);
    EXPECT_FALSE(run("trace.foldAll")) << "folding is for the timeline";
    m_view.setFindText({});
    EXPECT_EQ(m_view.eventTable()->model()->rowCount(), 4);
}

TEST_F(TraceCommands, JsonOpensItsTabAndGoesWithTheTrace)
{
    const QSignalSpy tabs(&m_view, &TraceDetailView::tabChanged);
    m_view.showJson(QStringLiteral("{\"resourceSpans\":[]}"));
    EXPECT_EQ(m_view.tab(), u"json");
    ASSERT_GE(tabs.count(), 1);
    EXPECT_EQ(tabs.last().first().toString(), u"json");
    auto* text = m_view.findChild<QPlainTextEdit*>();
    EXPECT_TRUE(text->isReadOnly());
    EXPECT_EQ(text->toPlainText(), u"{\"resourceSpans\":[]}");
    SpanBuilder other;
    other.span(1, 0, 0, 10);
    SpanTable table = other.table();
    table.traceId[0] = TraceId{{9, 9, 9}};
    m_view.setTrace(buildTraceContent(std::make_shared<const SpanTable>(table)));
    EXPECT_EQ(m_view.tab(), u"timeline");
    EXPECT_TRUE(text->toPlainText().isEmpty()) << "not the JSON of the trace before";
}

TEST_F(TraceCommands, ASpanIsCopiedWithWhatItSaysButItsSecrets)
{
    EXPECT_EQ(copied("copy"), u"Select a span first");
    ASSERT_TRUE(m_view.selectSpan(QStringLiteral("0000000000000002")));
    EXPECT_EQ(copied("copy"), u"Span copied with its attributes");
    EXPECT_TRUE(clipboard().contains(QStringLiteral("select 1")));
    EXPECT_FALSE(clipboard().contains(QStringLiteral("hunter2")));
    (void)copied("copy.markdown");
    EXPECT_TRUE(clipboard().startsWith(u'|'));
    EXPECT_FALSE(clipboard().contains(QStringLiteral("hunter2")));
    (void)copied("copy.json");
    EXPECT_FALSE(QJsonDocument::fromJson(clipboard().toUtf8()).isNull());
    EXPECT_FALSE(runTraceCopyCommand(&m_view, QStringLiteral("row.json"), [](const QString&) {}));
}

TEST_F(TraceCommands, TheCopyMenuOffersEveryForm)
{
    m_view.selectSpan(QStringLiteral("0000000000000003"));
    QString said;
    EXPECT_TRUE(runTraceCopyCommand(&m_view, QStringLiteral("copy.as"), [&said](const QString& text) { said = text; }));
    auto* menu = m_view.findChild<QMenu*>(QString(), Qt::FindDirectChildrenOnly);
    ASSERT_NE(menu, nullptr);
    ASSERT_EQ(menu->actions().size(), 3);
    menu->actions()[1]->trigger();
    EXPECT_EQ(said, u"Span copied with its attributes");
    EXPECT_TRUE(clipboard().contains(QStringLiteral("fetch")));
}

TEST_F(TraceCommands, OnTheEventsTabCopiesTakeEvents)
{
    m_view.setTab(QStringLiteral("events"));
    m_view.eventTable()->selectAll();
    EXPECT_EQ(copied("copy.json"), u"4 rows copied as JSON");
    EXPECT_EQ(QJsonDocument::fromJson(clipboard().toUtf8()).array().size(), 4);
}

TEST_F(TraceCommands, DetailsOpenForTheCurrentSpanOnly)
{
    EXPECT_TRUE(run("trace.details"));
    EXPECT_FALSE(m_view.panel()->isVisible()) << "no span is chosen";
    m_view.waterfall()->selectPosition(1);
    EXPECT_TRUE(run("trace.details"));
    EXPECT_TRUE(m_view.panel()->isVisible());
    EXPECT_FALSE(run("nonsense"));
}
