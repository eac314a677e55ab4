// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workload_columns.h"
#include "tests/support/course_frames.h"
#include "tests/support/sample_fleet.h"
#include "views/host_cards.h"
#include "views/line_card.h"
#include "views/summary_line.h"
#include "views/summary_strip.h"

#include <QAbstractButton>
#include <QMouseEvent>
#include <QSignalSpy>
#include <QTest>
#include <algorithm>
#include <gtest/gtest.h>

namespace tracedeck {
namespace {

class StripTest : public testing::Test {
protected:
    StripTest() : m_model(workloadColumns()), m_strip(&m_model)
    {
        m_strip.resize(1200, 160);
        sample::show(m_model, sample::fleet(50));
    }
    void showStrip()
    {
        m_strip.show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&m_strip));
    }
    [[nodiscard]] std::vector<RowKey> keys() const { return m_model.plan()->keys; }
    /// Moves the pointer to a share of the card's width and height.
    void point(int card, double x, double y)
    {
        SummaryCard* target = m_strip.cards()[static_cast<std::size_t>(card)];
        const QPoint at(static_cast<int>(target->width() * x), static_cast<int>(target->height() * y));
        QTest::mouseMove(target, at);
        QMouseEvent move(QEvent::MouseMove, at, target->mapToGlobal(at), Qt::NoButton, Qt::NoButton, Qt::NoModifier);
        QCoreApplication::sendEvent(target, &move);
    }

    GroupedTableModel m_model;
    SummaryStrip m_strip;
};

} // namespace

TEST_F(StripTest, onlyRowsThatTheTableShowsAreDrawn)
{
    showStrip();
    std::vector<RowKey> all = keys();
    all.push_back(7);
    m_strip.setFrame(sample::frameOf(all));
    EXPECT_EQ(m_strip.visibleRows(), 50U) << "row 7 is not in the table";
    auto few = sample::fleet(50);
    few.resize(8);
    sample::show(m_model, few);
    EXPECT_EQ(m_strip.visibleRows(), 8U);
}

TEST_F(StripTest, anotherOrderOrANewFrameOfEqualRowsPaintsOnce)
{
    showStrip();
    m_strip.setFrame(sample::frameOf(keys()));
    ASSERT_TRUE(QTest::qWaitFor([&] { return m_strip.cards()[0]->renders() == 1; }));
    auto rows = sample::fleet(50);
    std::reverse(rows.begin(), rows.end());
    sample::show(m_model, rows);
    m_strip.repaint();
    EXPECT_EQ(m_strip.cards()[0]->renders(), 1) << "sorting is no new picture";
    point(0, 0.5, 0.5);
    m_strip.repaint();
    EXPECT_EQ(m_strip.cards()[0]->renders(), 1) << "nor is pointing";
}

TEST_F(StripTest, framesOfAnotherRangeAreIgnored)
{
    showStrip();
    m_strip.setFrame(sample::frameOf(keys(), 60, HistoryRange::Week));
    EXPECT_EQ(m_strip.visibleRows(), 0U);
    QSignalSpy chosen(&m_strip, &SummaryStrip::rangeChosen);
    m_strip.setRange(HistoryRange::Week);
    EXPECT_TRUE(chosen.isEmpty()) << "set by the program, not by a person";
    m_strip.setFrame(sample::frameOf(keys(), 60, HistoryRange::Week));
    EXPECT_EQ(m_strip.visibleRows(), 50U);
}

TEST_F(StripTest, pointingAtOneCardIsShownInAllAndTold)
{
    showStrip();
    m_strip.setFrame(sample::frameOf(keys()));
    QSignalSpy pointed(&m_strip, &SummaryStrip::rowPointed);
    point(2, 0.5, 0.3); // a strip of the density map
    ASSERT_EQ(pointed.count(), 1);
    const RowKey key = pointed.first().first().value<RowKey>();
    EXPECT_NE(key, 0U);
    const QString name = m_model.cell(m_model.rowOfKey(key), 0)->text;
    for (const SummaryCard* card : m_strip.cards()) {
        EXPECT_TRUE(card->readout().startsWith(name)) << card->readout().toStdString();
    }
    EXPECT_TRUE(m_strip.cards()[1]->readout().endsWith(QStringLiteral("40%")));
    EXPECT_TRUE(m_strip.cards()[3]->readout().endsWith(QStringLiteral("no sample"))) << "disk I/O was never reported";
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(m_strip.cards()[2], &leave);
    EXPECT_EQ(pointed.last().first().value<RowKey>(), 0U);
}

TEST_F(StripTest, aRowPointedAtInTheTableIsReadOut)
{
    showStrip();
    m_strip.setFrame(sample::frameOf(keys()));
    m_strip.setPointedRow(keys()[4]);
    EXPECT_TRUE(m_strip.cards()[0]->readout().contains(QStringLiteral("workload-5")));
    m_strip.setPointedRow(0);
    EXPECT_FALSE(m_strip.cards()[0]->readout().contains(QStringLiteral("workload-5")));
}

TEST_F(StripTest, emptyTablesAndMissingFramesSaySo)
{
    showStrip();
    m_strip.repaint();
    EXPECT_EQ(m_strip.cards()[0]->renders(), 0);
    m_strip.setFrame(sample::frameOf({}));
    sample::show(m_model, {});
    m_strip.repaint();
    EXPECT_EQ(m_strip.cards()[0]->renders(), 0) << "nothing to draw is not drawn";
}

TEST(LineCard, meansSkipWhatIsMissing)
{
    auto frame = sample::frameOf({1, 2}, 4, HistoryRange::Hour, {2});
    frame->line(0, MetricId::Memory)[0] = encodeMetric(MetricId::Memory, 20);
    frame->line(1, MetricId::Memory)[1] = kMissingCode;
    const std::vector<MetricCode> mean = meanCourse(*frame, {0, 1}, MetricId::Memory);
    EXPECT_FLOAT_EQ(decodeMetric(MetricId::Memory, mean[0]), 30);
    EXPECT_FLOAT_EQ(decodeMetric(MetricId::Memory, mean[1]), 40);
    EXPECT_EQ(mean[2], kMissingCode);
    EXPECT_EQ(meanCourse(*frame, {}, MetricId::Memory)[0], kMissingCode);
}

TEST(SummaryLineTest, theExpandButtonAsksAndSaysWhatItDoes)
{
    SummaryLine line({QStringLiteral("stopped"), QStringLiteral("degraded"), QStringLiteral("running")});
    line.resize(1200, 36);
    line.show();
    QSignalSpy toggled(&line, &SummaryLine::expandToggled);
    auto* button = line.findChild<QAbstractButton*>(QString(), Qt::FindDirectChildrenOnly);
    for (QAbstractButton* candidate : line.findChildren<QAbstractButton*>()) {
        button = candidate->accessibleName() == QStringLiteral("Expand the summary") ? candidate : button;
    }
    QTest::mouseClick(button, Qt::LeftButton);
    ASSERT_EQ(toggled.count(), 1);
    EXPECT_TRUE(toggled.first().first().toBool());
    line.setExpanded(true);
    EXPECT_EQ(button->accessibleName(), QStringLiteral("Close the summary"));
    QTest::mouseClick(button, Qt::LeftButton);
    EXPECT_FALSE(toggled.last().first().toBool());
}

TEST(HostCardsTest, standForThreeHostsAndGiveWayToMore)
{
    GroupedTableModel model(workloadColumns());
    HostCards cards(&model);
    QSignalSpy activated(&cards, &HostCards::activated);
    sample::show(model, sample::fleet(3));
    EXPECT_FALSE(cards.isHidden());
    EXPECT_EQ(cards.shownCards(), 3U);
    EXPECT_EQ(cards.cards()[1]->key(), model.rowKey(1));
    EXPECT_TRUE(cards.cards()[1]->accessibleDescription().contains(QStringLiteral("CPU 1%")));
    cards.resize(1000, 150);
    cards.setFrame(sample::frameOf(model.plan()->keys));
    cards.show();
    QTest::mouseClick(cards.cards()[2], Qt::LeftButton);
    ASSERT_EQ(activated.count(), 1);
    EXPECT_EQ(activated.first().first().value<RowKey>(), model.rowKey(2));
    QTest::keyClick(cards.cards()[0], Qt::Key_Return);
    EXPECT_EQ(activated.count(), 2);
    sample::show(model, sample::fleet(4));
    EXPECT_TRUE(cards.isHidden());
    sample::show(model, {});
    EXPECT_TRUE(cards.isHidden());
    sample::show(model, sample::fleet(1));
    EXPECT_EQ(cards.shownCards(), 1U);
}

} // namespace tracedeck
