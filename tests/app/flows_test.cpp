// SPDX-License-Identifier: GPL-3.0-or-later
// Whole flows with real key and mouse events on the window.
#include "tests/app/flow_fixture.h"

#include <QSignalSpy>

using namespace tracedeck;
using namespace tracedeck::tests;

namespace {

class FlowTest : public FlowFixture { };

} // namespace

TEST_F(FlowTest, flow_search_filter)
{
    ASSERT_EQ(names().size(), 40);
    key(Qt::Key_Slash);
    ASSERT_TRUE(QApplication::focusWidget()->inherits("QLineEdit"));
    type("svc-01");
    // No event loop between the last letter and the next key: the rows are already there.
    EXPECT_EQ(names().size(), 10);
    key(Qt::Key_Return);
    EXPECT_EQ(QApplication::focusWidget(), &table());
    EXPECT_TRUE(page()
                    .model()
                    ->cell(page().model()->rowOfKey(table().currentKey()), 0)
                    ->text.startsWith(QStringLiteral("svc-01")));
    key(Qt::Key_Return);
    EXPECT_TRUE(page().isDrawerOpen());
    key(Qt::Key_Escape);
    EXPECT_FALSE(page().isDrawerOpen());
    EXPECT_EQ(names().size(), 10);
    key(Qt::Key_Escape);
    EXPECT_EQ(names().size(), 40);
    EXPECT_TRUE(window().findChild<SearchField*>()->text().isEmpty());
}

TEST_F(FlowTest, WrongQueriesKeepTheLastGoodRows)
{
    key(Qt::Key_Slash);
    type("svc-01");
    ASSERT_EQ(names().size(), 10);
    type(" (");
    EXPECT_EQ(names().size(), 10);
    auto* field = window().findChild<SearchField*>();
    EXPECT_TRUE(field->hasError());
    EXPECT_TRUE(field->errorText().contains(QStringLiteral("Column"))) << field->errorText().toStdString();
    key(Qt::Key_Backspace);
    type("cpu>0.15");
    EXPECT_FALSE(field->hasError());
    EXPECT_EQ(names().size(), 4) << names().join(u' ').toStdString();
}

TEST_F(FlowTest, flow_auto_refresh)
{
    const RowKey first = makeRowKey(RowKind::Workload, "scripted", "svc-000");
    const int column = page().model()->columnOf(u"cpu");
    ASSERT_TRUE(table().setCurrentKey(first));
    m_source->setWorkloads(scriptedWorkloads(40, 50));
    ASSERT_TRUE(
        QTest::qWaitFor([&] { return page().model()->cell(page().model()->rowOfKey(first), column)->value > 49; }));
    EXPECT_EQ(table().currentKey(), first) << "the row under the hand stays";

    m_app->runCommand(QStringLiteral("refresh.auto"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return isIdle(); }));
    const int asked = m_source->fetches();
    m_source->setWorkloads(scriptedWorkloads(40, 70));
    key(Qt::Key_R);
    ASSERT_TRUE(
        QTest::qWaitFor([&] { return page().model()->cell(page().model()->rowOfKey(first), column)->value > 69; }));
    EXPECT_EQ(m_source->fetches(), asked + 1) << "off means no request but the one asked for";
    EXPECT_TRUE(isIdle());
}

TEST_F(FlowTest, UnchangedSnapshotsTouchNothing)
{
    QSignalSpy changed(page().model(), &QAbstractItemModel::dataChanged);
    QSignalSpy layout(page().model(), &QAbstractItemModel::layoutChanged);
    QSignalSpy applied(page().model(), &GroupedTableModel::applied);
    const int before = m_source->fetches();
    ASSERT_TRUE(QTest::qWaitFor([&] { return m_source->fetches() > before + 5; }));
    EXPECT_EQ(changed.count() + layout.count() + applied.count(), 0);
}

TEST_F(FlowTest, KeysSortFilterAndOpen)
{
    key(Qt::Key_C, Qt::ShiftModifier);
    EXPECT_EQ(page().choice().sortKey, QStringLiteral("cpu"));
    EXPECT_TRUE(page().choice().descending);
    EXPECT_EQ(names().first(), QStringLiteral("svc-038")) << "busiest of the first node";
    key(Qt::Key_Z);
    EXPECT_EQ(names().size(), 4) << "every tenth is stopped";
    key(Qt::Key_Z);
    page().focusContent();
    key(Qt::Key_D);
    EXPECT_TRUE(page().isDrawerOpen());
    key(Qt::Key_1, Qt::ControlModifier);
    EXPECT_EQ(window().currentPage()->pageId(), QStringLiteral("infrastructure"));
    key(Qt::Key_Left, Qt::AltModifier);
    EXPECT_EQ(window().currentPage()->pageId(), QStringLiteral("workloads"));
}

TEST_F(FlowTest, BackAndForwardKeepTheirPlacesHoweverOftenTheyAreUsed)
{
    const auto shown = [this] { return window().currentPage()->pageId(); };
    key(Qt::Key_1, Qt::ControlModifier);
    key(Qt::Key_3, Qt::ControlModifier);
    for (int round = 0; round < 2; ++round) {
        key(Qt::Key_Left, Qt::AltModifier);
        EXPECT_EQ(shown(), QStringLiteral("infrastructure"));
        key(Qt::Key_Left, Qt::AltModifier);
        EXPECT_EQ(shown(), QStringLiteral("workloads"));
        key(Qt::Key_Right, Qt::AltModifier);
        EXPECT_EQ(shown(), QStringLiteral("infrastructure"));
        key(Qt::Key_Right, Qt::AltModifier);
        EXPECT_EQ(shown(), QStringLiteral("traces"));
    }
}

TEST_F(FlowTest, BackClosesWhatWasOpenedAndTakesAFilterBack)
{
    page().focusContent();
    key(Qt::Key_D);
    ASSERT_TRUE(page().isDrawerOpen());
    key(Qt::Key_Left, Qt::AltModifier);
    EXPECT_FALSE(page().isDrawerOpen());
    key(Qt::Key_Right, Qt::AltModifier);
    EXPECT_TRUE(page().isDrawerOpen());
    key(Qt::Key_Escape);
    EXPECT_FALSE(page().isDrawerOpen());
    key(Qt::Key_Escape);
    EXPECT_FALSE(page().isDrawerOpen()) << "what Esc closed does not come back by it";
}

TEST_F(FlowTest, EnterOnAHostShowsItsWorkloadsAndBackReturns)
{
    key(Qt::Key_1, Qt::ControlModifier);
    ASSERT_TRUE(
        QTest::qWaitFor([this] { return m_app->fleetPage(QStringLiteral("infrastructure")).model()->rowCount() > 0; }));
    m_app->fleetPage(QStringLiteral("infrastructure")).focusContent();
    key(Qt::Key_Return);
    EXPECT_EQ(window().currentPage()->pageId(), QStringLiteral("workloads"));
    EXPECT_NE(page().choice().host, 0U);
    key(Qt::Key_Left, Qt::AltModifier);
    EXPECT_EQ(window().currentPage()->pageId(), QStringLiteral("infrastructure"));
}

TEST_F(FlowTest, ChoicesSurviveARestart)
{
    key(Qt::Key_C, Qt::ShiftModifier);
    const RowKey group = page().model()->rowKey(0);
    ASSERT_TRUE(page().model()->isGroup(0));
    table().setCurrentKey(group);
    key(Qt::Key_H);
    ASSERT_TRUE(page().model()->group(0)->collapsed);
    table().setColumnWanted(QStringLiteral("netIo"), false);
    m_app.reset();
    open();
    EXPECT_EQ(page().choice().sortKey, QStringLiteral("cpu"));
    EXPECT_TRUE(page().model()->group(0)->collapsed);
    EXPECT_FALSE(table().isColumnWanted(QStringLiteral("netIo")));
}

TEST_F(FlowTest, PaletteFindsAndRunsCommands)
{
    key(Qt::Key_Colon, Qt::ShiftModifier);
    ASSERT_TRUE(QApplication::focusWidget()->inherits("QLineEdit"));
    type("pods");
    key(Qt::Key_Return);
    EXPECT_EQ(page().choice().view, QStringLiteral("pod"));
    EXPECT_TRUE(names().isEmpty());
    key(Qt::Key_K, Qt::ControlModifier);
    type("clear all");
    key(Qt::Key_Return);
    EXPECT_EQ(names().size(), 40);
}
