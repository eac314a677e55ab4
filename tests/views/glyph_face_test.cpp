// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/glyph_face.h"

#include "views/theme.h"

#include <QImage>
#include <QPainter>
#include <gtest/gtest.h>

namespace tracedeck {
namespace {

class GlyphFaceTest : public testing::Test {
protected:
    /// Right edge of what was drawn, 0 when nothing was.
    int inkRight(QStringView text, qreal maxWidth = 1e6)
    {
        QImage image(400, 30, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        m_face.draw(painter, 0, 20, text, Qt::black, maxWidth);
        painter.end();
        int right = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                right = image.pixelColor(x, y) != Qt::white ? std::max(right, x + 1) : right;
            }
        }
        return right;
    }
    GlyphFace m_face{theme().baseFont()};
};

TEST_F(GlyphFaceTest, TabularDigitsAreAllEquallyWide)
{
    using Figures = GlyphFace::Figures;
    for (const char16_t digit : {u'0', u'1', u'4', u'7', u'8'}) {
        EXPECT_DOUBLE_EQ(m_face.width(QString(QChar(digit)), Figures::Tabular), m_face.width(u"5", Figures::Tabular));
    }
    EXPECT_LT(m_face.width(u"111"), m_face.width(u"111", Figures::Tabular));
}

TEST_F(GlyphFaceTest, DrawsWithinTheWidthItPromises)
{
    for (const QStringView text :
         {u"checkout-web 107", u"84%", u"5.9 GiB \u2013 \u00e9\u00df", u"\u03b1\u03b2 shaped"}) {
        EXPECT_GT(inkRight(text), 0) << text.toString().toStdString();
        EXPECT_LE(inkRight(text), m_face.width(text) + 2) << text.toString().toStdString();
    }
}

TEST_F(GlyphFaceTest, TextsThatDoNotFitEndInAnEllipsisInsideTheirRoom)
{
    const QString text = QStringLiteral("a-very-long-name-of-a-workload");
    EXPECT_LE(inkRight(text, 60), 62);
    EXPECT_GT(inkRight(text, 60), 40);
    EXPECT_EQ(inkRight(text, 0), 0);
    EXPECT_EQ(inkRight(u""), 0);
}

} // namespace
} // namespace tracedeck
