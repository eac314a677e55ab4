// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/filter_chips.h"
#include "views/flat_button.h"

#include <QMenu>
#include <QTest>
#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

class FilterChipsTest : public testing::Test {
protected:
    FilterChipsTest()
    {
        m_window.resize(900, 60);
        m_chips = new FilterChips(&m_window);
        m_chips->setGeometry(0, 10, 900, 28);
        m_window.show();
    }
    void show(const QString& query)
    {
        m_query = query;
        m_chips->setChips(queryChips(query, [this](const QString& rest) { show(rest); }));
    }
    [[nodiscard]] std::vector<FlatButton*> buttons() const
    {
        std::vector<FlatButton*> shown;
        for (auto* button : m_chips->findChildren<FlatButton*>()) {
            if (button->isVisible() && !button->text().startsWith(u'+') && !button->text().endsWith(u's')) {
                shown.push_back(button);
            }
        }
        return shown;
    }

    QWidget m_window;
    FilterChips* m_chips = nullptr;
    QString m_query;
};

} // namespace

TEST_F(FilterChipsTest, AClickTakesItsPartAway)
{
    show(QStringLiteral("cpu>80 tag:prod web"));
    EXPECT_EQ(m_chips->texts(),
              (QStringList{QStringLiteral("cpu>80"), QStringLiteral("tag:prod"), QStringLiteral("web")}));
    ASSERT_EQ(buttons().size(), 3U);
    QTest::mouseClick(buttons()[1], Qt::LeftButton);
    EXPECT_EQ(m_query, QStringLiteral("cpu>80 web"));
    ASSERT_EQ(buttons().size(), 2U);
    EXPECT_TRUE(buttons()[0]->accessibleName().contains(QStringLiteral("cpu>80")));
    show({});
    EXPECT_TRUE(buttons().empty());
}

TEST_F(FilterChipsTest, TheKeyboardWalksAndRemoves)
{
    show(QStringLiteral("a b c"));
    buttons()[0]->setFocus();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&m_window));
    QTest::keyClick(buttons()[0], Qt::Key_Right);
    EXPECT_TRUE(buttons()[1]->hasFocus());
    QTest::keyClick(buttons()[1], Qt::Key_Delete);
    EXPECT_EQ(m_query, QStringLiteral("a c"));
    EXPECT_TRUE(buttons()[1]->hasFocus()) << "the next one is at hand";
    QTest::keyClick(buttons()[1], Qt::Key_Space);
    EXPECT_EQ(m_query, QStringLiteral("a"));
    QTest::keyClick(buttons()[0], Qt::Key_Left);
    QTest::keyClick(buttons()[0], Qt::Key_Backspace);
    EXPECT_TRUE(m_query.isEmpty());
}

TEST_F(FilterChipsTest, WhatDoesNotFitStandsInAMenu)
{
    show(QStringLiteral("tag:production name:checkout-service cpu>80 mem>=2GiB status:running"));
    ASSERT_EQ(m_chips->visibleChips(), 5);
    m_chips->resize(320, 28);
    const int fitting = m_chips->visibleChips();
    EXPECT_GT(fitting, 0);
    EXPECT_LT(fitting, 5);
    for (const FlatButton* button : buttons()) {
        EXPECT_LE(button->geometry().right(), 320);
    }
    auto* menu = m_chips->findChild<QMenu*>();
    Q_EMIT menu->aboutToShow();
    ASSERT_EQ(menu->actions().size(), 5 - fitting);
    menu->actions().last()->trigger();
    EXPECT_FALSE(m_query.contains(QStringLiteral("status"))) << m_query.toStdString();
    m_chips->resize(90, 28);
    EXPECT_EQ(m_chips->visibleChips(), 0);
    EXPECT_EQ(m_chips->texts().size(), 4);
}
