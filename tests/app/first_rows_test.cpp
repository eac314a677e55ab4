// SPDX-License-Identifier: GPL-3.0-or-later
// What waits until somebody sees rows.
#include "app/first_rows.h"
#include "tests/app/flow_fixture.h"
#include "views/traces_page.h"

#include <QHeaderView>
#include <QStringListModel>
#include <QTableView>

using namespace tracedeck;
using namespace tracedeck::tests;

namespace {

class FirstRowsTest : public testing::Test {
protected:
    FirstRowsTest()
    {
        m_table.setModel(&m_model);
        m_table.resize(200, 100);
        m_table.show();
    }
    void wait(std::chrono::milliseconds latest)
    {
        m_first = new FirstRows(
            &m_table, latest, [this] { ++m_calls; }, &m_owner);
    }

    QStringListModel m_model;
    QTableView m_table;
    QObject m_owner;
    QPointer<FirstRows> m_first;
    int m_calls = 0;
};

/// Late parts of the whole window: nobody asked for the page of traces yet.
class LatePartsTest : public FlowFixture {
protected:
    [[nodiscard]] TracesPage* built() { return window().findChild<TracesPage*>(); }
};

} // namespace

TEST_F(FirstRowsTest, FramesWithoutRowsAreNotWaitedFor)
{
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&m_table));
    wait(std::chrono::hours(1));
    m_table.viewport()->repaint();
    QCoreApplication::sendPostedEvents();
    EXPECT_EQ(m_calls, 0);
    m_model.setStringList({QStringLiteral("row")});
    EXPECT_EQ(m_calls, 0) << "there, but not on screen yet";
    EXPECT_TRUE(QTest::qWaitFor([this] { return m_calls == 1; }));
    EXPECT_TRUE(QTest::qWaitFor([this] { return m_first.isNull(); }));
    m_table.viewport()->repaint();
    EXPECT_EQ(m_calls, 1);
}

TEST_F(FirstRowsTest, ATableThatStaysEmptyHoldsNothingUp)
{
    wait(std::chrono::milliseconds(1));
    EXPECT_TRUE(QTest::qWaitFor([this] { return m_calls == 1 && m_first.isNull(); }));
}

TEST_F(FirstRowsTest, NothingIsCalledAfterTheOwnerIsGone)
{
    {
        QObject owner;
        new FirstRows(
            &m_table, std::chrono::milliseconds(1), [this] { ++m_calls; }, &owner);
    }
    m_model.setStringList({QStringLiteral("row")});
    m_table.viewport()->repaint();
    QTest::qWait(5);
    EXPECT_EQ(m_calls, 0);
}

TEST_F(LatePartsTest, TheTracesPageIsBuiltAfterTheFirstRowsOrWhenSomebodyGoesThere)
{
    m_app = std::make_unique<Application>(m_options, *qApp, m_source);
    EXPECT_EQ(built(), nullptr) << "what nobody sees does not delay the window";
    EXPECT_TRUE(m_app->openLink(QStringLiteral("tracedeck://traces?q=duration%3E250ms")));
    ASSERT_NE(built(), nullptr);
    EXPECT_EQ(built()->choice().query, u"duration>250ms");
    EXPECT_EQ(window().page(QStringLiteral("traces")), built()) << "one page, not two";
}

TEST_F(LatePartsTest, WhatWasSetBeforeHoldsForTheLatePage)
{
    ASSERT_TRUE(QTest::qWaitFor([this] { return built() != nullptr; })) << "after the first rows, unasked";
    EXPECT_EQ(built()->table()->verticalHeader()->defaultSectionSize(), table().verticalHeader()->defaultSectionSize());
    EXPECT_FALSE(window().windowIcon().isNull());
    EXPECT_TRUE(built()->choice() == TraceChoice{});
}
