// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/log_listing.h"
#include "tests/support/log_builder.h"

#include <gtest/gtest.h>

using namespace tracedeck;
using testing_support::LogBuilder;

namespace {

LogListing listing()
{
    LogBuilder b;
    b.log(30, 17, "charge failed", 5, "payments").attribute("card.brand", "visa");
    b.log(10, 9, "order received", 1, "web");
    b.log(10, 9, "order received", 1, "web");
    b.log(LogBuilder::kNoTime, 5, "no clock here", 0, "web");
    b.log(20, 13, "stock is low", 3, "inventory");
    return listLogs(std::make_shared<const LogTable>(b.table()), LogBuilder::kOrigin);
}

std::vector<std::string> bodies(const LogListing& list, const RowIndexes& places)
{
    std::vector<std::string> texts;
    for (const std::uint32_t place : places) {
        texts.emplace_back(list.logs->strings.view(list.logs->body[list.rows[place]]));
    }
    return texts;
}

} // namespace

TEST(LogListing, recordsStandInTheOrderTheyHappenedAndWithoutTimeLast)
{
    const LogListing list = listing();
    EXPECT_EQ(list.rows, (std::vector<std::uint32_t>{1, 2, 4, 0, 3}));
    EXPECT_EQ(logTimeNs(*list.logs, 3), 0);
}

TEST(LogListing, theObservedTimeStandsInForAMissingOne)
{
    LogBuilder b;
    b.log(LogBuilder::kNoTime, 9, "seen", 0, "web").observedAt(5).log(1, 9, "first", 0, "web");
    const LogListing list = listLogs(std::make_shared<const LogTable>(b.table()), LogBuilder::kOrigin);
    EXPECT_EQ(list.rows, (std::vector<std::uint32_t>{1, 0}));
    EXPECT_EQ(logTimeNs(*list.logs, 0), LogBuilder::kOrigin + 5 * LogBuilder::kMs);
}

TEST(LogListing, everyWordHasToOccurSomewhereInTheRecord)
{
    const LogListing list = listing();
    EXPECT_EQ(filterLogs(list, "").size(), 5U);
    EXPECT_EQ(bodies(list, filterLogs(list, "STOCK low")), std::vector<std::string>{"stock is low"});
    EXPECT_EQ(bodies(list, filterLogs(list, "visa")), std::vector<std::string>{"charge failed"});
    EXPECT_EQ(bodies(list, filterLogs(list, "card.brand")), std::vector<std::string>{"charge failed"});
    EXPECT_EQ(bodies(list, filterLogs(list, "service:payments")), std::vector<std::string>{"charge failed"});
    EXPECT_EQ(bodies(list, filterLogs(list, "0000000000000003")), std::vector<std::string>{"stock is low"});
    EXPECT_TRUE(filterLogs(list, "service:failed").empty()) << "a place given is the only one looked at";
    EXPECT_TRUE(filterLogs(list, "stock visa").empty());
}

TEST(LogListing, keysAreOfTheRecordNotOfItsPlace)
{
    const LogListing list = listing();
    const RowPlan all = planLogs(list, filterLogs(list, ""));
    ASSERT_EQ(all.keys.size(), 5U);
    EXPECT_NE(all.keys[0], all.keys[1]) << "two equal records are two rows";
    const RowPlan one = planLogs(list, filterLogs(list, "stock"));
    ASSERT_EQ(one.keys.size(), 1U);
    EXPECT_EQ(one.keys[0], all.keys[2]);
    EXPECT_EQ(one.shown, 1U);
    EXPECT_EQ(one.total, 5U);
    LogBuilder later;
    later.log(5, 9, "came late", 1, "web").log(20, 13, "stock is low", 3, "inventory");
    const LogListing more = listLogs(std::make_shared<const LogTable>(later.table()), LogBuilder::kOrigin);
    EXPECT_EQ(planLogs(more, filterLogs(more, "")).keys[1], all.keys[2]) << "a selection survives records that come";
}
