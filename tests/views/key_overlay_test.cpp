// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/command_menu.h"
#include "views/key_overlay.h"

#include <QLineEdit>
#include <QMenu>
#include <QTest>
#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

CommandItem bound(const char* title, const QStringList& keys, const char* menu = "")
{
    CommandItem item;
    item.id = QString::fromLatin1(title).toLower();
    item.title = QString::fromLatin1(title);
    item.section = QStringLiteral("Everywhere");
    item.keys = keys;
    item.menu = QString::fromLatin1(menu);
    return item;
}

class KeyOverlayTest : public testing::Test {
protected:
    KeyOverlayTest()
    {
        m_window.resize(900, 600);
        m_window.setFocusPolicy(Qt::StrongFocus);
        m_window.show();
        EXPECT_TRUE(QTest::qWaitForWindowActive(&m_window));
        m_overlay.open({bound("Search", {QStringLiteral("/"), QStringLiteral("Ctrl+F")}), bound("Nothing", {}),
                        bound("Back", {QStringLiteral("Esc")})});
    }

    QWidget m_window;
    KeyOverlay m_overlay{&m_window};
};

} // namespace

TEST_F(KeyOverlayTest, PrintsCommandsThatHaveAKeyAndReadsThemOut)
{
    EXPECT_EQ(m_overlay.lines(), (QStringList{QStringLiteral("/  Ctrl+F\tSearch"), QStringLiteral("Esc\tBack")}));
    EXPECT_EQ(m_overlay.accessibleDescription(), m_overlay.lines().join(u'\n'));
    EXPECT_EQ(m_overlay.geometry(), m_window.rect());
}

TEST_F(KeyOverlayTest, AnyKeyClosesItAndGivesTheKeyboardBack)
{
    EXPECT_TRUE(m_overlay.hasFocus());
    QTest::keyClick(&m_overlay, Qt::Key_J);
    EXPECT_FALSE(m_overlay.isVisible());
    EXPECT_TRUE(m_window.hasFocus());
}

TEST_F(KeyOverlayTest, AClickClosesItAndGivesTheKeyboardBack)
{
    QTest::mouseClick(&m_overlay, Qt::LeftButton, {}, QPoint(50, 50));
    EXPECT_FALSE(m_overlay.isVisible());
    EXPECT_TRUE(m_window.hasFocus());
}

TEST_F(KeyOverlayTest, GivesTheKeyboardBackToTheTableThatHadItHoweverItIsClosed)
{
    m_overlay.hide();
    QLineEdit content(&m_window);
    content.show();
    content.setFocus();
    m_overlay.open({bound("Back", {QStringLiteral("Esc")})});
    EXPECT_TRUE(m_overlay.hasFocus());
    m_overlay.open({bound("Back", {QStringLiteral("Esc")})});
    QTest::keyClick(&m_overlay, Qt::Key_J);
    EXPECT_TRUE(content.hasFocus());
    m_overlay.open({bound("Back", {QStringLiteral("Esc")})});
    m_overlay.hide(); // as Esc does
    EXPECT_TRUE(content.hasFocus());
}

TEST_F(KeyOverlayTest, AKeyIsPrintedWithTheMeaningItHasHere)
{
    CommandItem zoom = bound("Zoom in", {QStringLiteral("+")});
    zoom.scope = QStringLiteral("trace");
    m_overlay.open({bound("Larger text", {QStringLiteral("+")}),
                    bound("Refresh", {QStringLiteral("r"), QStringLiteral("F5")}), zoom});
    EXPECT_EQ(m_overlay.lines(), (QStringList{QStringLiteral("r  F5\tRefresh"), QStringLiteral("+\tZoom in")}));
}

TEST_F(KeyOverlayTest, LongKeysDoNotReachIntoWhatTheyDo)
{
    m_overlay.open({bound("|", {QStringLiteral("Shift+J"), QStringLiteral("Shift+Down")})});
    const QImage page = m_overlay.grab().toImage().convertToFormat(QImage::Format_RGB32);
    const QRect line(48, 102, 300, 22); // keys, paper, then the bar
    const QRgb paper = page.pixel(line.topRight());
    std::vector<int> inked;
    for (int x = line.left(); x <= line.right(); ++x) {
        for (int y = line.top(); y <= line.bottom(); ++y) {
            if (page.pixel(x, y) != paper && (inked.empty() || inked.back() != x)) {
                inked.push_back(x);
            }
        }
    }
    const auto bar = std::adjacent_find(inked.rbegin(), inked.rend(), [](int a, int b) { return a - b > 1; });
    ASSERT_NE(bar, inked.rend());
    EXPECT_LE(inked.back() - *bar, 2) << "the last ink is the bar alone";
    EXPECT_GE(*bar - *(bar + 1), 14);
}

TEST_F(KeyOverlayTest, InASmallWindowTheLinesMoveTogetherInsteadOfLeavingIt)
{
    m_window.resize(720, 440);
    std::vector<CommandItem> many;
    for (int i = 0; i < 44; ++i) {
        many.push_back(bound("Some command", {QString::number(i)}));
    }
    m_overlay.open(many);
    const QImage page = m_overlay.grab().toImage().convertToFormat(QImage::Format_RGB32);
    const QRgb paper = page.pixel(660, 380);
    const QRect outside(692, 0, 28, 440);
    EXPECT_NE(paper, page.pixel(outside.center()));
    bool ink = false;
    for (int x = 440; x < 690; ++x) {
        for (int y = 90; y < 400; ++y) {
            ink = ink || page.pixel(x, y) != paper;
        }
    }
    EXPECT_TRUE(ink) << "a column that the usual distance would leave no room for";
}

TEST_F(KeyOverlayTest, WhatASmallWindowHasNoRoomForIsScrolledToAndNotCut)
{
    m_window.resize(400, 300);
    std::vector<CommandItem> many;
    for (int i = 0; i < 44; ++i) {
        many.push_back(bound("A command that says at length what it does", {QString::number(i)}));
    }
    m_overlay.open(many);
    ASSERT_TRUE(m_overlay.isScrolled());
    const auto picture = [this] { return m_overlay.grab().toImage(); };
    const QImage top = picture();
    QTest::keyClick(&m_overlay, Qt::Key_Up);
    EXPECT_EQ(picture(), top) << "there is nothing above";
    QTest::keyClick(&m_overlay, Qt::Key_Down);
    EXPECT_TRUE(m_overlay.isVisible());
    EXPECT_NE(picture(), top);
    QTest::keyClick(&m_overlay, Qt::Key_End);
    const QImage end = picture();
    QTest::keyClick(&m_overlay, Qt::Key_PageDown);
    EXPECT_EQ(picture(), end);
    QTest::keyClick(&m_overlay, Qt::Key_Home);
    EXPECT_EQ(picture(), top);
    QTest::keyClick(&m_overlay, Qt::Key_X);
    EXPECT_FALSE(m_overlay.isVisible());
}

TEST_F(KeyOverlayTest, ALongMapWrapsIntoColumnsAndOpeningAgainReplacesIt)
{
    std::vector<CommandItem> many;
    for (int i = 0; i < 60; ++i) {
        many.push_back(bound("Command", {QString::number(i)}));
        many.back().section = i < 30 ? QStringLiteral("Tables") : QStringLiteral("Trace");
    }
    const QImage before = m_overlay.grab().toImage();
    m_overlay.open(many);
    EXPECT_EQ(m_overlay.lines().size(), 60);
    const QImage after = m_overlay.grab().toImage();
    const QRect beside(200, 90, 500, 300);
    EXPECT_NE(before.copy(beside), after.copy(beside)) << "lines that do not fit below stand beside";
}

TEST(CommandMenu, GathersCommandsBySubMenuAndRunsTheOneChosen)
{
    QMenu menu;
    menu.addAction(QStringLiteral("old"));
    CommandItem hold = bound("Hold order", {QStringLiteral("Shift+R"), QStringLiteral("x")}, "View");
    hold.checkable = hold.checked = true;
    QStringList ran;
    fillCommandMenu(&menu, {bound("Refresh", {}, "View"), bound("Hidden", {}), bound("Quit", {}, "File"), hold},
                    [&ran](const QString& id) { ran.append(id); });
    ASSERT_EQ(menu.actions().size(), 2) << "what stood there is gone";
    const QList<QAction*> view = menu.actions()[0]->menu()->actions();
    ASSERT_EQ(view.size(), 2);
    EXPECT_EQ(view[0]->text(), u"Refresh");
    EXPECT_FALSE(view[0]->isCheckable());
    EXPECT_EQ(view[1]->text(), u"Hold order\tShift+R");
    EXPECT_TRUE(view[1]->isChecked());
    EXPECT_TRUE(view[1]->shortcut().isEmpty()) << "the key map dispatches keys, the menu only shows them";
    view[1]->trigger();
    menu.actions()[1]->menu()->actions()[0]->trigger();
    EXPECT_EQ(ran, (QStringList{QStringLiteral("hold order"), QStringLiteral("quit")}));
}

TEST(CommandMenu, OneOfSeveralIsDrawnAsThatAndSwitchesAreNot)
{
    const auto item = [](const char* id, bool checked) {
        CommandItem made = bound(id, {}, "View");
        made.checkable = true;
        made.checked = checked;
        return made;
    };
    QMenu menu;
    fillCommandMenu(&menu,
                    {item("density.compact", false), item("density.normal", true), item("times.utc", true),
                     item("tables.tints", true)},
                    [](const QString&) {});
    const QList<QAction*> view = menu.actions().at(0)->menu()->actions();
    ASSERT_NE(view[0]->actionGroup(), nullptr);
    EXPECT_EQ(view[0]->actionGroup(), view[1]->actionGroup());
    EXPECT_NE(view[2]->actionGroup(), view[1]->actionGroup());
    EXPECT_EQ(view[3]->actionGroup(), nullptr);
    EXPECT_FALSE(view[0]->isChecked());
    EXPECT_TRUE(view[1]->isChecked());
}

TEST(CommandMenu, TheMenuThatEndsTheProgramStandsLast)
{
    QMenu menu;
    fillCommandMenu(
        &menu,
        {bound("Keys", {}, "Help"), bound("Copy", {}, "Edit"), bound("Quit", {}, "Help"), bound("Back", {}, "Go")},
        [](const QString&) {});
    QStringList order;
    for (const QAction* action : menu.actions()) {
        order.append(action->text());
    }
    EXPECT_EQ(order, (QStringList{QStringLiteral("Edit"), QStringLiteral("Go"), QStringLiteral("Help")}));
}
