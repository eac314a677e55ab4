// SPDX-License-Identifier: GPL-3.0-or-later
// Finding a hidden row, saved views, history and links in the whole window, with real keys.
#include "app/query_comfort.h"
#include "tests/app/flow_fixture.h"
#include "views/flat_button.h"
#include "views/pick_panel.h"
#include "views/suggestion_popup.h"
#include "views/traces_page.h"

#include <QClipboard>
#include <QMenu>

using namespace tracedeck;
using namespace tracedeck::tests;

namespace {

class FlowComfortTest : public FlowFixture {
protected:
    [[nodiscard]] PickPanel& panel() { return m_app->comfort().panel(); }
    [[nodiscard]] QString query() { return window().findChild<SearchField*>()->text(); }
    [[nodiscard]] QString currentName()
    {
        const int row = page().model()->rowOfKey(table().currentKey());
        return row < 0 ? QString() : page().model()->cell(row, 0)->text;
    }
};

} // namespace

TEST_F(FlowComfortTest, WhyIsItNotShownNamesTheClauseAndDropsIt)
{
    window().typeQuery(QStringLiteral("svc-03 cpu>0.1"));
    page().focusContent();
    ASSERT_EQ(names().size(), 10);
    key(Qt::Key_W);
    ASSERT_TRUE(panel().isVisible());
    type("svc-012");
    ASSERT_EQ(panel().texts().size(), 1);
    EXPECT_TRUE(panel().texts().front().contains(QStringLiteral("svc-03"))) << panel().texts().front().toStdString();
    key(Qt::Key_Return);
    EXPECT_FALSE(panel().isVisible());
    EXPECT_EQ(query(), QStringLiteral("cpu>0.1"));
    EXPECT_EQ(currentName(), QStringLiteral("svc-012"));
    EXPECT_TRUE(page().isDrawerOpen());
}

TEST_F(FlowComfortTest, TheEmptyTableOffersTheQuestion)
{
    window().typeQuery(QStringLiteral("cpu>99"));
    ASSERT_TRUE(names().isEmpty());
    FlatButton* offer = nullptr;
    for (auto* button : page().findChildren<FlatButton*>()) {
        offer = button->text().startsWith(QStringLiteral("Why")) ? button : offer;
    }
    ASSERT_NE(offer, nullptr);
    QTest::mouseClick(offer, Qt::LeftButton);
    ASSERT_TRUE(panel().isVisible());
    EXPECT_EQ(panel().texts().size(), 40);
    key(Qt::Key_Escape);
    EXPECT_FALSE(panel().isVisible());
    EXPECT_EQ(query(), QStringLiteral("cpu>99")) << "Esc closed the panel and nothing else";
}

TEST_F(FlowComfortTest, LinksRevealAResourceOrSayWhatHidesIt)
{
    EXPECT_TRUE(m_app->openLink(QStringLiteral("tracedeck://workloads?resource=svc-021")));
    EXPECT_EQ(currentName(), QStringLiteral("svc-021"));
    EXPECT_TRUE(page().isDrawerOpen());
    EXPECT_TRUE(m_app->openLink(QStringLiteral("tracedeck://workloads?q=cpu%3C0.1&resource=SVC-030")));
    ASSERT_TRUE(panel().isVisible());
    ASSERT_EQ(panel().texts().size(), 1);
    EXPECT_TRUE(panel().texts().front().contains(QStringLiteral("cpu<0.1")));
    key(Qt::Key_Return);
    EXPECT_EQ(currentName(), QStringLiteral("svc-030"));
    EXPECT_TRUE(m_app->openLink(QStringLiteral("tracedeck://workloads?resource=later")));
    EXPECT_FALSE(panel().isVisible());
    auto table = std::make_shared<WorkloadTable>(*scriptedWorkloads(41));
    table->name[40] = table->strings.intern("later");
    m_source->setWorkloads(table);
    EXPECT_TRUE(QTest::qWaitFor([&] { return currentName() == QStringLiteral("later"); })) << "shown when it comes";
}

TEST_F(FlowComfortTest, HistoryComesBackWithUpAlsoAfterARestart)
{
    key(Qt::Key_Slash);
    type("svc-01");
    key(Qt::Key_Return);
    m_app.reset();
    open();
    window().typeQuery({});
    key(Qt::Key_Slash);
    key(Qt::Key_Up);
    ASSERT_TRUE(window().findChild<SuggestionPopup*>()->isVisible());
    key(Qt::Key_Return);
    EXPECT_EQ(query(), QStringLiteral("svc-01"));
    EXPECT_EQ(names().size(), 10);
}

TEST_F(FlowComfortTest, ViewsAreSavedOpenedRenamedAndDeleted)
{
    window().typeQuery(QStringLiteral("svc-02"));
    page().focusContent();
    key(Qt::Key_C, Qt::ShiftModifier);
    table().setColumnWanted(QStringLiteral("netIo"), false);
    key(Qt::Key_S, Qt::ControlModifier);
    ASSERT_TRUE(panel().isVisible());
    type("Twenties");
    key(Qt::Key_Return);
    m_app->runCommand(QStringLiteral("table.clear"));
    key(Qt::Key_N, Qt::ShiftModifier);
    table().setColumnWanted(QStringLiteral("netIo"), true);
    m_app.reset();
    open();
    ASSERT_EQ(names().size(), 40);
    key(Qt::Key_K, Qt::ControlModifier);
    type("twenties");
    key(Qt::Key_Return);
    EXPECT_EQ(names().size(), 10);
    EXPECT_EQ(page().choice().sortKey, QStringLiteral("cpu"));
    EXPECT_FALSE(table().isColumnWanted(QStringLiteral("netIo")));
    m_app->runCommand(QStringLiteral("view.rename"));
    key(Qt::Key_Return);
    ASSERT_TRUE(panel().isVisible()) << "asks for the name";
    type("Hot ones");
    key(Qt::Key_Return);
    Q_EMIT window().viewsMenu()->aboutToShow();
    EXPECT_TRUE(window().viewsMenu()->actions().first()->text().startsWith(QStringLiteral("Hot ones")));
    m_app->runCommand(QStringLiteral("view.delete"));
    key(Qt::Key_Return);
    EXPECT_TRUE(m_app->comfort().views().all().empty());
}

TEST_F(FlowComfortTest, ATraceIdPastedIntoTheEmptyQueryLineOpensTheTrace)
{
    const QString id = QStringLiteral("4bf92f3577b34da6a3ce929d0e0e4736");
    QApplication::clipboard()->setText(QStringLiteral("https://jaeger.example/trace/") + id);
    key(Qt::Key_Slash);
    key(Qt::Key_V, Qt::ControlModifier);
    EXPECT_EQ(window().currentPage()->pageId(), QStringLiteral("traces"));
    EXPECT_EQ(qobject_cast<TracesPage*>(window().currentPage())->openTrace(), id);
    m_app->openLink(QStringLiteral("workloads"));
    QApplication::clipboard()->setText(QStringLiteral("svc-001"));
    key(Qt::Key_Slash);
    key(Qt::Key_V, Qt::ControlModifier);
    EXPECT_EQ(query(), QStringLiteral("svc-001")) << "other text is just text";
}

TEST_F(FlowComfortTest, ChipsFollowTheQueryAndTakePartsAway)
{
    window().resize(1900, 900);
    window().typeQuery(QStringLiteral("svc-0 node:node-a"));
    ASSERT_EQ(names().size(), 20);
    FlatButton* chip = nullptr;
    for (auto* button : page().findChildren<FlatButton*>()) {
        chip = button->text() == QStringLiteral("node:node-a") && button->isVisible() ? button : chip;
    }
    ASSERT_NE(chip, nullptr);
    QTest::mouseClick(chip, Qt::LeftButton);
    EXPECT_EQ(names().size(), 40);
    EXPECT_EQ(query(), QStringLiteral("svc-0")) << "the query line follows";
}
