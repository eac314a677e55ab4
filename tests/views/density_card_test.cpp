// SPDX-License-Identifier: GPL-3.0-or-later
// A card of the summary by itself: what it reads out, by eye and by ear, and what a point in it stands for.
#include "tests/support/course_frames.h"
#include "tests/views/theme_switch.h"
#include "views/density_card.h"
#include "views/line_card.h"

#include <QMouseEvent>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

std::shared_ptr<const CourseRows> rowsOf(const std::shared_ptr<const HistoryFrame>& frame, std::size_t count)
{
    auto rows = std::make_shared<CourseRows>();
    rows->frame = frame;
    rows->shown = count;
    for (std::uint32_t i = 0; i < count; ++i) {
        rows->rows.push_back(i);
    }
    return rows;
}

class SummaryCards : public testing::Test {
protected:
    SummaryCards()
    {
        for (SummaryCard* card : {static_cast<SummaryCard*>(&m_network), static_cast<SummaryCard*>(&m_cpu)}) {
            card->resize(260, card->sizeHint().height());
            card->show();
        }
    }
    static QString nameOf(RowKey key) { return QStringLiteral("row %1").arg(key); }
    static CourseHover pointed(SummaryCard& card, double x, double y)
    {
        const QSignalSpy hovered(&card, &SummaryCard::hovered);
        const QPointF at(card.width() * x, card.height() * y);
        QMouseEvent move(QEvent::MouseMove, at, card.mapToGlobal(at), Qt::NoButton, Qt::NoButton, Qt::NoModifier);
        QApplication::sendEvent(&card, &move);
        return hovered.isEmpty() ? CourseHover() : hovered.last().first().value<CourseHover>();
    }

    DensityCard m_network{QStringLiteral("Network"), nameOf, {MetricId::NetRx, MetricId::NetTx}, 4, nullptr};
    LineCard m_cpu{QStringLiteral("CPU"), nameOf, MetricId::Cpu, 0, nullptr};
};

} // namespace

TEST_F(SummaryCards, SayTheValueUntilSomethingIsPointedAt)
{
    m_network.setValue(QStringLiteral("412 MB/s"));
    EXPECT_EQ(m_network.readout(), u"412 MB/s");
    EXPECT_EQ(m_network.accessibleName(), u"Network");
    EXPECT_EQ(m_network.accessibleDescription(), u"412 MB/s") << "a new value is heard as well";
    const auto frame = sample::frameOf({1, 2, 3});
    m_network.setRows(rowsOf(frame, 3));
    m_network.setHover({2, sample::kFrameEndNs - 1});
    EXPECT_EQ(m_network.readout(), u"row 2: 200 kB/s");
    m_network.setHover({99, sample::kFrameEndNs - 1});
    EXPECT_FALSE(m_network.readout().contains(QStringLiteral("row"))) << "a row of others: only the time";
    m_network.setHover({});
    EXPECT_EQ(m_network.readout(), u"412 MB/s");
}

TEST_F(SummaryCards, AGapIsNoValue)
{
    std::vector<std::size_t> gaps;
    for (std::size_t i = 0; i < 60; ++i) {
        gaps.push_back(i);
    }
    m_cpu.setRows(rowsOf(sample::frameOf({1}, 60, HistoryRange::Hour, gaps), 1));
    m_cpu.setHover({1, sample::kFrameEndNs - 1});
    EXPECT_EQ(m_cpu.readout(), u"row 1: no sample");
}

TEST_F(SummaryCards, APointStandsForAMomentAndAStripForItsRow)
{
    EXPECT_EQ(pointed(m_network, 0.5, 0.5), CourseHover()) << "nothing is known yet";
    m_network.setRows(rowsOf(sample::frameOf({1, 2, 3}), 3));
    const CourseHover middle = pointed(m_network, 0.5, 0.35);
    EXPECT_NEAR(static_cast<double>(sample::kFrameEndNs - middle.timeNs) / 1e9, 1800, 120);
    EXPECT_NE(middle.key, 0U);
    EXPECT_GT(pointed(m_network, 0.99, 0.35).timeNs, middle.timeNs);
    EXPECT_EQ(pointed(m_network, 0.5, 0.02).key, 0U) << "the head is nobody's strip";
    EXPECT_NE(pointed(m_network, 0.5, 0.02).timeNs, 0) << "but the moment counts";
}

TEST_F(SummaryCards, AClickChoosesTheRowThatIsPointedAt)
{
    m_network.setRows(rowsOf(sample::frameOf({1, 2, 3}), 3));
    const QSignalSpy clicked(&m_network, &SummaryCard::clicked);
    QTest::mouseClick(&m_network, Qt::LeftButton);
    EXPECT_TRUE(clicked.isEmpty());
    m_network.setHover({3, sample::kFrameEndNs - 1});
    QTest::mouseClick(&m_network, Qt::RightButton);
    QTest::mouseClick(&m_network, Qt::LeftButton);
    ASSERT_EQ(clicked.count(), 1);
    EXPECT_EQ(clicked.first().first().value<RowKey>(), 3U);
}

TEST_F(SummaryCards, LeavingIsToldAndThePictureIsKept)
{
    m_cpu.setRows(rowsOf(sample::frameOf({1, 2, 3}), 3));
    ASSERT_FALSE(m_cpu.grab().isNull());
    const int renders = m_cpu.renders();
    m_cpu.setHover({1, sample::kFrameEndNs - 1});
    ASSERT_FALSE(m_cpu.grab().isNull());
    EXPECT_EQ(m_cpu.renders(), renders) << "pointing paints on top";
    const QSignalSpy hovered(&m_cpu, &SummaryCard::hovered);
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(&m_cpu, &leave);
    ASSERT_EQ(hovered.count(), 1);
    EXPECT_EQ(hovered.first().first().value<CourseHover>(), CourseHover());
    {
        const tests::ThemeSwitch light(ThemeKind::Light, 1);
        ASSERT_FALSE(m_cpu.grab().isNull());
        EXPECT_EQ(m_cpu.renders(), renders + 1) << "in other colours it is another picture";
    }
}

TEST(MeanCourse, IsOverWhatIsKnownInEachBucket)
{
    const auto frame = sample::frameOf({1, 2}, 60, HistoryRange::Hour, {5});
    const std::vector<MetricCode> both = meanCourse(*frame, {0, 1}, MetricId::Memory);
    ASSERT_EQ(both.size(), 60U);
    EXPECT_NEAR(static_cast<double>(decodeMetric(MetricId::Memory, both[0])), 40, 0.5);
    EXPECT_EQ(both[5], kMissingCode);
    EXPECT_EQ(meanCourse(*frame, {}, MetricId::Memory), std::vector<MetricCode>(60, kMissingCode));
    EXPECT_EQ(meanCourse(*frame, {0}, MetricId::Disk), std::vector<MetricCode>(60, kMissingCode))
        << "nobody reports it";
}
