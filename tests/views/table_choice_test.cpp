// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/table_choice.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace tracedeck;

namespace {
TableChoice sample()
{
    TableChoice choice;
    choice.text = QStringLiteral("cpu>20% and tag:\"a&b=c#d\" ü+");
    choice.view = QStringLiteral("pod");
    choice.status = QStringLiteral("stopped");
    choice.grouping = QStringLiteral("node");
    choice.thenGrouping = QStringLiteral("type");
    choice.sortKey = QStringLiteral("cpu");
    choice.descending = true;
    choice.thenSortKey = QStringLiteral("memory");
    choice.thenDescending = true;
    choice.problemsOnly = true;
    choice.changedMinutes = 60;
    choice.host = 0xfedcba9876543210U;
    choice.hostName = QStringLiteral("node a");
    return choice;
}
} // namespace

TEST(TableChoiceTest, LinksBringEverythingBack)
{
    const TableChoice before = sample();
    TableChoice after;
    after.readQuery(QUrlQuery(before.toQuery().toString(QUrl::FullyEncoded)));
    EXPECT_EQ(after, before);
}

TEST(TableChoiceTest, WhatALinkDoesNotNameIsTakenAway)
{
    TableChoice choice = sample();
    choice.readQuery(QUrlQuery(QStringLiteral("q=web")));
    EXPECT_EQ(choice.text, QStringLiteral("web"));
    EXPECT_TRUE(choice.view.isEmpty());
    EXPECT_EQ(choice.sortKey, QStringLiteral("name"));
    EXPECT_EQ(choice.host, 0U);
    EXPECT_EQ(choice.grouping, QStringLiteral("node")) << "how rows are arranged stays";
}

TEST(TableChoiceTest, ASecondLevelNeedsAFirstAndAnother)
{
    TableChoice choice;
    choice.grouping = QStringLiteral("node");
    EXPECT_FALSE(choice.isNested());
    choice.thenGrouping = QStringLiteral("type");
    EXPECT_TRUE(choice.isNested());
    choice.grouping = QStringLiteral("type");
    EXPECT_FALSE(choice.isNested());
    choice.grouping = QStringLiteral("none");
    EXPECT_FALSE(choice.isNested());
    choice.readQuery(QUrlQuery(QStringLiteral("group=node")));
    EXPECT_EQ(choice.thenGrouping, QString()) << "a link with one level means one level";
}

TEST(TableChoiceTest, LinksCarryTheOrderOfGroupsWithTheGrouping)
{
    TableChoice choice;
    choice.grouping = QStringLiteral("node");
    choice.worstGroupsFirst = true;
    EXPECT_EQ(choice.toQuery().queryItemValue(QStringLiteral("worst")), u"1");
    TableChoice opened;
    opened.readQuery(choice.toQuery());
    EXPECT_TRUE(opened.worstGroupsFirst);
    opened.readQuery(QUrlQuery(QStringLiteral("q=web")));
    EXPECT_TRUE(opened.worstGroupsFirst) << "a link without grouping leaves both as they are";
    opened.readQuery(QUrlQuery(QStringLiteral("group=node")));
    EXPECT_FALSE(opened.worstGroupsFirst);
}

TEST(TableChoiceTest, WindowsOfChangesComeInTurnAndOddOnesAreNone)
{
    TableChoice choice;
    std::vector<int> seen;
    for (int press = 0; press < 4; ++press) {
        choice.nextChangeWindow();
        seen.push_back(choice.changedMinutes);
    }
    EXPECT_EQ(seen, (std::vector<int>{5, 15, 60, 0}));
    choice.readQuery(QUrlQuery(QStringLiteral("changed=61")));
    EXPECT_EQ(choice.changedMinutes, 0);
    EXPECT_FALSE(choice.hasFilter());
}

TEST(TableChoiceTest, ClearingKeepsTheArrangement)
{
    TableChoice choice = sample();
    ASSERT_TRUE(choice.hasFilter());
    choice.clearFilter();
    EXPECT_FALSE(choice.hasFilter());
    EXPECT_EQ(choice.sortKey, QStringLiteral("cpu"));
    EXPECT_FALSE(TableChoice().hasFilter());
}

TEST(TableChoiceTest, ASecondSortKeyComesTurnsAndGoes)
{
    TableChoice choice;
    choice.sortKey = QStringLiteral("node");
    choice.thenSortBy(QStringLiteral("cpu"), true);
    EXPECT_EQ(choice.thenSortKey, QStringLiteral("cpu"));
    EXPECT_TRUE(choice.thenDescending) << "numbers start with the largest";
    choice.thenSortBy(QStringLiteral("cpu"), true);
    EXPECT_FALSE(choice.thenDescending);
    choice.thenSortBy(QStringLiteral("cpu"), true);
    EXPECT_TRUE(choice.thenSortKey.isEmpty());
    choice.thenSortBy(QStringLiteral("type"), false);
    choice.thenSortBy(QStringLiteral("memory"), true);
    EXPECT_EQ(choice.thenSortKey, QStringLiteral("memory")) << "another column takes its place";
    choice.thenSortBy(QStringLiteral("node"), false);
    EXPECT_TRUE(choice.descending) << "the first key turns";
    EXPECT_EQ(choice.thenSortKey, QStringLiteral("memory"));
}

TEST(TableChoiceTest, LinksNameBothSortKeys)
{
    TableChoice choice;
    choice.readQuery(QUrlQuery(QStringLiteral("sort=-cpu,name")));
    EXPECT_EQ(choice.sortKey, QStringLiteral("cpu"));
    EXPECT_TRUE(choice.descending);
    EXPECT_EQ(choice.thenSortKey, QStringLiteral("name"));
    EXPECT_FALSE(choice.thenDescending);
    choice.readQuery(QUrlQuery(QStringLiteral("sort=,-memory")));
    EXPECT_EQ(choice.sortKey, QStringLiteral("name"));
    EXPECT_EQ(choice.thenSortKey, QStringLiteral("memory"));
    choice.readQuery(QUrlQuery());
    EXPECT_TRUE(choice.thenSortKey.isEmpty());
}
