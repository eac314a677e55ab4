// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/tab_strip.h"

#include "views/theme.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

constexpr int kGap = 16;

class TabStripTest : public testing::Test {
protected:
    TabStripTest()
    {
        m_strip.resize(400, 32);
        m_strip.show();
    }
    /// Left edge of a tab: the strip is as wide as its tabs.
    static int leftOf(std::size_t index)
    {
        std::vector<TabStrip::Tab> before = tabs();
        before.resize(index);
        return TabStrip(before).sizeHint().width();
    }
    static std::vector<TabStrip::Tab> tabs()
    {
        return {{QStringLiteral("timeline"), QStringLiteral("Timeline"), {}},
                {QStringLiteral("events"), QStringLiteral("Events"), QStringLiteral("12")},
                {QStringLiteral("json"), QStringLiteral("JSON"), {}}};
    }
    QString click(int x)
    {
        QTest::mouseClick(&m_strip, Qt::LeftButton, {}, QPoint(x, 12));
        return m_strip.current();
    }

    TabStrip m_strip{tabs()};
    QSignalSpy m_spy{&m_strip, &TabStrip::activated};
};

} // namespace

TEST_F(TabStripTest, AClickChoosesAndTheGapBelongsHalfToEachNeighbour)
{
    EXPECT_EQ(click(leftOf(1) + 2), u"events");
    EXPECT_EQ(click(leftOf(1) - kGap / 2 - 1), u"timeline");
    EXPECT_EQ(click(leftOf(1) - kGap / 2), u"events");
    EXPECT_EQ(click(leftOf(2)), u"json");
    EXPECT_EQ(m_spy.count(), 4);
    EXPECT_EQ(click(390), u"json") << "beside the tabs nothing happens";
    EXPECT_EQ(m_spy.count(), 4);
}

TEST_F(TabStripTest, ArrowsWalkAndStopAtTheEnds)
{
    QTest::keyClick(&m_strip, Qt::Key_Left);
    EXPECT_TRUE(m_spy.isEmpty());
    QTest::keyClick(&m_strip, Qt::Key_Right);
    QTest::keyClick(&m_strip, Qt::Key_Right);
    QTest::keyClick(&m_strip, Qt::Key_Right);
    ASSERT_EQ(m_spy.count(), 2);
    EXPECT_EQ(m_spy.last().first().toString(), u"json");
    EXPECT_EQ(m_strip.accessibleDescription(), u"JSON");
}

TEST_F(TabStripTest, AnInsertedTabLeavesTheChosenOneChosen)
{
    m_strip.setCurrent(QStringLiteral("json"));
    m_strip.insertTab({QStringLiteral("history"), QStringLiteral("History"), {}}, QStringLiteral("json"));
    EXPECT_EQ(m_strip.current(), u"json");
    QTest::keyClick(&m_strip, Qt::Key_Left);
    EXPECT_EQ(m_strip.current(), u"history") << "it stands before JSON";
    m_strip.insertTab({QStringLiteral("last"), QStringLiteral("Last"), {}}, QStringLiteral("nowhere"));
    for (int i = 0; i < 9; ++i) {
        QTest::keyClick(&m_strip, Qt::Key_Right);
    }
    EXPECT_EQ(m_strip.current(), u"last") << "without the place named it stands at the end";
}

TEST_F(TabStripTest, AnUnknownIdChangesNothingAndSettingIsSilent)
{
    m_strip.setCurrent(QStringLiteral("events"));
    m_strip.setCurrent(QStringLiteral("logs"));
    EXPECT_EQ(m_strip.current(), u"events");
    EXPECT_TRUE(m_spy.isEmpty());
}

TEST_F(TabStripTest, ACountTakesRoomBehindItsTab)
{
    const int before = m_strip.sizeHint().width();
    m_strip.setCount(QStringLiteral("timeline"), QStringLiteral("1 of 4"));
    EXPECT_GT(m_strip.sizeHint().width(), before);
    m_strip.setCount(QStringLiteral("timeline"), {});
    EXPECT_EQ(m_strip.sizeHint().width(), before);
    m_strip.setCount(QStringLiteral("nobody"), QStringLiteral("9"));
    EXPECT_EQ(m_strip.sizeHint().width(), before);
}

TEST_F(TabStripTest, TheChosenTabIsUnderlined)
{
    const auto accentAt = [this](int x) {
        return m_strip.grab().toImage().pixelColor(x, m_strip.height() - 1) == theme().colors.accent;
    };
    EXPECT_TRUE(accentAt(2));
    EXPECT_FALSE(accentAt(leftOf(1) + 2));
    m_strip.setCurrent(QStringLiteral("events"));
    EXPECT_FALSE(accentAt(2));
    EXPECT_TRUE(accentAt(leftOf(1) + 2));
}

TEST(TabStripEmpty, AnswersAndTakesItsFirstTab)
{
    TabStrip strip({});
    strip.resize(100, 32);
    EXPECT_TRUE(strip.current().isEmpty());
    QTest::keyClick(&strip, Qt::Key_Right);
    QTest::mouseClick(&strip, Qt::LeftButton, {}, QPoint(4, 4));
    EXPECT_FALSE(strip.grab().isNull());
    strip.insertTab({QStringLiteral("one"), QStringLiteral("One"), {}}, {});
    EXPECT_EQ(strip.current(), u"one");
}
