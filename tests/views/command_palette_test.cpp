// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/command_palette.h"

#include <QLineEdit>
#include <QListWidget>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

CommandItem command(const char* id, const char* title, const char* alias = "", const QStringList& keys = {})
{
    CommandItem item;
    item.id = QString::fromLatin1(id);
    item.title = QString::fromLatin1(title);
    item.alias = QString::fromLatin1(alias);
    item.keys = keys;
    return item;
}

class CommandPaletteTest : public testing::Test {
protected:
    CommandPaletteTest()
    {
        m_window.resize(1000, 700);
        std::vector<CommandItem> commands{command("go.workloads", "Workloads", "pods"),
                                          command("go.traces", "Traces", "traces", {QStringLiteral("Ctrl+3")}),
                                          command("table.problems", "Problems only"),
                                          command("view.zoomIn", "Larger text"),
                                          command("secret", "Problems of nobody", "post")};
        commands.back().inPalette = false;
        m_palette.setCommands(std::move(commands));
        m_window.show();
    }
    void SetUp() override { ASSERT_TRUE(QTest::qWaitForWindowActive(&m_window)); }
    void press(int key) { QTest::keyClick(m_palette.findChild<QLineEdit*>(), static_cast<Qt::Key>(key)); }
    void type(const QString& text) { QTest::keyClicks(m_palette.findChild<QLineEdit*>(), text); }

    QWidget m_window;
    CommandPalette m_palette{&m_window};
    QSignalSpy m_chosen{&m_palette, &CommandPalette::chosen};
    QSignalSpy m_closed{&m_palette, &CommandPalette::closed};
};

} // namespace

TEST_F(CommandPaletteTest, ListsAllThatMayStandInItAndTakesTheKeyboard)
{
    m_palette.open({});
    EXPECT_TRUE(m_palette.findChild<QLineEdit*>()->hasFocus());
    EXPECT_EQ(m_palette.listedIds(),
              (QStringList{QStringLiteral("go.workloads"), QStringLiteral("go.traces"),
                           QStringLiteral("table.problems"), QStringLiteral("view.zoomIn")}));
}

TEST_F(CommandPaletteTest, AFewLettersPutTheMeantCommandFirstAndEnterRunsIt)
{
    m_palette.open({});
    type(QStringLiteral("prob"));
    ASSERT_EQ(m_palette.listedIds().value(0), u"table.problems");
    press(Qt::Key_Return);
    ASSERT_EQ(m_chosen.count(), 1);
    EXPECT_EQ(m_chosen.first().first().toString(), u"table.problems");
    EXPECT_FALSE(m_palette.isVisible());
    EXPECT_EQ(m_closed.count(), 1) << "closed is said once, before the command runs";
}

TEST_F(CommandPaletteTest, AColonSearchesTheShortNamesFromTheirStart)
{
    m_palette.open(QStringLiteral(":"));
    EXPECT_EQ(m_palette.listedIds(), (QStringList{QStringLiteral("go.workloads"), QStringLiteral("go.traces")}))
        << "commands without a short name are left out, the shorter name stands first";
    type(QStringLiteral("PO"));
    EXPECT_EQ(m_palette.listedIds(), QStringList{QStringLiteral("go.workloads")});
    type(QStringLiteral("ds "));
    EXPECT_EQ(m_palette.listedIds(), QStringList{QStringLiteral("go.workloads")}) << "blanks around do not count";
    type(QStringLiteral("x"));
    EXPECT_TRUE(m_palette.listedIds().isEmpty());
    EXPECT_TRUE(m_palette.findChild<QListWidget*>()->currentRow() < 0);
}

TEST_F(CommandPaletteTest, UpAndDownWalkAndStopAtTheEnds)
{
    m_palette.open({});
    const auto* list = m_palette.findChild<QListWidget*>();
    press(Qt::Key_Up);
    EXPECT_EQ(list->currentRow(), 0);
    for (int i = 0; i < 9; ++i) {
        press(Qt::Key_Down);
    }
    EXPECT_EQ(list->currentRow(), 3);
    press(Qt::Key_Up);
    press(Qt::Key_Enter);
    ASSERT_EQ(m_chosen.count(), 1);
    EXPECT_EQ(m_chosen.first().first().toString(), u"table.problems");
}

TEST_F(CommandPaletteTest, EnterWithoutAMatchKeepsItOpenAndEscapeRunsNothing)
{
    m_palette.open(QStringLiteral("zzzz"));
    press(Qt::Key_Return);
    EXPECT_TRUE(m_palette.isVisible());
    press(Qt::Key_Escape);
    EXPECT_FALSE(m_palette.isVisible());
    EXPECT_TRUE(m_chosen.isEmpty());
    EXPECT_EQ(m_closed.count(), 1);
    m_palette.close();
    EXPECT_EQ(m_closed.count(), 1) << "what is closed does not close again";
}

TEST_F(CommandPaletteTest, AClickRunsTheLineAndALostFocusCloses)
{
    m_palette.open({});
    auto* list = m_palette.findChild<QListWidget*>();
    const QPoint at = list->visualItemRect(list->item(1)).center();
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, at);
    ASSERT_EQ(m_chosen.count(), 1);
    EXPECT_EQ(m_chosen.first().first().toString(), u"go.traces");
    m_palette.open({});
    QWidget elsewhere(&m_window);
    elsewhere.setFocusPolicy(Qt::StrongFocus);
    elsewhere.show();
    elsewhere.setFocus();
    EXPECT_FALSE(m_palette.isVisible());
}

TEST_F(CommandPaletteTest, StaysInsideASmallWindowAndShowsKeys)
{
    m_window.resize(300, 160);
    m_palette.open({});
    EXPECT_TRUE(m_window.rect().contains(m_palette.geometry()));
    EXPECT_FALSE(m_palette.grab().isNull());
    const auto* list = m_palette.findChild<QListWidget*>();
    EXPECT_EQ(list->item(1)->data(Qt::UserRole + 1).toString(), u"Ctrl+3");
}
