// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/command_menu.h"
#include "views/key_overlay.h"

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
    const QRect thirdColumn(640, 90, 200, 300);
    EXPECT_NE(before.copy(thirdColumn), after.copy(thirdColumn)) << "lines that do not fit below stand beside";
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
