// SPDX-License-Identifier: GPL-3.0-or-later
// A fleet page by itself: empty states, choices, Esc, links and dumps.
#include "tests/views/fleet_page_fixture.h"
#include "views/flat_button.h"
#include "views/log_panel.h"

#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

class FleetPageTest : public sample::FleetPageFixture {
protected:
    FlatButton* buttonOf(EmptyState& state, const QString& text)
    {
        for (auto* button : state.findChildren<FlatButton*>()) {
            if (!button->isHidden() && button->text() == text) {
                return button;
            }
        }
        return nullptr;
    }
};

} // namespace

TEST_F(FleetPageTest, BeforeAnythingArrivedItWaitsOrSaysWhatFailed)
{
    EXPECT_EQ(m_page.findChild<EmptyState*>(), nullptr) << "words that flash by in every start help nobody";
    ASSERT_TRUE(QTest::qWaitFor([this] { return m_page.findChild<EmptyState*>() != nullptr; }));
    EXPECT_TRUE(empty().isVisible());
    EXPECT_EQ(empty().width(), table().width()) << "where the rows would be";
    EXPECT_TRUE(empty().text().startsWith(QStringLiteral("Reading this machine")));
    EXPECT_EQ(m_page.missing(), QStringList{QStringLiteral("rows of Workloads")});
    EXPECT_TRUE(m_page.countText().isEmpty()) << "nothing is known, so no 0";
    m_page.setSourceProblem(QStringLiteral("/proc cannot be read"));
    EXPECT_EQ(empty().text(), u"No data yet\n/proc cannot be read");
    fill({});
    EXPECT_EQ(empty().text(), u"No workload is reported by any source\n/proc cannot be read");
    EXPECT_TRUE(m_page.missing().isEmpty());
    EXPECT_EQ(m_page.countText(), u"0");
}

TEST_F(FleetPageTest, AnEmptyFleetOffersASource)
{
    const QSignalSpy commands(&m_page, &Page::commandRequested);
    fill({});
    FlatButton* add = buttonOf(empty(), QStringLiteral("Add source"));
    ASSERT_NE(add, nullptr);
    add->click();
    ASSERT_EQ(commands.count(), 1);
    EXPECT_EQ(commands.first().first().toString(), u"source.add");
}

TEST_F(FleetPageTest, AFilterThatHidesAllSaysHowManyAndOffersBothWaysOut)
{
    fill({});
    TableSummary summary;
    summary.total = 4812;
    m_page.setSummary(summary);
    m_page.setQueryText(QStringLiteral("nobody"));
    EXPECT_TRUE(empty().text().contains(QStringLiteral("4,812 rows are hidden by the filter")));
    summary.total = 1;
    m_page.setSummary(summary);
    EXPECT_TRUE(empty().text().contains(QStringLiteral("1 row is hidden by the filter"))) << "one row is no rows";
    summary.total = 4812;
    m_page.setSummary(summary);
    const QSignalSpy commands(&m_page, &Page::commandRequested);
    buttonOf(empty(), QStringLiteral("Why is a row not shown?"))->click();
    ASSERT_EQ(commands.count(), 1);
    EXPECT_EQ(commands.first().first().toString(), u"table.why");
    buttonOf(empty(), QStringLiteral("Clear all filters"))->click();
    EXPECT_TRUE(m_page.queryText().isEmpty());
    EXPECT_FALSE(m_page.choice().hasFilter());
}

TEST_F(FleetPageTest, RowsTakeTheEmptyStateAway)
{
    fill({});
    EXPECT_TRUE(empty().isVisible());
    fill(sample::fleet(3));
    EXPECT_FALSE(empty().isVisible());
    EXPECT_EQ(m_page.countText(), u"3");
}

TEST_F(FleetPageTest, WhatIsWrongIsSaidAtOnce)
{
    m_page.setSourceProblem(QStringLiteral("refused"));
    ASSERT_NE(m_page.findChild<EmptyState*>(), nullptr);
    EXPECT_TRUE(empty().isVisible());
}

TEST_F(FleetPageTest, AQueryThatDoesNotParseKeepsTheLastGoodChoice)
{
    fill(sample::fleet(3));
    EXPECT_TRUE(m_page.setQueryText(QStringLiteral("cpu>80")).error.isEmpty());
    const auto choices = m_choices.count();
    const QueryFeedback wrong = m_page.setQueryText(QStringLiteral("cpu>80 and (name:web"));
    EXPECT_FALSE(wrong.error.isEmpty());
    EXPECT_EQ(m_page.choice().text, u"cpu>80");
    EXPECT_EQ(m_page.queryText(), u"cpu>80 and (name:web") << "what was typed stays in the field";
    EXPECT_EQ(m_choices.count(), choices);
    m_page.setQueryText(QStringLiteral("cpu>80"));
    EXPECT_EQ(m_choices.count(), choices) << "back at the same question nothing is asked";
}

TEST_F(FleetPageTest, EscPeelsLogDrawerSelectionFilterInThisOrder)
{
    fill(sample::fleet(5));
    m_page.setQueryText(QStringLiteral("work"));
    table().selectAll();
    m_page.openDrawer(m_model.rowKey(1));
    m_page.showLog(true);
    const QSignalSpy logClosed(&m_page, &FleetPage::logClosed);
    EXPECT_TRUE(m_page.peel());
    EXPECT_EQ(logClosed.count(), 1);
    EXPECT_TRUE(m_page.isDrawerOpen());
    EXPECT_TRUE(m_page.peel());
    EXPECT_FALSE(m_page.isDrawerOpen());
    EXPECT_GT(table().selectedKeys().size(), 1U);
    EXPECT_TRUE(m_page.peel());
    EXPECT_LE(table().selectedKeys().size(), 1U);
    EXPECT_EQ(m_page.choice().text, u"work");
    EXPECT_TRUE(m_page.peel());
    EXPECT_TRUE(m_page.choice().text.isEmpty());
    EXPECT_FALSE(m_page.peel()) << "nothing is open: the window goes back";
}

TEST_F(FleetPageTest, LinksBringFilterAndDrawerBack)
{
    fill(sample::fleet(5));
    m_page.setQueryText(QStringLiteral("tag:\"a & b\""));
    m_page.openDrawer(m_model.rowKey(2));
    const QUrlQuery link(m_page.routeState().toString(QUrl::FullyEncoded));
    const RowKey shown = m_model.rowKey(2);
    m_page.closeDrawer();
    run("table.clear");
    m_page.restoreRouteState(link);
    EXPECT_EQ(m_page.queryText(), u"tag:\"a & b\"");
    ASSERT_TRUE(m_page.isDrawerOpen());
    EXPECT_EQ(m_page.drawer()->facts().key, shown);
    m_page.restoreRouteState(QUrlQuery());
    EXPECT_FALSE(m_page.isDrawerOpen());
    EXPECT_TRUE(m_page.queryText().isEmpty());
}

TEST_F(FleetPageTest, ARowThatLeavesKeepsItsLastValuesInTheDrawer)
{
    auto rows = sample::fleet(5);
    fill(rows);
    const RowKey key = m_model.rowKey(4);
    EXPECT_TRUE(m_page.revealRow(key));
    rows.pop_back();
    fill(rows);
    ASSERT_TRUE(m_page.isDrawerOpen());
    EXPECT_EQ(m_page.drawer()->facts().key, key);
    rows = sample::fleet(5);
    rows[4].cpu = 55;
    fill(rows);
    EXPECT_EQ(m_page.drawer()->facts().json.value(u"cpuPercent").toDouble(), 55);
    EXPECT_FALSE(m_page.revealRow(12345)) << "a row that is not there is not revealed";
    EXPECT_FALSE(m_page.revealRow(0));
}

TEST_F(FleetPageTest, TheDumpTellsGroupsRowsAndWhatIsUnknown)
{
    auto rows = sample::fleet(3);
    rows[1].cpu.reset();
    rows[2].node = "other";
    fill(rows, true);
    const PageDump dump = m_page.dump();
    ASSERT_EQ(dump.rows.size(), 5U);
    EXPECT_TRUE(dump.rows[0].group);
    EXPECT_EQ(dump.rows[0].cells[0].text, u"node");
    EXPECT_EQ(dump.rows[0].cells[1].value.toInt(), 2);
    EXPECT_EQ(dump.total, 3U);
    const auto cpu = static_cast<std::size_t>(dump.columns.indexOf(QStringLiteral("cpu")));
    EXPECT_EQ(dump.rows[1].cells[cpu].value.toDouble(), 0.0) << "zero is a value";
    EXPECT_FALSE(dump.rows[2].cells[cpu].value.isValid());
    EXPECT_EQ(dump.rows[2].cells[cpu].text, u"\u2013");
    EXPECT_EQ(dump.rows[4].key, m_model.rowKey(4));
}

TEST_F(FleetPageTest, TheFocusGoesToARowNotToAGroupHeader)
{
    fill(sample::fleet(4), true);
    m_page.focusContent();
    EXPECT_TRUE(table().hasFocus());
    EXPECT_EQ(table().currentKey(), m_model.rowKey(1));
}
