// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/segment_bar.h"

#include "tests/views/theme_switch.h"
#include "views/theme.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace tracedeck;

namespace {

std::vector<Segment> statuses()
{
    return {{QStringLiteral(""), QStringLiteral("All")},
            {QStringLiteral("running"), QStringLiteral("Running"), Severity::Ok},
            {QStringLiteral("stopped"), QStringLiteral("Stopped"), Severity::Critical}};
}

/// Where a segment ends: as wide as a bar that has no more than the ones before it.
int endOfSegment(std::size_t index)
{
    std::vector<Segment> first = statuses();
    first.resize(index + 1);
    return SegmentBar(first).sizeHint().width() - 1;
}

class SegmentBarTest : public testing::Test {
protected:
    SegmentBarTest()
    {
        m_bar.resize(m_bar.sizeHint());
        m_bar.show();
    }
    void clickAt(int x, Qt::MouseButton button = Qt::LeftButton)
    {
        QTest::mouseClick(&m_bar, button, {}, QPoint(x, m_bar.height() / 2));
    }
    [[nodiscard]] QStringList announced() const
    {
        QStringList ids;
        for (const QList<QVariant>& arguments : m_spy) {
            ids.append(arguments.first().toString());
        }
        return ids;
    }

    SegmentBar m_bar{statuses()};
    QSignalSpy m_spy{&m_bar, &SegmentBar::activated};
};

} // namespace

TEST_F(SegmentBarTest, AClickChoosesTheSegmentUnderThePointer)
{
    clickAt(endOfSegment(0));
    EXPECT_EQ(m_bar.current(), u"running") << "the first pixel of the second segment";
    clickAt(endOfSegment(0) - 1);
    EXPECT_EQ(m_bar.current(), u"") << "the last pixel of the first";
    clickAt(m_bar.width() - 1);
    EXPECT_EQ(m_bar.current(), u"stopped");
    EXPECT_EQ(announced(), (QStringList{QStringLiteral("running"), QString(), QStringLiteral("stopped")}));
}

TEST_F(SegmentBarTest, TheSegmentThatIsOnAndOtherButtonsSayNothing)
{
    clickAt(2);
    clickAt(endOfSegment(1), Qt::RightButton);
    EXPECT_TRUE(announced().isEmpty());
    EXPECT_EQ(m_bar.current(), u"");
}

TEST_F(SegmentBarTest, LeftAndRightMoveAndStopAtTheEnds)
{
    QTest::keyClick(&m_bar, Qt::Key_Left);
    EXPECT_TRUE(announced().isEmpty());
    for (int i = 0; i < 5; ++i) {
        QTest::keyClick(&m_bar, Qt::Key_Right);
    }
    EXPECT_EQ(announced(), (QStringList{QStringLiteral("running"), QStringLiteral("stopped")}));
    QTest::keyClick(&m_bar, Qt::Key_A);
    EXPECT_EQ(m_bar.current(), u"stopped") << "letters are for the key map";
}

TEST_F(SegmentBarTest, SettingTheChoiceIsSilentAndAnUnknownIdMeansTheFirst)
{
    m_bar.setCurrent(QStringLiteral("stopped"));
    EXPECT_EQ(m_bar.current(), u"stopped");
    m_bar.setCurrent(QStringLiteral("paused"));
    EXPECT_EQ(m_bar.current(), u"");
    EXPECT_TRUE(announced().isEmpty());
}

TEST_F(SegmentBarTest, AScreenReaderHearsWhatIsChosen)
{
    EXPECT_EQ(m_bar.accessibleDescription(), u"All");
    QTest::keyClick(&m_bar, Qt::Key_Right);
    EXPECT_EQ(m_bar.accessibleDescription(), u"Running");
    m_bar.setCurrent(QStringLiteral("stopped"));
    EXPECT_EQ(m_bar.accessibleDescription(), u"Stopped");
}

TEST_F(SegmentBarTest, LargerTextTakesMoreRoom)
{
    const QSize before = m_bar.sizeHint();
    {
        const tests::ThemeSwitch larger(ThemeKind::Light, 1.5);
        EXPECT_GT(m_bar.sizeHint().width(), before.width());
        EXPECT_GT(m_bar.sizeHint().height(), before.height());
    }
    EXPECT_EQ(m_bar.sizeHint(), before);
}

TEST_F(SegmentBarTest, TheSegmentUnderThePointerIsLitUntilItLeaves)
{
    ASSERT_TRUE(QTest::qWaitForWindowActive(&m_bar));
    const QImage before = m_bar.grab().toImage();
    QTest::mouseMove(&m_bar, QPoint(endOfSegment(1) + 4, 5));
    ASSERT_TRUE(QTest::qWaitFor([&] { return m_bar.grab().toImage() != before; }));
    EXPECT_EQ(m_bar.grab().toImage().pixelColor(endOfSegment(1) + 4, 5), theme().colors.hover);
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(&m_bar, &leave);
    EXPECT_EQ(m_bar.grab().toImage(), before);
}

TEST(SegmentBarEmpty, HasNoChoiceAndTakesKeysAndClicks)
{
    SegmentBar bar({});
    bar.resize(40, 28);
    const QSignalSpy spy(&bar, &SegmentBar::activated);
    QTest::mouseClick(&bar, Qt::LeftButton, {}, QPoint(5, 5));
    QTest::keyClick(&bar, Qt::Key_Right);
    bar.setCurrent(QStringLiteral("any"));
    EXPECT_FALSE(bar.grab().isNull());
    EXPECT_TRUE(bar.current().isEmpty());
    EXPECT_TRUE(spy.isEmpty());
}

RC_GTEST_PROP(SegmentBarProperty, keysAlwaysLeaveOneSegmentOn, (const std::vector<bool>& steps))
{
    SegmentBar bar(statuses());
    int place = 0;
    for (const bool right : steps) {
        QTest::keyClick(&bar, right ? Qt::Key_Right : Qt::Key_Left);
        place = std::clamp(place + (right ? 1 : -1), 0, 2);
        RC_ASSERT(bar.current() == statuses()[static_cast<std::size_t>(place)].id);
    }
}
