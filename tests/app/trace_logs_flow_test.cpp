// SPDX-License-Identifier: GPL-3.0-or-later
// What an open trace asks for by itself: its logs, the newest one, and what of that is recorded.
#include "tests/app/traces_flow.h"
#include "tests/support/log_builder.h"
#include "views/grouped_table_view.h"
#include "views/trace_detail_view.h"
#include "views/trace_logs_tab.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QSignalSpy>

using namespace tracedeck;
using namespace tracedeck::tests;
using testing_support::SpanBuilder;

TEST_F(TracesFlow, logsAreAskedWhenTheirTabOpensAndAgainWhenTheTraceChanges)
{
    m_source.answerList({5});
    const QString id = QStringLiteral("01020300000000000000000000000000");
    m_page.openTraceId(id);
    SpanBuilder spans;
    spans.span(1, 0, 0, 10);
    m_source.traces.rbegin()->second(std::make_shared<const SpanTable>(spans.table()));
    ASSERT_TRUE(QTest::qWaitFor([this] { return m_page.detail()->hasTrace(); }));
    EXPECT_TRUE(m_source.logAnswers.empty()) << "nobody looks at them yet";
    EXPECT_TRUE(m_page.runCommand(QStringLiteral("trace.logs")));
    ASSERT_EQ(m_source.logAnswers.size(), 1U);
    EXPECT_FALSE(m_page.missing().isEmpty()) << "a picture waits for them";
    testing_support::LogBuilder logs;
    logs.log(1, 9, "hello", 1);
    m_source.logAnswers[0](std::make_shared<const LogTable>(logs.table()));
    EXPECT_EQ(m_page.detail()->logs()->count(), 1U);
    m_source.changed({{{*TraceId::fromHex(id.toStdString()), false, false}}, false});
    ASSERT_EQ(m_source.logAnswers.size(), 2U);
    m_source.logAnswers[1](makeError(ErrorCode::Unreachable, "collector", "gone"));
    EXPECT_EQ(m_page.detail()->logs()->count(), 1U) << "what was read stays";
    m_controller.refresh(false);
    EXPECT_EQ(m_source.logAnswers.size(), 3U);
}

TEST_F(TracesFlow, onlyRefreshesThatBroughtOthersTracesAreRecorded)
{
    TelemetryRing ring;
    std::vector<quint64> cycles;
    m_controller.setTelemetry(&ring);
    QObject::connect(&m_controller, &TracesController::applied, &m_page,
                     [&](quint64 cycle) { cycles.push_back(cycle); });
    m_source.answerList({5, 4});
    ASSERT_EQ(cycles.size(), 1U);
    std::vector<StageRecord> records;
    EXPECT_EQ(ring.drain(records), 0U);
    std::vector<Stage> stages;
    for (const StageRecord& record : records) {
        EXPECT_EQ(record.cycle, cycles[0]);
        stages.push_back(record.stage);
    }
    EXPECT_EQ(stages, (std::vector<Stage>{Stage::Fetch, Stage::Derive, Stage::Diff, Stage::Apply}));
    // The same others again, in a new answer: only own traces can have changed it.
    m_source.changed(newTrace());
    m_source.answerList({5, 4});
    EXPECT_EQ(cycles.size(), 1U);
    m_source.changed(newTrace());
    m_source.answerList({6, 5, 4});
    EXPECT_EQ(cycles.size(), 2U);
}

TEST_F(TracesFlow, aTraceIsKeptAndLetGoFromTheListAndFromWithin)
{
    m_source.answerList({5, 4});
    QStringList told;
    QObject::connect(&m_controller, &TracesController::noticed, &m_page, [&](const QString& text) { told += text; });
    EXPECT_FALSE(m_page.runCommand(QStringLiteral("trace.keep"))) << "none is in hand";
    m_page.table()->setCurrentKey(m_page.model()->rowKey(1));
    Q_EMIT m_page.table()->rowMenuRequested(m_page.model()->rowKey(0), {});
    QMenu* menu = m_page.findChildren<QMenu*>(QString(), Qt::FindDirectChildrenOnly).constLast();
    for (QAction* action : menu->actions()) {
        if (action->text() == u"Keep this trace") {
            action->trigger();
        }
    }
    menu->close();
    ASSERT_EQ(m_source.pins.size(), 1U);
    EXPECT_EQ(m_source.pins[0], std::make_pair(std::string("00000000000000000000000000000005"), true));
    EXPECT_TRUE(m_page.runCommand(QStringLiteral("row.open")));
    EXPECT_TRUE(m_page.runCommand(QStringLiteral("trace.letGo")));
    ASSERT_EQ(m_source.pins.size(), 2U);
    EXPECT_FALSE(m_source.pins[1].second);
    ASSERT_EQ(told.size(), 2);
    EXPECT_NE(told[0], told[1]);
    EXPECT_TRUE(m_page.runCommand(QStringLiteral("trace.copyId")));
    EXPECT_EQ(QGuiApplication::clipboard()->text(), m_page.openTrace());
    m_controller.setSource(nullptr, {});
    m_controller.keepTrace(m_page.openTrace(), true);
    EXPECT_EQ(m_source.pins.size(), 2U);
    EXPECT_EQ(told.size(), 3) << "nobody is there to keep it";
}

TEST_F(TracesFlow, clearingSaysHowItEndedAndReadsAgain)
{
    m_source.answerList({5, 4});
    QStringList told;
    QObject::connect(&m_controller, &TracesController::noticed, &m_page, [&](const QString& text) { told += text; });
    m_controller.clearStore();
    ASSERT_EQ(told.size(), 1);
    EXPECT_FALSE(m_source.lists.empty());
    m_source.answerList({});
    m_source.answerList({}); // without others, own ones are asked for
    EXPECT_EQ(rows(), 0);
}

TEST_F(TracesFlow, followingInsideATraceOpensTheNewestOne)
{
    m_source.answerList({5, 4});
    m_page.openTraceId(QStringLiteral("00000000000000000000000000000004"));
    EXPECT_TRUE(m_page.runCommand(QStringLiteral("trace.followNewest")));
    EXPECT_EQ(m_page.openTrace(), u"00000000000000000000000000000005");
    const QSignalSpy places(&m_page, &Page::routeChanged);
    m_source.changed(newTrace());
    m_source.answerList({6, 5, 4});
    EXPECT_EQ(m_page.openTrace(), u"00000000000000000000000000000006");
    EXPECT_TRUE(places.isEmpty()) << "Back does not lead through what came by itself";
    EXPECT_TRUE(m_page.runCommand(QStringLiteral("trace.followNewest")));
    m_source.changed(newTrace());
    m_source.answerList({7, 6, 5, 4});
    EXPECT_EQ(m_page.openTrace(), u"00000000000000000000000000000006") << "it stays, as it was asked to";
}
