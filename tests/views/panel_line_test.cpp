// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/panel_line.h"

#include "views/theme.h"

#include <QImage>
#include <QTest>
#include <gtest/gtest.h>

namespace tracedeck {
namespace {

TEST(PanelLine, IsAPanelWithAHairlineBelowAndFollowsTheTextSize)
{
    PanelLine line;
    line.resize(200, line.height());
    const QImage picture = line.grab().toImage();
    EXPECT_EQ(picture.pixelColor(100, 0), theme().colors.panel);
    EXPECT_EQ(picture.pixelColor(100, picture.height() - 2), theme().colors.panel);
    EXPECT_EQ(picture.pixelColor(100, picture.height() - 1), theme().colors.line);
    EXPECT_EQ(line.height(), theme().scaled(44));
    line.setFixedHeight(10);
    QFont larger = line.font();
    larger.setPointSizeF(larger.pointSizeF() + 3);
    line.setFont(larger);
    EXPECT_EQ(line.height(), theme().scaled(44)) << "the theme says how large it is now";
}

} // namespace
} // namespace tracedeck
