// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/query_history.h"
#include "app/settings_store.h"

#include <QJsonArray>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace tracedeck;

TEST(QueryHistoryTest, NewestFirstEachOncePerPage)
{
    SettingsStore settings{QString()};
    QueryHistory history(settings);
    const QString page = QStringLiteral("workloads");
    for (const char* query : {"cpu>80", "tag:prod", " cpu>80 ", ""}) {
        history.add(page, QString::fromUtf8(query));
    }
    EXPECT_EQ(history.of(page), (QStringList{QStringLiteral("cpu>80"), QStringLiteral("tag:prod")}));
    EXPECT_TRUE(history.of(QStringLiteral("traces")).isEmpty());
}

TEST(QueryHistoryTest, WhatOthersWroteIsReadWithCare)
{
    SettingsStore settings{QString()};
    QueryHistory history(settings);
    settings.setValue(QStringLiteral("search.history.traces"),
                      QJsonArray{1, QStringLiteral("a"), QStringLiteral("a"), QString(), QJsonArray{},
                                 QString(QueryHistory::kLongest + 1, u'x')});
    EXPECT_EQ(history.of(QStringLiteral("traces")), QStringList{QStringLiteral("a")});
    settings.setValue(QStringLiteral("search.history.traces"), QStringLiteral("no list"));
    EXPECT_TRUE(history.of(QStringLiteral("traces")).isEmpty());
    history.add(QStringLiteral("traces"), QString(QueryHistory::kLongest + 1, u'x'));
    EXPECT_TRUE(history.of(QStringLiteral("traces")).isEmpty()) << "too long to be worth keeping";
}

RC_GTEST_PROP(QueryHistoryProperty, BoundedAndTheLastIsFirst, (const std::vector<std::uint8_t>& typed))
{
    SettingsStore settings{QString()};
    QueryHistory history(settings);
    for (const std::uint8_t number : typed) {
        history.add(QStringLiteral("workloads"), QString::number(number));
        const QStringList kept = history.of(QStringLiteral("workloads"));
        RC_ASSERT(kept.first() == QString::number(number));
        RC_ASSERT(kept.size() <= QueryHistory::kMost);
        RC_ASSERT(kept.count(kept.last()) == 1);
    }
}
