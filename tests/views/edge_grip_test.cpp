// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/edge_grip.h"

#include <QMouseEvent>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

class EdgeGripTest : public testing::Test {
protected:
    EdgeGripTest()
    {
        m_grip.resize(6, 300);
        m_panel.resize(324, 300);
        m_panel.show();
    }
    void send(QEvent::Type type, double globalX, Qt::MouseButton button = Qt::LeftButton)
    {
        QMouseEvent event(type, QPointF(2, 40), QPointF(globalX, 40), button, button, Qt::NoModifier);
        QApplication::sendEvent(&m_grip, &event);
    }
    [[nodiscard]] int draggedInAll() const
    {
        int sum = 0;
        for (const QList<QVariant>& arguments : m_dragged) {
            sum += arguments.first().toInt();
        }
        return sum;
    }

    QWidget m_panel;
    EdgeGrip m_grip{&m_panel};
    QSignalSpy m_dragged{&m_grip, &EdgeGrip::dragged};
    QSignalSpy m_released{&m_grip, &EdgeGrip::released};
};

} // namespace

TEST_F(EdgeGripTest, PullingToTheLeftMakesThePanelWider)
{
    send(QEvent::MouseButtonPress, 500);
    send(QEvent::MouseMove, 470);
    send(QEvent::MouseMove, 480);
    EXPECT_EQ(m_dragged.count(), 2);
    EXPECT_EQ(draggedInAll(), 20);
    send(QEvent::MouseButtonRelease, 480);
    EXPECT_EQ(m_released.count(), 1);
}

TEST_F(EdgeGripTest, SmallStepsAddUpAndNoStepSaysNothing)
{
    send(QEvent::MouseButtonPress, 500);
    for (double x = 500; x >= 490; x -= 0.25) {
        send(QEvent::MouseMove, x);
    }
    EXPECT_NEAR(draggedInAll(), 10, 1);
    const auto before = m_dragged.count();
    send(QEvent::MouseMove, 490);
    EXPECT_EQ(m_dragged.count(), before);
}

TEST_F(EdgeGripTest, WithoutThePrimaryButtonNothingMoves)
{
    send(QEvent::MouseMove, 450);
    send(QEvent::MouseButtonRelease, 450);
    send(QEvent::MouseButtonPress, 500, Qt::RightButton);
    send(QEvent::MouseMove, 450, Qt::RightButton);
    EXPECT_TRUE(m_dragged.isEmpty());
    EXPECT_TRUE(m_released.isEmpty());
}

TEST_F(EdgeGripTest, ArrowsMoveItAndSayThatItIsDone)
{
    QTest::keyClick(&m_grip, Qt::Key_Left);
    EXPECT_GT(draggedInAll(), 0);
    QTest::keyClick(&m_grip, Qt::Key_Right);
    EXPECT_EQ(draggedInAll(), 0) << "there and back";
    EXPECT_EQ(m_released.count(), 2);
    QTest::keyClick(&m_grip, Qt::Key_Up);
    EXPECT_EQ(m_dragged.count(), 2);
    EXPECT_FALSE(m_grip.accessibleName().isEmpty());
}
