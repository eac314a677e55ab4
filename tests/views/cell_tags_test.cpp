// SPDX-License-Identifier: GPL-3.0-or-later
// Tags of a cell: those that find room, then how many did not.
#include "models/cell_content.h"
#include "views/cell_faces.h"
#include "views/cell_painter.h"

#include <QImage>
#include <QPainter>
#include <cmath>
#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

constexpr int kHeight = 28;

template <class Paint> QImage pictureOf(Paint paint)
{
    QImage image(800, kHeight, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::black);
    QPainter painter(&image);
    paint(painter);
    return image;
}

QImage cellOf(const QStringList& tags, int width)
{
    CellContent content;
    content.kind = CellKind::Tags;
    const QString joined = tags.join(kTagSeparator);
    content.text.append(joined);
    return pictureOf([&](QPainter& painter) { paintCell(painter, QRectF(0, 0, width, kHeight), content); });
}

/// Width of a cell that ends right behind these tags and the count.
int widthOf(const QStringList& tags, const QString& count)
{
    const GlyphFace& face = CellFaces::current().tiny;
    qreal width = 2 * 8;
    for (const QString& tag : tags) {
        width += std::ceil(face.width(tag) + 12) + 4;
    }
    return static_cast<int>(std::ceil(width + (count.isEmpty() ? -4 : face.width(count)))) + 1;
}

/// The cell as it must look: boxes, then the count.
QImage expected(const QStringList& tags, const QString& count, int width)
{
    return pictureOf([&](QPainter& painter) {
        const QRectF cell(0, 0, width, kHeight);
        const GlyphFace& face = CellFaces::current().tiny;
        qreal left = 8;
        for (const QString& tag : tags) {
            left += paintBadge(painter, left, cell, tag, theme().colors.text2) + 4;
        }
        face.draw(painter, left, face.baselineIn(kHeight), count, theme().colors.text3);
    });
}

QStringList numbered(int count)
{
    QStringList tags;
    for (int i = 0; i < count; ++i) {
        tags.push_back(QStringLiteral("svc%1").arg(i % 10));
    }
    return tags;
}

} // namespace

TEST(CellTags, AllOfThemWhereThereIsRoom)
{
    const QStringList tags = numbered(3);
    const int width = widthOf(tags, {});
    EXPECT_EQ(cellOf(tags, width), expected(tags, {}, width));
    EXPECT_EQ(cellOf({}, 100), expected({}, {}, 100));
}

TEST(CellTags, TheRestIsCounted)
{
    for (const auto& [count, words] : {std::pair{5, "+3"}, {12, "+10"}, {102, "+100"}, {1'002, "+999"}}) {
        const QString more = QString::fromLatin1(words);
        const int width = widthOf({QStringLiteral("svc0"), QStringLiteral("svc1")}, more);
        EXPECT_EQ(cellOf(numbered(count), width), expected(numbered(2), more, width)) << words;
    }
}

TEST(CellTags, ATagThatWouldLeaveNoRoomForTheCountGivesWay)
{
    const QStringList tags = numbered(4);
    const int width = widthOf({QStringLiteral("svc0"), QStringLiteral("svc1")}, QStringLiteral("+2")) - 4;
    EXPECT_EQ(cellOf(tags, width), expected(numbered(1), QStringLiteral("+3"), width));
}
