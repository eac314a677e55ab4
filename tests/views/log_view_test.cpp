// SPDX-License-Identifier: GPL-3.0-or-later
// Lines of a log under keys, wheel and pointer; what the panel says is in log_panel_test.
#include "views/flat_button.h"
#include "views/log_panel.h"
#include "views/log_view.h"
#include "views/search_field.h"
#include "views/theme.h"

#include <QClipboard>
#include <QFontMetrics>
#include <QGuiApplication>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace tracedeck {
namespace {

std::vector<LogRow> lines(int from, int count)
{
    std::vector<LogRow> rows(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        rows[static_cast<std::size_t>(i)].text = "line " + std::to_string(from + i);
    }
    return rows;
}

int step()
{
    return QFontMetrics(theme().monoFont()).height() + 3;
}

class LogViewTest : public testing::Test {
protected:
    LogViewTest()
    {
        m_view.resize(600, step() * 10);
        m_lines.append(lines(0, 100));
        m_host.show();
        m_view.setFocus();
    }
    void press(Qt::Key key) { QTest::keyClick(&m_view, key); }
    void click(int line, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mouseClick(m_view.viewport(), Qt::LeftButton, modifiers, QPoint(200, line * step() + 2));
    }

    LogLines m_lines{nullptr, 1000};
    QWidget m_host;
    LogView m_view{&m_lines, &m_host};
};

TEST_F(LogViewTest, KeysScrollByLineAndPage)
{
    const std::size_t end = m_view.firstVisible();
    EXPECT_EQ(end, 90U);
    press(Qt::Key_Up);
    press(Qt::Key_K);
    EXPECT_EQ(m_view.firstVisible(), end - 2);
    EXPECT_FALSE(m_view.isFollowing());
    press(Qt::Key_PageUp);
    EXPECT_EQ(m_view.firstVisible(), end - 12);
    press(Qt::Key_J);
    press(Qt::Key_Down);
    EXPECT_EQ(m_view.firstVisible(), end - 10);
    press(Qt::Key_Home);
    EXPECT_EQ(m_view.firstVisible(), 0U);
    press(Qt::Key_PageDown);
    EXPECT_EQ(m_view.firstVisible(), 10U);
    press(Qt::Key_End);
    EXPECT_TRUE(m_view.isFollowing());
}

TEST_F(LogViewTest, LinesAreSelectedByClickShiftAndDrag)
{
    press(Qt::Key_Home);
    EXPECT_EQ(m_view.selectionText().count(u'\n'), 100) << "without a selection all that is shown";
    click(2);
    EXPECT_EQ(m_view.selectionText(), u"line 2\n");
    click(0, Qt::ShiftModifier);
    EXPECT_EQ(m_view.selectionText(), u"line 0\nline 1\nline 2\n") << "also upwards";
    click(4);
    QMouseEvent drag(QEvent::MouseMove, QPointF(200, 5.5 * step()), m_view.mapToGlobal(QPointF(200, 5.5 * step())),
                     Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_view.viewport(), &drag);
    EXPECT_EQ(m_view.selectionText(), u"line 4\nline 5\n");
    QTest::mouseClick(m_view.viewport(), Qt::RightButton, {}, QPoint(200, 8 * step()));
    EXPECT_EQ(m_view.selectionText(), u"line 4\nline 5\n") << "another button selects nothing";
}

TEST_F(LogViewTest, ASelectionStaysWithItsLinesWhileOthersCome)
{
    press(Qt::Key_Home);
    click(3);
    m_lines.append(lines(100, 500));
    EXPECT_EQ(m_view.selectionText(), u"line 3\n");
    m_lines.append(lines(600, 2000));
    EXPECT_EQ(m_view.selectionText(), u"") << "the line is gone, and nobody else is copied for it";
}

TEST_F(LogViewTest, AClickBelowTheLastLineTakesTheLast)
{
    m_lines.clear();
    click(5);
    EXPECT_EQ(m_view.selectionText(), u"") << "nothing is there";
    m_lines.append(lines(0, 3));
    click(8);
    EXPECT_EQ(m_view.selectionText(), u"line 2\n");
}

TEST_F(LogViewTest, FollowingIsToldOncePerChange)
{
    const QSignalSpy following(&m_view, &LogView::followingChanged);
    m_view.setFollowing(false);
    m_view.setFollowing(false);
    m_lines.append(lines(100, 50));
    EXPECT_EQ(m_view.firstVisible(), 90U) << "what is read stays";
    m_view.setFollowing(true);
    EXPECT_EQ(following.count(), 2);
    EXPECT_EQ(m_view.firstVisible(), 140U);
}

class LogPanelWords : public testing::Test {
protected:
    LogPanelWords()
    {
        m_panel.resize(900, 300);
        m_panel.show();
        m_panel.begin(QStringLiteral("web-1"));
    }
    [[nodiscard]] QString empty() const { return m_panel.view()->emptyText(); }

    LogPanel m_panel;
};

TEST_F(LogPanelWords, AnEmptyLogSaysWhy)
{
    EXPECT_EQ(empty(), u"Waiting for lines");
    m_panel.setEnded({});
    EXPECT_EQ(empty(), u"No lines");
    m_panel.setEnded(QStringLiteral("no such container"));
    m_panel.setFilterText(QStringLiteral("error"));
    EXPECT_EQ(empty(), u"no such container") << "a filter does not make an ended log wait";
    m_panel.append(lines(0, 3));
    EXPECT_EQ(empty(), u"No line matches the filter");
    EXPECT_TRUE(m_panel.stateText().startsWith(QStringLiteral("0 of 3 lines")));
    m_panel.begin(QStringLiteral("web-2"));
    EXPECT_EQ(empty(), u"Waiting for lines");
}

TEST_F(LogPanelWords, AnotherLogStartsWithoutTheSelectionOfTheLast)
{
    m_panel.append(lines(0, 5));
    QTest::mouseClick(m_panel.view()->viewport(), Qt::LeftButton, {}, QPoint(200, 2));
    EXPECT_EQ(m_panel.view()->selectionText(), u"line 0\n");
    m_panel.begin(QStringLiteral("web-2"));
    m_panel.append(lines(0, 3));
    EXPECT_EQ(m_panel.view()->selectionText(), u"line 0\nline 1\nline 2\n");
}

TEST_F(LogPanelWords, CopyAndCloseAndTheWayFromTheFilterToTheLines)
{
    m_panel.append(lines(0, 2));
    const QSignalSpy noticed(&m_panel, &LogPanel::noticed);
    const QSignalSpy closed(&m_panel, &LogPanel::closeRequested);
    for (auto* button : m_panel.findChildren<FlatButton*>()) {
        if (button->text() == u"Copy" || button->accessibleName() == u"Close the log") {
            button->click();
        }
    }
    EXPECT_EQ(QGuiApplication::clipboard()->text(), u"line 0\nline 1\n");
    ASSERT_EQ(noticed.count(), 1);
    EXPECT_EQ(noticed.first().first().toString(), u"2 lines copied");
    EXPECT_EQ(closed.count(), 1);
    auto* filter = m_panel.findChild<SearchField*>();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&m_panel));
    filter->setFocus();
    QTest::keyClick(filter, Qt::Key_Return);
    EXPECT_TRUE(m_panel.view()->hasFocus());
}

RC_GTEST_PROP(LogViewProperty, theLineBeingReadStaysWhateverComes, ())
{
    LogLines all(nullptr, 400);
    LogView view(&all);
    view.resize(400, step() * 8);
    all.append(lines(0, 300));
    view.setFollowing(false);
    view.verticalScrollBar()->setValue(*rc::gen::inRange(150, 290));
    const std::uint64_t top = all.number(view.firstVisible());
    int next = 300;
    for (const int more : *rc::gen::container<std::vector<int>>(rc::gen::inRange(1, 40))) {
        all.append(lines(next, more));
        next += more;
        if (view.isFollowing() || all.number(0) > top) {
            break; // gone with the oldest lines
        }
        RC_ASSERT(all.number(view.firstVisible()) == top);
    }
}

} // namespace
} // namespace tracedeck
