// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/theme.h"
#include "views/theme_fonts.h"

#include <QApplication>
#include <QFontInfo>
#include <QFontMetrics>
#include <QImage>
#include <QPainter>
#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

class ThemeTest : public testing::TestWithParam<ThemeKind> { };

int inkedPixels(const QFont& font, const QString& text)
{
    QImage image(32, 32, QImage::Format_Grayscale8);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setFont(font);
    painter.drawText(image.rect(), Qt::AlignCenter, text);
    painter.end();
    int inked = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            inked += qGray(image.pixel(x, y)) < 128 ? 1 : 0;
        }
    }
    return inked;
}

} // namespace

TEST_P(ThemeTest, TextShowsTheLettersItHasAndNoLigatures)
{
    const Theme look = loadTheme(GetParam());
    for (const QFont& font : {look.baseFont(), look.monoFont()}) {
        const QFontMetricsF metrics(font);
        for (const QString& text : {QStringLiteral("->"), QStringLiteral("=="), QStringLiteral("4x4")}) {
            qreal sum = 0;
            for (const QChar letter : text) {
                sum += metrics.horizontalAdvance(letter);
            }
            EXPECT_DOUBLE_EQ(metrics.horizontalAdvance(text), sum) << text.toStdString();
        }
    }
}

TEST_P(ThemeTest, TextKeepsItsContrastOnEverySurface)
{
    const ThemeColors c = loadTheme(GetParam()).colors;
    const QColor surfaces[] = {c.window, c.panel, c.raised, c.hover, c.selection, c.accentBg};
    const QColor texts[] = {c.text, c.text2, c.text3, c.accent, c.ok, c.warn, c.bad};
    for (const QColor& surface : surfaces) {
        ASSERT_TRUE(surface.isValid());
        for (const QColor& text : texts) {
            EXPECT_GE(contrastRatio(text, surface), 4.5)
                << text.name().toStdString() << " on " << surface.name().toStdString();
        }
    }
}

TEST_P(ThemeTest, DataColoursKeepTheirContrast)
{
    const ThemeColors c = loadTheme(GetParam()).colors;
    for (const QColor& surface : {c.window, c.panel, c.raised}) {
        for (const QColor& series : c.series) {
            ASSERT_TRUE(series.isValid());
            EXPECT_GE(contrastRatio(series, surface), 3.0)
                << series.name().toStdString() << " on " << surface.name().toStdString();
        }
    }
}

TEST_P(ThemeTest, LengthsAndThresholdsComeFromTheTokens)
{
    const Theme loaded = loadTheme(GetParam());
    EXPECT_EQ(loaded.space.row, 28);
    EXPECT_EQ(loaded.space.drawer, 324);
    EXPECT_EQ(loaded.type.base, 13);
    EXPECT_DOUBLE_EQ(loaded.severity.memory, 85);
    EXPECT_EQ(loadTheme(GetParam(), 2.0).scaled(28), 56);
}

INSTANTIATE_TEST_SUITE_P(All, ThemeTest, testing::Values(ThemeKind::Dark, ThemeKind::Light, ThemeKind::Contrast));

TEST(Contrast, BlackOnWhiteIsTwentyOneAndSameIsOne)
{
    EXPECT_NEAR(contrastRatio(Qt::black, Qt::white), 21.0, 0.01);
    EXPECT_NEAR(contrastRatio(Qt::red, Qt::red), 1.0, 0.01);
}

TEST(Fonts, EmbeddedFamiliesAreTheOnesUsed)
{
    const QStringList families = loadEmbeddedFonts();
    const Theme loaded = loadTheme(ThemeKind::Dark);
    EXPECT_TRUE(families.contains(loaded.type.ui)) << families.join(u',').toStdString();
    EXPECT_TRUE(families.contains(loaded.type.mono));
    EXPECT_EQ(QFontInfo(loaded.baseFont()).family(), loaded.type.ui);
}

TEST(Fonts, LettersAreLettersAndNotBoxes)
{
    for (const QFont& font : {loadTheme(ThemeKind::Dark).uiFont(24), loadTheme(ThemeKind::Dark).monoFont(24)}) {
        const int letter = inkedPixels(font, QStringLiteral("A"));
        EXPECT_GT(letter, 30);
        // Without a font every character is the same box.
        EXPECT_NE(letter, inkedPixels(font, QStringLiteral("I")));
        EXPECT_TRUE(QFontMetrics(font).inFont(QLatin1Char('A')));
    }
}

TEST(ApplyTheme, SetsPaletteAndFontOfTheApplication)
{
    auto& application = *static_cast<QApplication*>(QApplication::instance());
    applyTheme(application, loadTheme(ThemeKind::Light));
    EXPECT_EQ(theme().kind, ThemeKind::Light);
    EXPECT_EQ(QApplication::palette().color(QPalette::Text), theme().colors.text);
    applyTheme(application, loadTheme(ThemeKind::Dark, 1.5));
    EXPECT_EQ(QApplication::font().pixelSize(), 20);
    applyTheme(application, loadTheme(ThemeKind::Dark));
    EXPECT_EQ(QApplication::font().pixelSize(), 13);
}
