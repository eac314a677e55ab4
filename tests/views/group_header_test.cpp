// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/group_header_painter.h"

#include "models/roles.h"
#include "views/status_shape.h"
#include "views/theme.h"

#include <QImage>
#include <QPainter>
#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

PlanGroup group(std::uint32_t shown, std::uint32_t total, Severity worst = Severity::Ok)
{
    PlanGroup made;
    made.label = "Core Fabric";
    made.shown = shown;
    made.total = total;
    made.worst = static_cast<std::uint8_t>(worst);
    return made;
}

QImage painted(const PlanGroup& of, bool hovered = false)
{
    QImage picture(600, 30, QImage::Format_ARGB32);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    GroupHeaderPainter().paint(painter, picture.rect(), 0, of, hovered);
    return picture;
}

} // namespace

TEST(GroupHeader, SaysHowManyOfHowManyPassTheFilter)
{
    EXPECT_EQ(groupHeaderDetail(group(18, 18)), u"18");
    EXPECT_EQ(groupHeaderDetail(group(9, 18)), u"9 of 18");
    EXPECT_EQ(groupHeaderDetail(group(0, 4812)), u"0 of 4,812");
}

TEST(GroupHeader, RowsWithoutAValueOfTheGroupingHaveAName)
{
    PlanGroup nameless = group(1, 1);
    nameless.label.clear();
    EXPECT_EQ(groupHeaderLabel(nameless), u"Standalone");
    EXPECT_EQ(groupHeaderLabel(group(1, 1)), u"Core Fabric");
}

TEST(GroupHeader, AMeanOverFewerRowsNamesItsBasis)
{
    PlanGroup of = group(9, 9);
    of.hasCpu = of.hasMemory = true;
    of.cpuPercent = 61;
    of.cpuRows = 9;
    of.memoryPercent = 77;
    of.memoryRows = 7;
    EXPECT_EQ(groupHeaderDetail(of), u"9 \u00b7 mean CPU 61% \u00b7 mean memory 77% of 7");
    of.hasCpu = false;
    of.hasMemory = false;
    EXPECT_EQ(groupHeaderDetail(of), u"9") << "unknown parts are left out";
}

TEST(GroupHeader, TheOrderIsDetailCountMeansSumWorst)
{
    PlanGroup of = group(2, 3, Severity::Critical);
    of.detail = "rack 4";
    of.hasMemoryUsed = true;
    of.memoryUsedBytes = std::int64_t{3} << 30U;
    EXPECT_EQ(groupHeaderDetail(of), u"rack 4 \u00b7 2 of 3 \u00b7 3.0 GiB used \u00b7 worst: down");
}

struct Worst {
    Severity severity;
    const char16_t* word;
};

class GroupWorst : public testing::TestWithParam<Worst> { };

TEST_P(GroupWorst, SaysTheWorstStateInAWord)
{
    const QString detail = groupHeaderDetail(group(1, 1, GetParam().severity));
    EXPECT_EQ(detail, QStringLiteral("1") + QString::fromUtf16(GetParam().word));
}

INSTANTIATE_TEST_SUITE_P(Table, GroupWorst,
                         testing::Values(Worst{Severity::Critical, u" \u00b7 worst: down"},
                                         Worst{Severity::Warning, u" \u00b7 worst: degraded"},
                                         Worst{Severity::Unknown, u" \u00b7 worst: unknown"}, Worst{Severity::Ok, u""},
                                         Worst{Severity::None, u""}));

TEST(GroupHeader, FoldedOpenHoveredAndWorstLookDifferent)
{
    PlanGroup folded = group(1, 1);
    folded.collapsed = true;
    const QImage open = painted(group(1, 1));
    EXPECT_NE(painted(folded), open);
    EXPECT_NE(painted(group(1, 1, Severity::Critical)).copy(18, 0, 14, 30), open.copy(18, 0, 14, 30))
        << "the shape says it beside the word";
    EXPECT_EQ(painted(group(1, 1), true).pixelColor(590, 10), theme().colors.hover);
    EXPECT_EQ(open.pixelColor(590, 10), theme().colors.raised);
}

TEST(GroupHeader, WordsThatAreKeptAreThoseOfTheGroupPainted)
{
    GroupHeaderPainter headers;
    const auto drawn = [&headers](int number, const PlanGroup& of) {
        QImage picture(600, 30, QImage::Format_ARGB32);
        picture.fill(Qt::transparent);
        QPainter painter(&picture);
        headers.paint(painter, picture.rect(), number, of, false);
        return picture;
    };
    EXPECT_EQ(drawn(0, group(9, 18)), painted(group(9, 18)));
    EXPECT_EQ(drawn(0, group(8, 18)), painted(group(8, 18))) << "the same header with another count";
    EXPECT_EQ(drawn(64, group(7, 18)), painted(group(7, 18))) << "another header in the same place";
    EXPECT_EQ(drawn(0, group(8, 18)), painted(group(8, 18)));
}

TEST(GroupHeader, ALongLabelStaysInItsRow)
{
    PlanGroup wide = group(1, 1);
    wide.label = std::string(500, 'w');
    const QImage picture = painted(wide);
    EXPECT_EQ(picture.pixelColor(599, 29), theme().colors.line);
    EXPECT_EQ(picture.pixelColor(5, 3), theme().colors.raised);
}

TEST(StatusColour, DiffersBySeverityInEveryTheme)
{
    for (const ThemeKind kind : {ThemeKind::Light, ThemeKind::Contrast, ThemeKind::Dark}) {
        const Theme loaded = loadTheme(kind);
        EXPECT_NE(loaded.colors.ok, loaded.colors.warn);
        EXPECT_NE(loaded.colors.warn, loaded.colors.bad);
        EXPECT_NE(loaded.colors.bad, loaded.colors.text3);
    }
    EXPECT_EQ(severityColor(Severity::None), theme().colors.text);
    EXPECT_EQ(severityColor(Severity::Unknown), theme().colors.text3);
}
