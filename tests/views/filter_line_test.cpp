// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/filter_line.h"

#include "views/filter_chips.h"
#include "views/flat_button.h"

#include <QAction>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

class FilterLineTest : public testing::Test {
protected:
    FilterLineTest()
    {
        m_summary.shown = 9;
        m_summary.total = 1234;
        m_summary.sources = {{QStringLiteral("docker"), QStringLiteral("Docker"), 1200},
                             {QStringLiteral("agent"), QStringLiteral("This machine"), 34}};
        m_line.setSummary(m_summary);
        m_line.resize(1600, 44);
        m_line.show();
        QObject::connect(&m_line, &FilterLine::choiceEdited, &m_line, [this](const TableChoice& choice) {
            m_choice = choice;
            ++m_edits;
            m_line.setChoice(choice);
        });
    }
    /// The source menu (0) or the group menu (1), filled as if it were about to show.
    QList<QAction*> menu(int index)
    {
        QMenu* found = m_line.findChildren<QMenu*>(QString(), Qt::FindDirectChildrenOnly).at(index);
        Q_EMIT found->aboutToShow();
        return found->actions();
    }
    static QAction* named(const QList<QAction*>& actions, const QString& text)
    {
        const auto found = std::find_if(actions.begin(), actions.end(),
                                        [&text](const QAction* action) { return action->text().startsWith(text); });
        return found == actions.end() ? nullptr : *found;
    }
    FlatButton* button(const QString& text)
    {
        for (auto* candidate : m_line.findChildren<FlatButton*>(QString(), Qt::FindDirectChildrenOnly)) {
            if (candidate->text() == text && !candidate->isHidden()) {
                return candidate;
            }
        }
        return nullptr;
    }
    void choose(const TableChoice& choice)
    {
        m_choice = choice;
        m_line.setChoice(choice);
    }
    QStringList chips() { return m_line.findChild<FilterChips*>()->texts(); }

    FilterLine m_line{
        {{{QString(), QStringLiteral("All")}, {QStringLiteral("vm"), QStringLiteral("VMs")}},
         {{QString(), QStringLiteral("Any")}, {QStringLiteral("stopped"), QStringLiteral("Stopped")}},
         {{QStringLiteral("none"), QStringLiteral("None")}, {QStringLiteral("node"), QStringLiteral("Node")}}}};
    TableSummary m_summary;
    TableChoice m_choice;
    int m_edits = 0;
};

} // namespace

TEST_F(FilterLineTest, SaysNOfMOnlyWhenSomethingIsHidden)
{
    EXPECT_EQ(m_line.countText(), u"9 of 1,234");
    m_summary.shown = m_summary.total;
    m_line.setSummary(m_summary);
    EXPECT_EQ(m_line.countText(), u"1,234");
    m_summary.shown = m_summary.total = 0;
    m_line.setSummary(m_summary);
    EXPECT_EQ(m_line.countText(), u"0");
}

TEST_F(FilterLineTest, SegmentsSetKindAndStatus)
{
    const auto bars = m_line.findChildren<SegmentBar*>();
    ASSERT_EQ(bars.size(), 2);
    EXPECT_EQ(bars[0]->accessibleName(), u"Kind");
    QTest::keyClick(bars[0], Qt::Key_Right);
    QTest::keyClick(bars[1], Qt::Key_Right);
    EXPECT_EQ(m_choice.view, u"vm");
    EXPECT_EQ(m_choice.status, u"stopped");
    choose({});
    EXPECT_EQ(bars[0]->current(), u"") << "a choice made elsewhere shows";
    EXPECT_EQ(m_edits, 2) << "and does not come back as an edit";
}

TEST_F(FilterLineTest, TheSourceMenuListsSourcesWithTheirRows)
{
    const QList<QAction*> actions = menu(0);
    ASSERT_EQ(actions.size(), 3);
    EXPECT_TRUE(actions[0]->isChecked());
    EXPECT_EQ(actions[1]->text(), u"Docker  1,200");
    actions[1]->trigger();
    EXPECT_EQ(m_choice.source, u"docker");
    EXPECT_NE(button(QStringLiteral("Docker")), nullptr);
    EXPECT_TRUE(named(menu(0), QStringLiteral("Docker"))->isChecked());
    named(menu(0), QStringLiteral("All"))->trigger();
    EXPECT_TRUE(m_choice.source.isEmpty());
}

TEST_F(FilterLineTest, APlatformThatHasNoRowsAnyMoreStillSaysThatItRestricts)
{
    TableChoice choice;
    choice.source = QStringLiteral("kubernetes");
    choose(choice);
    EXPECT_EQ(button(QStringLiteral("All sources")), nullptr);
    EXPECT_NE(button(QStringLiteral("Kubernetes")), nullptr);
    m_line.resize(700, 44);
    EXPECT_EQ(chips(), QStringList{QStringLiteral("source Kubernetes")});
    choice.source = QStringLiteral("nonsense");
    choose(choice);
    EXPECT_TRUE(chips().isEmpty()) << "a word that names no platform restricts nothing";
}

TEST_F(FilterLineTest, TheGroupMenuGroupsAndFoldsOnlyWhatIsGrouped)
{
    choose([] {
        TableChoice none;
        none.grouping = QStringLiteral("none");
        return none;
    }());
    EXPECT_NE(button(QStringLiteral("Not grouped")), nullptr);
    EXPECT_FALSE(named(menu(1), QStringLiteral("Collapse"))->isEnabled());
    named(menu(1), QStringLiteral("Node"))->trigger();
    EXPECT_EQ(m_choice.grouping, u"node");
    EXPECT_NE(button(QStringLiteral("Group by node")), nullptr);
    const QSignalSpy collapse(&m_line, &FilterLine::collapseAllRequested);
    const QSignalSpy expand(&m_line, &FilterLine::expandAllRequested);
    named(menu(1), QStringLiteral("Collapse"))->trigger();
    named(menu(1), QStringLiteral("Expand"))->trigger();
    EXPECT_EQ(collapse.count() + expand.count(), 2);
    named(menu(1), QStringLiteral("Worst"))->trigger();
    EXPECT_TRUE(m_choice.worstGroupsFirst);
    EXPECT_TRUE(named(menu(1), QStringLiteral("Worst"))->isChecked());
}

TEST_F(FilterLineTest, TheHostIsNamedAndGoesWithAClick)
{
    TableChoice choice;
    choice.host = 7;
    choice.hostName = QStringLiteral("pve-1");
    choose(choice);
    FlatButton* host = button(QStringLiteral("on pve-1"));
    ASSERT_NE(host, nullptr);
    host->click();
    EXPECT_EQ(m_choice.host, 0U);
    EXPECT_TRUE(m_choice.hostName.isEmpty());
    EXPECT_TRUE(host->isHidden());
}

TEST_F(FilterLineTest, AHostOrTwoLevelsOfGroupsCutNoneOfTheSegments)
{
    m_line.resize(1232, 44); // beside the rail of a window of 1280
    const auto isWhole = [this] {
        const QList<SegmentBar*> bars = m_line.findChildren<SegmentBar*>();
        return std::all_of(bars.begin(), bars.end(),
                           [](const SegmentBar* bar) { return bar->width() >= bar->sizeHint().width(); });
    };
    ASSERT_TRUE(QTest::qWaitFor(isWhole));
    TableChoice choice;
    choice.host = 7;
    choice.hostName = QStringLiteral("prod-north-worker-01");
    choice.grouping = QStringLiteral("node");
    choice.thenGrouping = QStringLiteral("status");
    choose(choice);
    EXPECT_TRUE(QTest::qWaitFor(isWhole));
    EXPECT_EQ(button(QStringLiteral("Problems")), nullptr) << "a key and a command do it too";
}

TEST_F(FilterLineTest, WhatHasNoRoomBecomesAChipThatCanBeTakenAway)
{
    TableChoice choice;
    choice.text = QStringLiteral("cpu>80 tag:prod");
    choice.problemsOnly = true;
    choice.source = QStringLiteral("agent");
    choose(choice);
    EXPECT_EQ(chips(), (QStringList{QStringLiteral("cpu>80"), QStringLiteral("tag:prod")}));
    EXPECT_TRUE(button(QStringLiteral("Problems"))->isChecked());
    m_line.resize(950, 44);
    EXPECT_EQ(chips().mid(2), (QStringList{QStringLiteral("source This machine"), QStringLiteral("problems only")}));
    EXPECT_EQ(button(QStringLiteral("Problems")), nullptr);
    EXPECT_NE(button(QStringLiteral("Columns")), nullptr);
    m_line.resize(600, 44);
    EXPECT_EQ(button(QStringLiteral("Columns")), nullptr) << "columns are also a command";
}

TEST_F(FilterLineTest, AHeldOrderSaysSoAndReleasesByClick)
{
    const QSignalSpy resort(&m_line, &FilterLine::resortRequested);
    m_line.setHeldText(QStringLiteral("order held 14 s"));
    FlatButton* held = button(QStringLiteral("order held 14 s \u00b7 R to re-sort"));
    ASSERT_NE(held, nullptr);
    held->click();
    EXPECT_EQ(resort.count(), 1);
    m_line.setHeldText({});
    EXPECT_TRUE(held->isHidden());
    EXPECT_EQ(m_edits, 0);
}

TEST_F(FilterLineTest, ProblemsAndColumnsAskForWhatTheySay)
{
    const QSignalSpy columns(&m_line, &FilterLine::columnsRequested);
    button(QStringLiteral("Problems"))->click();
    EXPECT_TRUE(m_choice.problemsOnly);
    button(QStringLiteral("Problems"))->click();
    EXPECT_FALSE(m_choice.problemsOnly);
    m_line.openColumns();
    ASSERT_EQ(columns.count(), 1);
    const QPoint at = columns.first().first().toPoint();
    EXPECT_GT(m_line.mapFromGlobal(at).y(), m_line.height() / 2) << "below the button";
}
