// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/log_panel.h"

#include "views/log_view.h"
#include "views/search_field.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

namespace tracedeck {
namespace {

std::vector<LogRow> numbered(int from, int count, LogSeverity severity = LogSeverity::None)
{
    std::vector<LogRow> rows;
    for (int i = from; i < from + count; ++i) {
        LogRow row;
        row.text = "line " + std::to_string(i);
        row.severity = severity;
        row.timeNs = 1'767'323'045'000'000'000 + i;
        rows.push_back(std::move(row));
    }
    return rows;
}

class LogPanelTest : public testing::Test {
protected:
    LogPanelTest()
    {
        m_panel.resize(900, 300);
        m_panel.begin(QStringLiteral("web-1"));
        m_panel.show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(&m_panel));
    }
    [[nodiscard]] QScrollBar* bar() const { return m_panel.view()->verticalScrollBar(); }

    LogPanel m_panel;
};

TEST_F(LogPanelTest, FollowsTheEndUntilSomeoneScrollsUp)
{
    m_panel.append(numbered(0, 500));
    EXPECT_EQ(bar()->value(), bar()->maximum());
    const QSignalSpy following(m_panel.view(), &LogView::followingChanged);
    m_panel.view()->setFocus();
    QTest::keyClick(m_panel.view(), Qt::Key_PageUp);
    EXPECT_FALSE(m_panel.view()->isFollowing());
    EXPECT_TRUE(m_panel.stateText().contains(QStringLiteral("paused by scrolling")));
    const std::string top = m_panel.lines().shown(m_panel.view()->firstVisible()).text;
    m_panel.append(numbered(500, 300));
    EXPECT_EQ(m_panel.lines().shown(m_panel.view()->firstVisible()).text, top) << "what is being read stays put";
    QTest::keyClick(m_panel.view(), Qt::Key_End);
    EXPECT_TRUE(m_panel.view()->isFollowing());
    EXPECT_EQ(bar()->value(), bar()->maximum());
    EXPECT_EQ(following.count(), 2);
}

TEST_F(LogPanelTest, WhatIsReadStaysPutAlsoWhileOldLinesGo)
{
    m_panel.append(numbered(0, 19'000));
    bar()->setValue(10'000);
    const std::string top = m_panel.lines().shown(m_panel.view()->firstVisible()).text;
    m_panel.append(numbered(19'000, 5'000));
    EXPECT_GT(m_panel.lines().forgottenCount(), 0U);
    EXPECT_EQ(m_panel.lines().shown(m_panel.view()->firstVisible()).text, top);
    EXPECT_TRUE(m_panel.stateText().contains(QStringLiteral("older ones are gone")));
}

TEST_F(LogPanelTest, FiltersInTheQueryLanguageAndSaysNOfM)
{
    m_panel.append(numbered(0, 10, LogSeverity::Info));
    m_panel.append(numbered(10, 2, LogSeverity::Error));
    m_panel.setFilterText(QStringLiteral("level:error"));
    EXPECT_EQ(m_panel.lines().shownCount(), 2U);
    EXPECT_TRUE(m_panel.stateText().startsWith(QStringLiteral("2 of 12 lines")));
    m_panel.setFilterText(QStringLiteral("level:loud"));
    EXPECT_EQ(m_panel.lines().shownCount(), 2U) << "the last good filter stays";
    EXPECT_TRUE(m_panel.stateText().contains(QStringLiteral("loud")));
}

TEST_F(LogPanelTest, CopiesTheSelectedLines)
{
    m_panel.append(numbered(0, 5));
    const int step = m_panel.view()->viewport()->height() > 100 ? 18 : 10;
    QTest::mouseClick(m_panel.view()->viewport(), Qt::LeftButton, Qt::NoModifier, QPoint(200, 4));
    QTest::mouseClick(m_panel.view()->viewport(), Qt::LeftButton, Qt::ShiftModifier, QPoint(200, 4 + step));
    m_panel.view()->setFocus();
    QTest::keyClick(m_panel.view(), Qt::Key_C, Qt::ControlModifier);
    const QString text = QGuiApplication::clipboard()->text();
    EXPECT_TRUE(text.startsWith(QStringLiteral("line 0\n"))) << text.toStdString();
    EXPECT_GE(text.count(u'\n'), 2);
}

TEST_F(LogPanelTest, SaysWhyItEnded)
{
    m_panel.append(numbered(0, 1));
    m_panel.setEnded({});
    EXPECT_TRUE(m_panel.stateText().endsWith(QStringLiteral("ended")));
    m_panel.setEnded(QStringLiteral("no such container"));
    EXPECT_TRUE(m_panel.stateText().endsWith(QStringLiteral("no such container")));
    m_panel.begin(QStringLiteral("other"));
    EXPECT_EQ(m_panel.lines().totalCount(), 0U);
    EXPECT_FALSE(m_panel.stateText().contains(QStringLiteral("no such")));
}

TEST_F(LogPanelTest, PaintsAnyTextAtAnySize)
{
    LogRow wide;
    wide.text = std::string(16'000, 'x');
    LogRow gap;
    gap.dropped = 12;
    LogRow strange;
    strange.text = "\xF0\x9F\x98\x80 \xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D";
    strange.error = true;
    m_panel.append({wide, gap, strange, LogRow()});
    for (const QSize size : {QSize(900, 300), QSize(200, 80), QSize(1, 1)}) {
        m_panel.resize(size);
        EXPECT_FALSE(m_panel.grab().isNull());
    }
}

} // namespace
} // namespace tracedeck
