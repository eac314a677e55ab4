// SPDX-License-Identifier: GPL-3.0-or-later
// The commands of the key map on a fleet page, and the menus of rows and groups.
#include "tests/views/fleet_page_fixture.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

class FleetCommands : public sample::FleetPageFixture {
protected:
    FleetCommands() { fill(sample::fleet(6)); }
    void choose(int row) { table().setCurrentKey(m_model.rowKey(row)); }
    static QString clipboard() { return QGuiApplication::clipboard()->text(); }
    /// Texts of the entries of the last menu that opened, keys left out; disabled ones in brackets.
    QStringList menuTexts()
    {
        QStringList texts;
        const auto menus = m_page.findChildren<QMenu*>(QString(), Qt::FindDirectChildrenOnly);
        for (const QAction* action : menus.isEmpty() ? QList<QAction*>() : menus.last()->actions()) {
            const QString text = action->text().section(u'\t', 0, 0);
            texts.append(action->isEnabled() ? text : u'[' + text + u']');
        }
        texts.removeAll(QString());
        return texts;
    }
};

struct Sort {
    const char* command;
    const char16_t* key;
    bool descending;
};

class FleetSortCommand : public sample::FleetPageFixture, public testing::WithParamInterface<Sort> { };

TEST_P(FleetSortCommand, SortsByItsColumnAndTurnsTheSecondTime)
{
    fill(sample::fleet(3));
    m_page.setChoice([] {
        TableChoice other;
        other.sortKey = QStringLiteral("type");
        other.thenSortKey = QStringLiteral("cpu");
        return other;
    }());
    EXPECT_TRUE(run(GetParam().command));
    EXPECT_EQ(m_page.choice().sortKey, QString::fromUtf16(GetParam().key));
    EXPECT_EQ(m_page.choice().descending, GetParam().descending);
    EXPECT_TRUE(m_page.choice().thenSortKey.isEmpty()) << "another first key starts over";
    EXPECT_TRUE(run(GetParam().command));
    EXPECT_EQ(m_page.choice().descending, !GetParam().descending);
}

INSTANTIATE_TEST_SUITE_P(Keys, FleetSortCommand,
                         testing::Values(Sort{"sort.name", u"name", false}, Sort{"sort.cpu", u"cpu", true},
                                         Sort{"sort.memory", u"memory", true}));

} // namespace

TEST_F(FleetCommands, WithoutARowTheySayWhatToDo)
{
    sample::show(m_model, {});
    for (const char* command : {"row.details", "row.json", "row.traces", "row.logs", "row.shell", "copy.json"}) {
        m_noticed.clear();
        EXPECT_TRUE(run(command)) << command;
        EXPECT_EQ(notice(), u"Select a row first") << command;
    }
    EXPECT_FALSE(m_page.isDrawerOpen());
}

TEST_F(FleetCommands, DetailsOpenAndCloseAndJsonStandsInTheSameDrawer)
{
    choose(1);
    const QSignalSpy toggled(&m_page, &FleetPage::drawerToggled);
    run("row.details");
    EXPECT_TRUE(m_page.isDrawerOpen());
    run("row.json");
    EXPECT_TRUE(m_page.drawer()->isJsonShown());
    run("row.details");
    EXPECT_TRUE(m_page.isDrawerOpen()) << "from JSON back to the details";
    EXPECT_FALSE(m_page.drawer()->isJsonShown());
    run("row.details");
    EXPECT_FALSE(m_page.isDrawerOpen());
    EXPECT_EQ(toggled.count(), 2);
}

TEST_F(FleetCommands, TheDrawerFollowsTheCurrentRow)
{
    choose(1);
    run("row.details");
    table().setFocus();
    QTest::keyClick(&table(), Qt::Key_J);
    EXPECT_EQ(m_page.drawer()->facts().key, m_model.rowKey(2));
}

TEST_F(FleetCommands, TracesLogsAndInspectSayWhatIsWanted)
{
    choose(0);
    const QSignalSpy links(&m_page, &Page::linkActivated);
    const QSignalSpy logs(&m_page, &FleetPage::logRequested);
    const QSignalSpy inspect(&m_page, &FleetPage::inspectRequested);
    const QSignalSpy browse(&m_page, &FleetPage::openRequested);
    for (const char* command : {"row.traces", "row.logs", "row.inspect", "row.browse"}) {
        EXPECT_TRUE(run(command));
    }
    ASSERT_EQ(links.count(), 1);
    EXPECT_TRUE(links.first().first().toString().startsWith(QStringLiteral("tracedeck://traces?")));
    ASSERT_EQ(logs.count(), 1);
    EXPECT_EQ(logs.first().at(0).toString(), u"") << "this row is no container";
    EXPECT_EQ(logs.first().at(1).toString(), u"workload-1");
    EXPECT_EQ(inspect.count(), 1);
    ASSERT_EQ(browse.count(), 1);
    EXPECT_EQ(browse.first().first().toJsonObject().value(u"name").toString(), u"workload-1");
}

TEST_F(FleetCommands, CopyingTakesOneRowWholeAndSeveralAsShown)
{
    choose(2);
    run("copy.json");
    EXPECT_EQ(notice(), u"Row copied as JSON");
    EXPECT_TRUE(clipboard().contains(QStringLiteral("\"cpuPercent\""))) << "all that is known about it";
    table().selectAll();
    run("copy.json");
    EXPECT_EQ(notice(), u"6 rows copied as JSON");
    run("copy.markdown");
    EXPECT_EQ(clipboard().count(u'\n'), 8) << "a head, a rule and six rows";
    run("copy");
    EXPECT_EQ(notice(), u"6 rows copied as tab-separated text");
}

TEST_F(FleetCommands, ProblemsResortAndOthersAreTold)
{
    const QSignalSpy resort(&m_page, &FleetPage::resortRequested);
    EXPECT_TRUE(run("table.problems"));
    EXPECT_TRUE(m_page.choice().problemsOnly);
    EXPECT_TRUE(run("table.problems"));
    EXPECT_FALSE(m_page.choice().problemsOnly);
    EXPECT_TRUE(run("table.resort"));
    EXPECT_EQ(resort.count(), 1);
    EXPECT_TRUE(run("table.worstGroups"));
    EXPECT_TRUE(m_page.choice().worstGroupsFirst);
    EXPECT_TRUE(run("sort.nonsense")) << "an unknown column sorts nothing";
    EXPECT_EQ(m_page.choice().sortKey, u"name");
    EXPECT_FALSE(run("trace.fit"));
    EXPECT_FALSE(run(""));
}

TEST_F(FleetCommands, SpacePinsAndTakesThePinBack)
{
    choose(3);
    table().setFocus();
    QTest::keyClick(&table(), Qt::Key_Space);
    EXPECT_EQ(m_page.choice().pinned, std::vector<RowKey>{m_model.rowKey(3)});
    choose(1);
    QTest::keyClick(&table(), Qt::Key_Space);
    EXPECT_EQ(m_page.choice().pinned, (std::vector<RowKey>{m_model.rowKey(3), m_model.rowKey(1)}));
    QTest::keyClick(&table(), Qt::Key_Space);
    EXPECT_EQ(m_page.choice().pinned, std::vector<RowKey>{m_model.rowKey(3)});
}

TEST_F(FleetCommands, TheRowMenuOffersOnlyWhatARowHas)
{
    Q_EMIT table().rowMenuRequested(m_model.rowKey(2), QPoint(5, 5));
    const QStringList texts = menuTexts();
    EXPECT_EQ(texts.first(), u"Details");
    EXPECT_TRUE(texts.contains(QStringLiteral("[Log]"))) << "a virtual machine has no log here";
    EXPECT_TRUE(texts.contains(QStringLiteral("Traces")));
    EXPECT_FALSE(texts.contains(QStringLiteral("Workloads"))) << "that is for hosts";
    EXPECT_EQ(table().currentKey(), m_model.rowKey(2)) << "the menu is about the row it opens on";
}

TEST_F(FleetCommands, AGroupFoldsFromItsMenuAndByCommand)
{
    fill(sample::fleet(6), true);
    const RowKey group = m_model.rowKey(0);
    Q_EMIT table().rowMenuRequested(group, QPoint(5, 5));
    EXPECT_EQ(menuTexts(),
              (QStringList{QStringLiteral("Collapse node"), QStringLiteral("Collapse all"),
                           QStringLiteral("Expand all"), QStringLiteral("Select all rows of the group")}));
    run("group.collapseAll");
    EXPECT_EQ(m_page.choice().collapsed, std::vector<RowKey>{group});
    run("group.collapseAll");
    EXPECT_EQ(m_page.choice().collapsed.size(), 1U) << "no group twice";
    run("group.expandAll");
    EXPECT_TRUE(m_page.choice().collapsed.empty());
    Q_EMIT table().groupToggled(group);
    Q_EMIT table().groupToggled(7);
    EXPECT_TRUE(std::is_sorted(m_page.choice().collapsed.begin(), m_page.choice().collapsed.end()));
    Q_EMIT table().groupToggled(group);
    EXPECT_EQ(m_page.choice().collapsed, std::vector<RowKey>{7});
}
