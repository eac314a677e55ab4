// SPDX-License-Identifier: GPL-3.0-or-later
// Courses of any form: ink stays in its area, a chart has as many pieces as there are runs of samples.
#include "views/course_painter.h"
#include "views/history_chart.h"

#include <QImage>
#include <QPainter>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace tracedeck;

namespace {

std::vector<MetricCode> anyLine(MetricId metric)
{
    std::vector<MetricCode> line;
    for (int i = *rc::gen::inRange(0, 200); i > 0; --i) {
        line.push_back(*rc::gen::inRange(0, 5) == 0 ? kMissingCode
                                                    : encodeMetric(metric, *rc::gen::inRange(0, 2'000'000) / 10'000.0));
    }
    return line;
}

constexpr std::int64_t kEndNs = 1'800'000'000'000'000'000;

} // namespace

RC_GTEST_PROP(CourseProperty, NoInkLeavesTheAreaByMoreThanThePen, ())
{
    const MetricId metric = *rc::gen::element(MetricId::Cpu, MetricId::NetRx);
    const std::vector<MetricCode> line = anyLine(metric);
    QImage picture(160, 60, QImage::Format_ARGB32_Premultiplied);
    picture.fill(Qt::white);
    const QRect area(30, 20, *rc::gen::inRange(1, 100), 20);
    {
        QPainter painter(&picture);
        painter.setRenderHint(QPainter::Antialiasing);
        paintCourse(painter, area, line, courseScale(metric, line), Qt::black, Qt::gray);
    }
    const QRect reach = area.adjusted(-3, -3, 3, 3);
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x) {
            RC_ASSERT((reach.contains(x, y) || picture.pixelColor(x, y) == QColor(Qt::white)));
        }
    }
}

RC_GTEST_PROP(CourseProperty, HeightsLieBetweenBottomAndTop, ())
{
    const MetricId metric = *rc::gen::element(MetricId::Cpu, MetricId::Disk, MetricId::NetTx);
    const std::vector<MetricCode> line = anyLine(metric);
    const CourseScale scale = courseScale(metric, line);
    for (const MetricCode code : line) {
        if (code != kMissingCode) {
            RC_ASSERT(scale.heightOf(code) >= 0);
            RC_ASSERT(scale.heightOf(code) <= 1);
        }
    }
}

RC_GTEST_PROP(HistoryChartProperty, AChartHasAPieceForEachRunOfSamples, ())
{
    std::vector<HistoryPoint> points;
    std::size_t runs = 0;
    std::size_t known = 0;
    bool inRun = false;
    const auto form = *rc::gen::container<std::vector<bool>>(rc::gen::arbitrary<bool>());
    for (std::size_t i = 0; i < form.size(); ++i) {
        const auto at = kEndNs - static_cast<std::int64_t>(form.size() - i) * 1'000'000'000;
        if (form[i]) {
            points.push_back({at, 50, 50});
            runs += inRun ? 0 : 1;
            ++known;
        } else {
            points.push_back({at, kHistoryGap, kHistoryGap});
        }
        inRun = form[i];
    }
    HistoryChart chart(QStringLiteral("CPU"), nullptr);
    chart.setLines({{MetricId::Cpu, points}}, HistoryRange::Hour, kEndNs);
    RC_ASSERT(chart.pieces() == runs);
    RC_ASSERT(chart.drawnPoints() <= std::max(known, runs * 2)); // a lone sample may be drawn as a short line
}
