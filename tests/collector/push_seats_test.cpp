// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/push_seats.h"

#include "server_fixture.h"

#include <list>
#include <thread>

namespace tracedeck::test {
namespace {

class PushCaps : public ServerFixture {
protected:
    /// Connects a client and keeps it; the status of the answer.
    int connectAs(std::string_view token)
    {
        return m_clients.emplace_back(address).ask(upgradeRequest("/api/v1/ws", token)).status;
    }
    void disconnectFirst() { m_clients.pop_front(); }

private:
    std::list<RawClient> m_clients;
};

TEST_F(PushCaps, TheThirteenthOfOneTokenIsRefusedWithAReason)
{
    start();
    for (int i = 0; i < 12; ++i)
        EXPECT_EQ(connectAs(kToken), 101) << i;
    RawResponse refused = ask(upgradeRequest("/api/v1/ws", kToken));
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.fields["retry-after"], "1");
    EXPECT_NE(refused.body.find("this token already has 12 push connections"), std::string::npos) << refused.body;
    EXPECT_EQ(counters.pushRefused.load(), 1U);
    EXPECT_EQ(connectAs(kReader), 101); // another token has seats of its own
    EXPECT_EQ(ask(getRequest("/api/v1/status", kToken)).status, 200); // and the token still reads
}

TEST_F(PushCaps, ASeatIsFreeAgainWhenItsClientGoes)
{
    pushPerToken = 1;
    start();
    ASSERT_EQ(connectAs(kToken), 101);
    ASSERT_EQ(ask(upgradeRequest("/api/v1/ws", kToken)).status, 429);
    disconnectFirst();
    while (counters.pushClients.load() > 0)
        std::this_thread::yield();
    EXPECT_EQ(connectAs(kToken), 101);
}

TEST_F(PushCaps, TheTotalHoldsForAllTokensTogether)
{
    pushTotal = 2;
    start();
    EXPECT_EQ(connectAs(kToken), 101);
    EXPECT_EQ(connectAs(kReader), 101);
    const RawResponse refused = ask(upgradeRequest("/api/v1/ws", kReader));
    EXPECT_EQ(refused.status, 429);
    EXPECT_NE(refused.body.find("all 2 push connections"), std::string::npos) << refused.body;
}

TEST_F(PushCaps, AFailedUpgradeKeepsNoSeat)
{
    pushPerToken = 1;
    start();
    EXPECT_EQ(ask(getRequest("/api/v1/ws", kToken)).status, 400); // no upgrade asked for
    EXPECT_EQ(ask(upgradeRequest("/api/v1/ws?bogus=1", kToken)).status, 400);
    {
        RawClient hasty(address); // speaks before the handshake is answered
        hasty.send(upgradeRequest("/api/v1/ws", kToken) + "early");
        EXPECT_TRUE(hasty.closedByServer());
    }
    int status = 429; // its seat goes with the session, a moment after the connection
    for (int tries = 0; tries < 1000 && status == 429; ++tries)
        status = connectAs(kToken);
    EXPECT_EQ(status, 101);
}

TEST_F(PushCaps, AReadTokenReadsAndNothingElse)
{
    requireToken = true;
    start();
    EXPECT_EQ(ask(getRequest("/api/v1/status", kReader)).status, 200);
    EXPECT_EQ(ask(getRequest("/metrics", kReader)).status, 200);
    const std::string header = "Authorization: Bearer " + std::string(kReader) + "\r\n";
    const RawResponse refused = ask(postRequest("/api/v1/clear", "application/json", "", header));
    EXPECT_EQ(refused.status, 403);
    EXPECT_NE(refused.body.find("may only read"), std::string::npos);
    EXPECT_TRUE(backend.clears.empty());
    EXPECT_EQ(ask(postRequest("/v1/traces", "application/json", "{}", header)).status, 401);
    EXPECT_TRUE(backend.requests.empty());
    const std::string owner = "Authorization: Bearer " + std::string(kToken) + "\r\n";
    EXPECT_EQ(ask(postRequest("/api/v1/clear", "application/json", "", owner)).status, 200);
}

TEST(PushSeats, OutliveTheirTableAndCount)
{
    auto seats = std::make_unique<PushSeats>(2, 3);
    Result<PushSeats::Seat> first = seats->take(0);
    const Result<PushSeats::Seat> second = seats->take(0);
    ASSERT_TRUE(first.ok() && second.ok());
    EXPECT_EQ(seats->take(0).error().code, ErrorCode::Busy);
    EXPECT_EQ(seats->taken(), 2U);
    PushSeats::Seat copy = *first;
    first = makeError(ErrorCode::Internal, "", "");
    EXPECT_EQ(seats->taken(), 2U); // a copy holds it
    copy.reset();
    EXPECT_EQ(seats->taken(), 1U);
    EXPECT_TRUE(seats->take(7).ok());
    seats.reset(); // `second` still lives
}

} // namespace
} // namespace tracedeck::test
