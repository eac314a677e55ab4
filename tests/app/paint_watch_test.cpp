// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/paint_watch.h"

#include <QPaintEvent>
#include <QTest>
#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

class Painted : public QWidget {
public:
    int paints = 0;

protected:
    void paintEvent(QPaintEvent*) override { ++paints; }
};

class PaintWatchTest : public testing::Test {
protected:
    std::vector<StageRecord> records()
    {
        std::vector<StageRecord> drained;
        EXPECT_EQ(m_ring.drain(drained), 0U);
        return drained;
    }
    void show()
    {
        m_widget.resize(100, 50);
        m_widget.show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&m_widget));
        m_widget.repaint();
    }

    TelemetryRing m_ring;
    Painted m_widget;
    PaintWatch m_watch{&m_widget, m_ring};
};

} // namespace

TEST_F(PaintWatchTest, theFirstPaintAfterARefreshIsItsLastStage)
{
    show();
    EXPECT_TRUE(records().empty()) << "nobody refreshed anything";
    const int before = m_widget.paints;
    m_watch.expect(41, 12);
    m_widget.repaint();
    m_widget.repaint();
    EXPECT_EQ(m_widget.paints, before + 2) << "watched or not, it paints once each time";
    const std::vector<StageRecord> told = records();
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].stage, Stage::Paint);
    EXPECT_EQ(told[0].cycle, 41U);
    EXPECT_EQ(told[0].rows, 12U);
    EXPECT_TRUE(told[0].changed);
}

TEST_F(PaintWatchTest, aWidgetOffScreenHasNoPaintToWaitFor)
{
    m_watch.expect(41, 12);
    show();
    EXPECT_TRUE(records().empty()) << "a page shown much later is not part of that refresh";
}
