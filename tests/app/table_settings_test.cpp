// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/table_settings.h"

#include "app/fleet_domain.h"
#include "tests/app/scripted_source.h"

#include <QJsonArray>
#include <gtest/gtest.h>

using namespace tracedeck;
using namespace tracedeck::tests;

TEST(TableSettingsTest, ChoicesRoundTripWithAllBitsOfTheirKeys)
{
    TableChoice choice;
    choice.text = QStringLiteral("cpu>80");
    choice.sortKey = QStringLiteral("memory");
    choice.descending = true;
    choice.worstGroupsFirst = true;
    choice.thenSortKey = QStringLiteral("cpu");
    choice.thenDescending = true;
    choice.changedMinutes = 15;
    choice.thenGrouping = QStringLiteral("type");
    choice.collapsed = {0xfedcba9876543210U, 0xffffffffffffffffU};
    choice.pinned = {3, 1, 2};
    EXPECT_EQ(choiceFromJson(choiceToJson(choice), {}), choice);
}

TEST(TableSettingsTest, WrongTypesFallBack)
{
    TableChoice fallback;
    fallback.grouping = QStringLiteral("node");
    const QJsonObject odd{{QStringLiteral("grouping"), 7},
                          {QStringLiteral("descending"), QStringLiteral("yes")},
                          {QStringLiteral("collapsed"), QJsonArray{1, QStringLiteral("zz"), QStringLiteral("ff")}}};
    const TableChoice choice = choiceFromJson(odd, fallback);
    EXPECT_EQ(choice.grouping, QStringLiteral("node"));
    EXPECT_FALSE(choice.descending);
    EXPECT_EQ(choiceFromJson({{QStringLiteral("changedMinutes"), 7}}, {}).changedMinutes, 0) << "no window of ours";
    EXPECT_EQ(choice.collapsed, std::vector<RowKey>{0xff});
}

TEST(TableSettingsTest, LayoutsRoundTripById)
{
    TableLayoutState layout;
    layout.columns = {{QStringLiteral("cpu"), 140, false, true}, {QStringLiteral("gone-column"), 0, true}};
    EXPECT_EQ(layoutFromJson(layoutToJson(layout)).columns, layout.columns);
    EXPECT_TRUE(layoutFromJson({}).columns.empty());
}

TEST(FleetDomainTest, ChoicesBecomeRows)
{
    const FleetDomain domain = workloadDomain();
    const auto prepared = domain.prepare({TableSnapshot(scriptedWorkloads(40)), 5});
    TableChoice choice;
    choice.grouping = QStringLiteral("none");
    DerivedTable all = domain.derive(*prepared, choice, 0, false);
    EXPECT_EQ(all.plan->rows.size(), 40U);
    EXPECT_EQ(all.summary.total, 40U);
    EXPECT_EQ(all.summary.stopped, 4U);
    EXPECT_EQ(all.summary.running, 36U);
    EXPECT_FALSE(all.summary.memoryPercent.has_value()) << "nobody reports memory";
    ASSERT_TRUE(all.summary.cpuPercent.has_value());
    EXPECT_NEAR(*all.summary.cpuPercent, 0.195, 1e-9);
    choice.status = QStringLiteral("stopped");
    choice.text = QStringLiteral("svc-0");
    EXPECT_EQ(domain.derive(*prepared, choice, 0, false).plan->rows.size(), 4U);
    choice.view = QStringLiteral("pod");
    EXPECT_EQ(domain.derive(*prepared, choice, 0, false).plan->rows.size(), 0U);
}

TEST(FleetDomainTest, PinnedRowsComeFirstInTheirOrder)
{
    const FleetDomain domain = workloadDomain();
    const auto prepared = domain.prepare({TableSnapshot(scriptedWorkloads(6)), 5});
    TableChoice choice;
    choice.grouping = QStringLiteral("none");
    const auto plain = domain.derive(*prepared, choice, 0, false).plan;
    choice.pinned = {plain->keys[4], 12345, plain->keys[2]};
    const auto pinned = domain.derive(*prepared, choice, 0, false).plan;
    EXPECT_EQ(pinned->keys[0], plain->keys[4]);
    EXPECT_EQ(pinned->keys[1], plain->keys[2]);
    EXPECT_EQ(pinned->keys[2], plain->keys[0]);
    EXPECT_EQ(pinned->keys.size(), plain->keys.size());
    EXPECT_EQ(pinned->digests[0], plain->digests[4]);
}
