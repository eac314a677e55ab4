// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/qt_allocation_count.h"
#include "views/glyph_face.h"
#include "views/paint_ink.h"
#include "views/status_shape.h"
#include "views/theme.h"

#include <QColor>
#include <QImage>
#include <QPainter>
#include <gtest/gtest.h>

namespace tracedeck {
namespace {

using testing_support::AllocationCount;

TEST(PaintInk, HasTheColourAskedFor)
{
    for (int i = 0; i < 1000; ++i) { // more colours than are kept, some of them in each other's place
        const QColor color(i % 256, (i * 7) % 256, (i * 13) % 256, 255 - i % 3);
        ASSERT_EQ(inkPen(color), QPen(color));
        ASSERT_EQ(inkBrush(color), QBrush(color));
    }
    EXPECT_EQ(inkPen(QColor()), QPen(QColor()));
}

TEST(PaintInk, AColourUsedBeforeAllocatesNothing)
{
    if (!AllocationCount::works()) {
        GTEST_SKIP() << "not run: allocations are not counted in this build";
    }
    const QColor color(1, 2, 3);
    (void)inkPen(color);
    (void)inkBrush(color);
    const AllocationCount count;
    for (int i = 0; i < 100; ++i) {
        (void)inkPen(color);
        (void)inkBrush(color);
    }
    EXPECT_EQ(count.value(), 0U);
}

TEST(PaintInk, DrawingAKnownTextAllocatesAtMostTheGlyphRun)
{
    if (!AllocationCount::works()) {
        GTEST_SKIP() << "not run: allocations are not counted in this build";
    }
    QImage image(200, 40, QImage::Format_ARGB32_Premultiplied);
    QPainter painter(&image);
    const GlyphFace face(theme().baseFont());
    const auto draw = [&] { face.draw(painter, 4, 20, u"checkout-web 74.3", theme().colors.text); };
    draw();
    const AllocationCount count;
    for (int i = 0; i < 10; ++i) {
        draw();
    }
    EXPECT_LE(count.value(), 10U);
}

class StatusShape : public testing::TestWithParam<Severity> { };

TEST_P(StatusShape, LeavesThePainterAsItWas)
{
    QImage image(40, 40, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::black);
    QPainter painter(&image);
    painter.setPen(QPen(Qt::red, 3));
    painter.setBrush(Qt::green);
    paintStatusShape(painter, QPointF(20, 20), GetParam(), 10);
    EXPECT_EQ(painter.pen(), QPen(Qt::red, 3));
    EXPECT_EQ(painter.brush(), QBrush(Qt::green));
    EXPECT_FALSE(painter.testRenderHint(QPainter::Antialiasing));
    const QColor middle = image.pixelColor(20, 20);
    EXPECT_EQ(middle, GetParam() == Severity::Unknown ? QColor(Qt::black) : severityColor(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(Kinds, StatusShape,
                         testing::Values(Severity::Ok, Severity::Warning, Severity::Critical, Severity::Unknown));

} // namespace
} // namespace tracedeck
