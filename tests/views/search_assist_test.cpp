// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/search_assist.h"
#include "views/search_field.h"
#include "views/snapshot_query.h"
#include "views/suggestion_popup.h"

#include <QListWidget>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

class SearchAssistTest : public testing::Test {
protected:
    SearchAssistTest()
    {
        m_window.resize(800, 600);
        m_field = new SearchField(&m_window);
        m_field->setGeometry(100, 10, 500, 28);
        SearchAssist::Hooks hooks;
        hooks.completions = [this](const QString& text, int cursor) {
            ++m_asked;
            return snapshotCompletions({}, QueryTable::Workloads, text, cursor);
        };
        hooks.history = [this] { return m_history; };
        m_assist = new SearchAssist(m_field, &m_window, hooks);
        m_window.show();
        m_field->setFocus();
        EXPECT_TRUE(QTest::qWaitForWindowActive(&m_window));
    }
    void type(const char* text) { QTest::keyClicks(m_field, QString::fromUtf8(text)); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::keyClick(m_field, key, modifiers);
    }

    QWidget m_window;
    SearchField* m_field = nullptr;
    SearchAssist* m_assist = nullptr;
    QStringList m_history;
    int m_asked = 0;
};

} // namespace

TEST_F(SearchAssistTest, TypingOpensTheListAndTheKeyboardStaysInTheField)
{
    EXPECT_FALSE(m_assist->isOpen());
    type("stat");
    EXPECT_TRUE(m_assist->isOpen());
    EXPECT_TRUE(m_assist->popup()->isVisible());
    EXPECT_TRUE(m_field->hasFocus());
    EXPECT_TRUE(m_assist->popup()->texts().contains(QStringLiteral("status")));
    EXPECT_GE(m_assist->popup()->y(), m_field->geometry().bottom());
    type("zzz");
    EXPECT_FALSE(m_assist->isOpen()) << "nothing fits";
}

TEST_F(SearchAssistTest, TabTakesTheFirstFieldThenItsValues)
{
    QSignalSpy edited(m_field, &SearchField::edited);
    type("statu");
    press(Qt::Key_Tab);
    EXPECT_EQ(m_field->text(), QStringLiteral("status:"));
    EXPECT_EQ(edited.back().at(0).toString(), QStringLiteral("status:")) << "rows follow what was taken";
    ASSERT_TRUE(m_assist->isOpen());
    type("runn");
    press(Qt::Key_Tab);
    EXPECT_EQ(m_field->text(), QStringLiteral("status:running "));
    EXPECT_FALSE(m_assist->isOpen());
    EXPECT_TRUE(m_field->hasFocus());
}

TEST_F(SearchAssistTest, EnterTakesOnlyWhatWasPicked)
{
    QSignalSpy left(m_field, &SearchField::leaveRequested);
    type("statu");
    press(Qt::Key_Return);
    EXPECT_EQ(left.count(), 1) << "typing and Enter go to the rows";
    EXPECT_EQ(m_field->text(), QStringLiteral("statu"));
    EXPECT_FALSE(m_assist->isOpen());
    type("s");
    press(Qt::Key_Down);
    EXPECT_EQ(m_assist->popup()->picked(), m_assist->popup()->first());
    press(Qt::Key_Return);
    EXPECT_EQ(left.count(), 1);
    EXPECT_TRUE(m_field->text().startsWith(QStringLiteral("status"))) << m_field->text().toStdString();
}

TEST_F(SearchAssistTest, EscClosesTheListAndNothingElse)
{
    type("stat");
    press(Qt::Key_Escape);
    EXPECT_FALSE(m_assist->isOpen());
    EXPECT_EQ(m_field->text(), QStringLiteral("stat"));
    EXPECT_TRUE(m_field->hasFocus());
    press(Qt::Key_Space, Qt::ControlModifier);
    EXPECT_TRUE(m_assist->isOpen()) << "asked for";
    m_field->clearFocus();
    EXPECT_FALSE(m_assist->isOpen()) << "left";
}

TEST_F(SearchAssistTest, AClickTakesALineWithoutTakingTheFocus)
{
    type("statu");
    auto* list = m_assist->popup()->findChild<QListWidget*>();
    ASSERT_NE(list, nullptr);
    const QRect line = list->visualItemRect(list->item(m_assist->popup()->first()));
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, line.center());
    EXPECT_EQ(m_field->text(), QStringLiteral("status:"));
    EXPECT_TRUE(m_field->hasFocus());
}

TEST_F(SearchAssistTest, ExamplesAreShownButNotTaken)
{
    type("cpu>");
    ASSERT_TRUE(m_assist->isOpen()) << "an example of a number";
    EXPECT_EQ(m_assist->popup()->first(), -1);
    press(Qt::Key_Down);
    EXPECT_EQ(m_assist->popup()->picked(), -1);
    press(Qt::Key_Tab);
    EXPECT_EQ(m_field->text(), QStringLiteral("cpu>"));
}

TEST_F(SearchAssistTest, InTheMiddleOnlyTheWordAtTheCursorIsReplaced)
{
    m_field->setText(QStringLiteral("ü nod and web"));
    m_field->setCursorPosition(4);
    type("d");
    m_field->setCursorPosition(5);
    m_field->setText(QStringLiteral("ü nod and web"));
    m_field->setCursorPosition(5);
    press(Qt::Key_Space, Qt::ControlModifier);
    ASSERT_TRUE(m_assist->isOpen());
    press(Qt::Key_Tab);
    EXPECT_EQ(m_field->text(), QStringLiteral("ü node: and web"));
}

TEST_F(SearchAssistTest, UpInAnEmptyFieldBringsEarlierQueries)
{
    press(Qt::Key_Up);
    EXPECT_FALSE(m_assist->isOpen()) << "there are none";
    m_history = {QStringLiteral("cpu>80"), QStringLiteral("tag:prod")};
    press(Qt::Key_Up);
    ASSERT_TRUE(m_assist->isOpen());
    EXPECT_EQ(m_assist->popup()->texts(), m_history);
    press(Qt::Key_Down);
    press(Qt::Key_Return);
    EXPECT_EQ(m_field->text(), QStringLiteral("tag:prod"));
    EXPECT_FALSE(m_assist->isOpen());
    press(Qt::Key_Up);
    EXPECT_FALSE(m_assist->isOpen()) << "the field is not empty";
}

TEST_F(SearchAssistTest, AnOfferThatIsAlreadyWrittenIsNotMade)
{
    type("status:running");
    EXPECT_FALSE(m_assist->isOpen());
    EXPECT_GT(m_asked, 0);
}
