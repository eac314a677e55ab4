// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/pick_panel.h"

#include <QLineEdit>
#include <QListWidget>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

class PickPanelTest : public testing::Test {
protected:
    PickPanelTest()
    {
        m_window.resize(1000, 700);
        m_panel = new PickPanel(&m_window);
        m_window.show();
        EXPECT_TRUE(QTest::qWaitForWindowActive(&m_window));
    }
    void press(Qt::Key key) { QTest::keyClick(m_panel->findChild<QLineEdit*>(), key); }

    QWidget m_window;
    PickPanel* m_panel = nullptr;
};

std::vector<Suggestion> lines(int count)
{
    std::vector<Suggestion> out;
    for (int i = 0; i < count; ++i) {
        out.push_back({QStringLiteral("line %1").arg(i), QStringLiteral("why %1").arg(i)});
    }
    return out;
}

} // namespace

TEST_F(PickPanelTest, EnterTakesTheMarkedLine)
{
    QSignalSpy chosen(m_panel, &PickPanel::chosen);
    m_panel->open(QStringLiteral("Which?"), QStringLiteral("Name"), {}, true);
    press(Qt::Key_Return);
    EXPECT_TRUE(m_panel->isVisible()) << "there is nothing to take yet";
    m_panel->setLines(lines(3));
    press(Qt::Key_Down);
    press(Qt::Key_Return);
    ASSERT_EQ(chosen.count(), 1);
    EXPECT_EQ(chosen.first().at(0).toInt(), 1);
    EXPECT_FALSE(m_panel->isVisible());
}

TEST_F(PickPanelTest, ATextIsAnAnswerWhereNoLineIsNeeded)
{
    QSignalSpy chosen(m_panel, &PickPanel::chosen);
    QSignalSpy typed(m_panel, &PickPanel::textChanged);
    m_panel->open(QStringLiteral("Name?"), QStringLiteral("Name"), QStringLiteral("old"), false);
    m_panel->setLines(lines(1));
    QTest::keyClicks(m_panel->findChild<QLineEdit*>(), QStringLiteral(" new "));
    EXPECT_EQ(m_panel->text(), QStringLiteral(" new ")) << "the old text was selected and is replaced";
    EXPECT_EQ(typed.count(), 5);
    press(Qt::Key_Return);
    ASSERT_EQ(chosen.count(), 1);
    EXPECT_EQ(chosen.first().at(0).toInt(), -1);
    EXPECT_EQ(chosen.first().at(1).toString(), QStringLiteral("new"));
}

TEST_F(PickPanelTest, EscAndLosingTheFocusClose)
{
    QSignalSpy closed(m_panel, &PickPanel::closed);
    m_panel->open(QStringLiteral("Which?"), {}, {}, true);
    press(Qt::Key_Escape);
    EXPECT_FALSE(m_panel->isVisible());
    m_panel->open(QStringLiteral("Which?"), {}, {}, true);
    m_window.setFocusPolicy(Qt::StrongFocus);
    m_window.setFocus();
    EXPECT_FALSE(m_panel->isVisible());
    EXPECT_EQ(closed.count(), 2);
}

TEST_F(PickPanelTest, TheHeightFollowsTheLinesAndStaysInTheWindow)
{
    m_panel->open(QStringLiteral("Which?"), {}, {}, true);
    const int empty = m_panel->height();
    m_panel->setLines(lines(3));
    const int few = m_panel->height();
    m_panel->setLines(lines(200));
    EXPECT_GT(few, empty);
    EXPECT_GT(m_panel->height(), few);
    EXPECT_LT(m_panel->geometry().bottom(), m_window.height());
    m_panel->setLines({}, QStringLiteral("There is none."));
    EXPECT_LT(m_panel->height(), few);
}

TEST_F(PickPanelTest, AClickTakesALine)
{
    QSignalSpy chosen(m_panel, &PickPanel::chosen);
    m_panel->open(QStringLiteral("Which?"), {}, {}, true);
    m_panel->setLines(lines(3));
    auto* list = m_panel->findChild<QListWidget*>();
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(list->item(2)).center());
    ASSERT_EQ(chosen.count(), 1);
    EXPECT_EQ(chosen.first().at(0).toInt(), 2);
}
