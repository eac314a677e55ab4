// SPDX-License-Identifier: GPL-3.0-or-later
// Sparklines: what is painted, what is repainted, what it costs.
#include "models/workload_columns.h"
#include "tests/support/course_frames.h"
#include "tests/support/qt_allocation_count.h"
#include "tests/support/sample_fleet.h"
#include "views/course_book.h"
#include "views/course_painter.h"
#include "views/course_text.h"
#include "views/grouped_table_view.h"

#include <QCoreApplication>
#include <QImage>
#include <QPainter>
#include <QTest>
#include <gtest/gtest.h>

namespace tracedeck {
namespace {

/// Columns of a 60-pixel picture of the line that have any ink.
std::vector<bool> inkOf(std::span<const MetricCode> line, int width = 60)
{
    QImage image(width, 20, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::white);
    QPainter painter(&image);
    paintCourse(painter, QRectF(0, 0, width, 20), line, {100, MetricId::Cpu}, Qt::black);
    painter.end();
    std::vector<bool> ink(static_cast<std::size_t>(width));
    for (int x = 0; x < width; ++x) {
        for (int y = 0; y < 20; ++y) {
            ink[static_cast<std::size_t>(x)] = ink[static_cast<std::size_t>(x)] || image.pixel(x, y) != 0xFFFFFFFF;
        }
    }
    return ink;
}

std::vector<MetricCode> flatLine(std::size_t size, double value = 50)
{
    return std::vector<MetricCode>(size, encodeMetric(MetricId::Cpu, value));
}

class CourseTable : public testing::Test {
protected:
    CourseTable() : m_model(workloadColumns())
    {
        m_model.setNow(sample::kNowNs);
        m_view.setTableModel(&m_model);
        m_view.resize(1100, 500);
        sample::show(m_model, sample::fleet(200));
        m_view.show();
        QCoreApplication::sendPostedEvents();
    }
    [[nodiscard]] std::vector<RowKey> keys() const { return m_model.plan()->keys; }

    GroupedTableModel m_model;
    GroupedTableView m_view;
    CourseBook m_book{&m_view};
};

TEST(CoursePainter, gapsAreLeftOpen)
{
    std::vector<MetricCode> line = flatLine(60);
    std::fill(line.begin() + 20, line.begin() + 40, kMissingCode);
    const std::vector<bool> ink = inkOf(line);
    EXPECT_TRUE(ink[10]);
    EXPECT_TRUE(ink[50]);
    for (std::size_t x = 22; x < 38; ++x) {
        EXPECT_FALSE(ink[x]) << "a line over a gap claims what nobody measured, at " << x;
    }
}

TEST(CoursePainter, aLoneSampleIsADot)
{
    std::vector<MetricCode> line(60, kMissingCode);
    line[30] = encodeMetric(MetricId::Cpu, 50);
    const std::vector<bool> ink = inkOf(line);
    EXPECT_GE(std::count(ink.begin(), ink.end(), true), 1);
    EXPECT_LE(std::count(ink.begin(), ink.end(), true), 3);
}

TEST(CoursePainter, moreBucketsThanPixelsKeepThePeak)
{
    std::vector<MetricCode> line = flatLine(6'000, 5);
    line[3'000] = encodeMetric(MetricId::Cpu, 99);
    QImage image(60, 40, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::white);
    QPainter painter(&image);
    paintCourse(painter, QRectF(0, 0, 60, 40), line, {100, MetricId::Cpu}, Qt::black);
    painter.end();
    bool high = false;
    for (int x = 25; x < 35; ++x) {
        high = high || image.pixel(x, 3) != 0xFFFFFFFF;
    }
    EXPECT_TRUE(high);
}

TEST(CoursePainter, nothingAndNoRoomPaintNothing)
{
    const std::vector<bool> nothing = inkOf({});
    EXPECT_EQ(std::count(nothing.begin(), nothing.end(), true), 0);
    const std::vector<MetricCode> missing(60, kMissingCode);
    const std::vector<bool> ink = inkOf(missing);
    EXPECT_EQ(std::count(ink.begin(), ink.end(), true), 0);
    EXPECT_EQ(inkOf(flatLine(60), 1)[0], false);
}

TEST(CoursePainter, scalesAreFixedForPercentAndOwnForRates)
{
    EXPECT_EQ(courseScale(MetricId::Cpu, flatLine(5, 2)).most, 100);
    const std::vector<MetricCode> rates(5, encodeMetric(MetricId::NetRx, 1e6));
    EXPECT_NEAR(courseScale(MetricId::NetRx, rates).most, 1.05e6, 1e3);
    EXPECT_EQ(CourseScale({100, MetricId::Cpu}).heightOf(encodeMetric(MetricId::Cpu, 400)), 1.0) << "cut, not outside";
    EXPECT_EQ(courseScale(MetricId::NetRx, std::vector<MetricCode>(5, kMissingCode)).most, 0);
}

TEST(CourseText, saysRangesTimesAndValues)
{
    for (const HistoryRange range :
         {HistoryRange::Hour, HistoryRange::SixHours, HistoryRange::Day, HistoryRange::Week}) {
        EXPECT_EQ(rangeOfText(rangeText(range)), range);
    }
    EXPECT_EQ(rangeOfText(QStringLiteral("nonsense")), HistoryRange::Hour);
    EXPECT_EQ(metricText(MetricId::Cpu, 84), QStringLiteral("84%"));
    EXPECT_EQ(metricText(MetricId::NetRx, std::nan("")), QStringLiteral("–"));
    EXPECT_EQ(courseTimeText(sample::kFrameEndNs, HistoryRange::Hour).size(), 8);
    EXPECT_EQ(courseTimeText(sample::kFrameEndNs, HistoryRange::Day).size(), 5);
}

TEST_F(CourseTable, barsUntilAskedForAndAgainAfterwards)
{
    m_book.setFrame(sample::frameOf(keys()));
    const TableColumn& cpu = m_model.columns()[static_cast<std::size_t>(m_model.columnOf(u"cpu"))];
    const TableColumn& name = m_model.columns()[0];
    EXPECT_TRUE(m_book.courseOf(keys()[3], cpu).line.empty());
    const QImage bars = m_view.grab().toImage();
    m_book.setShown(true);
    EXPECT_EQ(m_book.courseOf(keys()[3], cpu).line.size(), 60U);
    EXPECT_TRUE(m_book.courseOf(keys()[3], name).line.empty());
    EXPECT_TRUE(m_book.courseOf(12345, cpu).line.empty()) << "an unknown row keeps its bar";
    EXPECT_NE(m_view.grab().toImage(), bars);
    m_book.setShown(false);
    EXPECT_EQ(m_view.grab().toImage(), bars);
}

TEST_F(CourseTable, aNewFrameRepaintsOnlyCellsThatDiffer)
{
    m_book.setShown(true);
    const auto first = sample::frameOf(keys());
    m_book.setFrame(first);
    const std::uint64_t before = m_book.repaints();
    m_book.setFrame(sample::frameOf(keys()));
    EXPECT_EQ(m_book.repaints(), before) << "equal courses, nothing to paint";
    auto changed = sample::frameOf(keys());
    changed->line(changed->rowOf(m_model.rowKey(2)), MetricId::Cpu)[59] = encodeMetric(MetricId::Cpu, 99);
    changed->line(changed->rowOf(m_model.rowKey(150)), MetricId::Cpu)[59] = encodeMetric(MetricId::Cpu, 99);
    m_book.setFrame(changed);
    EXPECT_EQ(m_book.repaints(), before + 1) << "one visible cell; the other is far below";
}

TEST_F(CourseTable, scrollingBackOverCoursesAllocatesNoMoreThanOverBars)
{
    if (!testing_support::AllocationCount::works()) {
        GTEST_SKIP() << "not run: allocations cannot be counted in this build";
    }
    m_book.setFrame(sample::frameOf(keys()));
    QImage canvas(m_view.viewport()->size(), QImage::Format_ARGB32_Premultiplied);
    const auto paintedWith = [&](bool lines) {
        m_book.setShown(lines);
        m_view.viewport()->render(&canvas);
        m_view.viewport()->render(&canvas);
        const testing_support::AllocationCount count;
        m_view.viewport()->render(&canvas);
        return count.value();
    };
    const std::size_t bars = paintedWith(false);
    const std::size_t lines = paintedWith(true);
    // The paint engine strokes a line on the heap of its own; what is ours adds nothing per point.
    const auto [first, last] = m_view.visibleRows();
    EXPECT_LE(lines, bars + static_cast<std::size_t>(last - first + 1) * 3 * 4);
}

} // namespace
} // namespace tracedeck
