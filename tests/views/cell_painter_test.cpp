// SPDX-License-Identifier: GPL-3.0-or-later
// What a cell looks like is its painter's logic: where ink may be, what gives way first, which colour says what.
#include "views/cell_painter.h"

#include "models/table_column.h"
#include "views/theme.h"

#include <QImage>
#include <QPainter>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace tracedeck;

namespace {

constexpr int kLeft = 40; // the cell stands in the middle of a wider picture
constexpr int kHeight = 28;

const TableColumn& metricColumn()
{
    static const TableColumn column = [] {
        TableColumn made;
        made.numberSample = QStringLiteral("100");
        made.unitSample = QStringLiteral("%");
        made.secondarySample = QStringLiteral("64.0 GiB");
        return made;
    }();
    return column;
}

CellContent metric(double fraction, Severity severity = Severity::None)
{
    CellContent content;
    content.kind = CellKind::Metric;
    content.text = QStringLiteral("74");
    content.unit = QStringLiteral("%");
    content.secondary = QStringLiteral("5.9 GiB");
    content.hasFraction = true;
    content.fraction = fraction;
    content.severity = severity;
    content.column = &metricColumn();
    return content;
}

CellContent words(CellKind kind, const QString& text, const QString& second = {})
{
    CellContent content;
    content.kind = kind;
    content.text = text;
    content.secondary = second;
    return content;
}

QImage painted(const CellContent& content, int width, const CellCourse& course = {})
{
    QImage picture(width + 2 * kLeft, kHeight, QImage::Format_ARGB32_Premultiplied);
    picture.fill(theme().colors.window);
    QPainter painter(&picture);
    paintCell(painter, QRectF(kLeft, 0, width, kHeight), content, course);
    return picture;
}

int inkOf(const QImage& picture, const QColor& color)
{
    int pixels = 0;
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x) {
            pixels += picture.pixelColor(x, y) == color ? 1 : 0;
        }
    }
    return pixels;
}

bool hasInk(const QImage& picture)
{
    return inkOf(picture, theme().colors.window) != picture.width() * picture.height();
}

bool staysInside(const QImage& picture, int width)
{
    return !hasInk(picture.copy(0, 0, kLeft, kHeight)) && !hasInk(picture.copy(kLeft + width, 0, kLeft, kHeight));
}

} // namespace

TEST(CellPainter, ANarrowMetricGivesUpItsSizeThenItsBarNeverItsNumber)
{
    const auto bar = [](int width) { return inkOf(painted(metric(0.5), width), theme().colors.track); };
    const auto size = [](int width) {
        CellContent without = metric(0.5);
        without.secondary.clear();
        return painted(metric(0.5), width) != painted(without, width);
    };
    EXPECT_TRUE(size(260));
    EXPECT_GT(bar(260), 0);
    EXPECT_FALSE(size(110));
    EXPECT_GT(bar(110), 0);
    EXPECT_EQ(bar(62), 0);
    EXPECT_TRUE(hasInk(painted(metric(0.5), 62)));
}

TEST(CellPainter, ABarIsAsLongAsItsFractionAndCapped)
{
    const auto filled = [](double fraction, int width) {
        return inkOf(painted(metric(fraction), width), theme().colors.fill);
    };
    EXPECT_EQ(filled(0, 200), 0);
    EXPECT_NEAR(static_cast<double>(filled(1, 200)) / filled(0.5, 200), 2, 0.1);
    EXPECT_EQ(filled(1, 400), filled(1, 800)) << "a bar does not grow without end";
}

TEST(CellPainter, ABarIsNeutralUntilAThresholdIsPassed)
{
    const ThemeColors& colors = theme().colors;
    EXPECT_GT(inkOf(painted(metric(0.5), 200), colors.fill), 0);
    EXPECT_GT(inkOf(painted(metric(0.5, Severity::Warning), 200), colors.warnFill), 0);
    EXPECT_GT(inkOf(painted(metric(0.5, Severity::Critical), 200), colors.badFill), 0);
    CellContent gone = metric(0.5, Severity::Critical);
    gone.vanished = true;
    EXPECT_EQ(inkOf(painted(gone, 200), colors.badFill), 0) << "a row that left alarms nobody";
    EXPECT_GT(inkOf(painted(gone, 200), colors.track), 0);
}

TEST(CellPainter, AMissingValueIsADashAndNoBar)
{
    CellContent missing = metric(0);
    missing.text = QStringLiteral("\u2013");
    missing.unit.clear();
    missing.secondary.clear();
    missing.hasFraction = false;
    missing.state = CellState::Missing;
    const QImage picture = painted(missing, 200);
    EXPECT_TRUE(hasInk(picture));
    EXPECT_EQ(inkOf(picture, theme().colors.track), 0);
}

TEST(CellPainter, ACourseStandsWhereTheBarWasAndAnEmptyOneDrawsNothing)
{
    std::vector<MetricCode> line(60);
    for (std::size_t i = 0; i < line.size(); ++i) {
        line[i] = encodeMetric(MetricId::Cpu, static_cast<double>(i));
    }
    const QImage course = painted(metric(0.5), 200, {line, MetricId::Cpu});
    EXPECT_EQ(inkOf(course, theme().colors.fill), 0);
    EXPECT_NE(course, painted(metric(0.5), 200));
    const std::vector<MetricCode> gaps(60, kMissingCode);
    CellContent bare = metric(0.5);
    bare.hasFraction = false;
    bare.secondary.clear();
    EXPECT_EQ(painted(metric(0.5), 200, {gaps, MetricId::Cpu}), painted(bare, 200)) << "not even a base line";
    EXPECT_TRUE(staysInside(course, 200));
}

TEST(CellPainter, TheSecondTextShowsOnlyWhereItCanBeRead)
{
    const auto differs = [](int width) {
        return painted(words(CellKind::Name, QStringLiteral("web"), QStringLiteral("107")), width)
            != painted(words(CellKind::Name, QStringLiteral("web")), width);
    };
    EXPECT_TRUE(differs(200));
    EXPECT_FALSE(differs(60));
}

TEST(CellPainter, TagsThatDoNotFitStayInside)
{
    QStringList many;
    for (int i = 0; i < 30; ++i) {
        many.append(QStringLiteral("tag-%1").arg(i));
    }
    const CellContent tags = words(CellKind::Tags, many.join(kTagSeparator));
    for (const int width : {60, 120, 300}) {
        EXPECT_TRUE(staysInside(painted(tags, width), width)) << width;
    }
    EXPECT_FALSE(hasInk(painted(words(CellKind::Tags, {}), 100)));
    EXPECT_FALSE(hasInk(painted(words(CellKind::Badge, {}), 100)));
    EXPECT_FALSE(hasInk(painted(words(CellKind::Group, QStringLiteral("group")), 100))) << "the row paints its header";
}

TEST(CellPainter, WithoutRoomNothingIsPainted)
{
    for (const int width : {0, 1, 15, 16}) {
        EXPECT_FALSE(hasInk(painted(metric(0.5), width))) << width;
    }
}

RC_GTEST_PROP(CellPainterProperty, textsNeverLeaveTheirCell, ())
{
    const auto kind =
        *rc::gen::element(CellKind::Text, CellKind::Name, CellKind::Status, CellKind::Badge, CellKind::Tags);
    const auto letters = *rc::gen::container<std::vector<char16_t>>(
        rc::gen::element<char16_t>(u'a', u'W', u' ', u'\u00e9', u'\u4e2d', u'\u05d0', u'-', u'\u2026'));
    CellContent content = words(kind, QString::fromUtf16(letters.data(), static_cast<qsizetype>(letters.size())),
                                QStringLiteral("second"));
    content.severity = *rc::gen::element(Severity::None, Severity::Ok, Severity::Critical);
    const int width = *rc::gen::inRange(48, 400);
    RC_ASSERT(staysInside(painted(content, width), width));
}
