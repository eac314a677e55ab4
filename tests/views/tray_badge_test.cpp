// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/tray_badge.h"

#include "views/icons.h"
#include "views/theme.h"

#include <QImage>
#include <QPixmap>
#include <gtest/gtest.h>

namespace tracedeck {
namespace {

/// Pixels of the badge's colour in the corner that it takes.
int markedPixels(const QIcon& icon)
{
    const QImage image = icon.pixmap(QSize(32, 32)).toImage().convertToFormat(QImage::Format_ARGB32);
    int marked = 0;
    for (int y = 13; y < 32; ++y) {
        for (int x = 13; x < 32; ++x) {
            marked += image.pixelColor(x, y) == theme().colors.bad ? 1 : 0;
        }
    }
    return marked;
}

TEST(TrayBadge, MarksTheIconOnlyWhileThereIsSomethingToSee)
{
    EXPECT_EQ(markedPixels(badgedIcon(applicationIcon(), 0)), 0);
    EXPECT_GT(markedPixels(badgedIcon(applicationIcon(), 1)), 60);
    const QImage nine = badgedIcon(applicationIcon(), 9).pixmap(QSize(32, 32)).toImage();
    EXPECT_NE(nine, badgedIcon(applicationIcon(), 1).pixmap(QSize(32, 32)).toImage()) << "the number is drawn";
    EXPECT_EQ(badgedIcon(applicationIcon(), 10).pixmap(QSize(32, 32)).toImage(),
              badgedIcon(applicationIcon(), 99).pixmap(QSize(32, 32)).toImage())
        << "9+";
}

TEST(TrayBadge, SaysTheCountInWords)
{
    TrayBadge badge(applicationIcon());
    EXPECT_EQ(badge.toolTip(), QStringLiteral("Tracedeck"));
    badge.setCount(3);
    EXPECT_TRUE(badge.toolTip().contains(u'3')) << badge.toolTip().toStdString();
    badge.setCount(0);
    EXPECT_EQ(badge.toolTip(), QStringLiteral("Tracedeck"));
}

} // namespace
} // namespace tracedeck
