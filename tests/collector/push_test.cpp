// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/push_queue.h"
#include "server_fixture.h"

#include <thread>

namespace tracedeck::test {
namespace {

TraceChange change(std::uint32_t number, bool own = false)
{
    TraceChange made;
    for (std::size_t i = 0; i < 4; ++i)
        made.traceId.bytes[15 - i] = static_cast<std::uint8_t>(number >> (8 * i));
    made.isNew = true;
    made.own = own;
    return made;
}

class Push : public ServerFixture {
protected:
    static TraceChangeMessage next(RawClient& client)
    {
        const auto text = client.readMessage();
        EXPECT_TRUE(text.has_value());
        const auto message = decodeTraceChanges(text.value_or("{}"));
        EXPECT_TRUE(message.ok());
        return message.ok() ? *message : TraceChangeMessage();
    }
};

TEST_F(Push, AnnouncesChangesInSequence)
{
    start();
    RawClient client(address);
    EXPECT_EQ(client.ask(upgradeRequest("/api/v1/ws", kToken)).status, 101);
    EXPECT_EQ(next(client), (TraceChangeMessage{0, true, {}}));
    push->publish({change(1)});
    EXPECT_EQ(next(client), (TraceChangeMessage{1, false, {change(1)}}));
    push->publish({change(2), change(3)});
    EXPECT_EQ(next(client), (TraceChangeMessage{2, false, {change(2), change(3)}}));
    push->publish({});
    EXPECT_EQ(next(client), (TraceChangeMessage{3, true, {}}));
    EXPECT_EQ(counters.pushClients.load(), 1U);
}

TEST_F(Push, OwnTracesAreToldOnlyWhenAskedFor)
{
    start();
    RawClient others(address);
    RawClient all(address);
    EXPECT_EQ(others.ask(upgradeRequest("/api/v1/ws", kToken)).status, 101);
    EXPECT_EQ(all.ask(upgradeRequest("/api/v1/ws?own=1", kToken)).status, 101);
    EXPECT_TRUE(next(others).resync && next(all).resync);
    push->publish({change(1, true)});
    push->publish({change(2)});
    EXPECT_EQ(next(all).changes.at(0), change(1, true));
    EXPECT_EQ(next(others).changes.at(0), change(2));
}

TEST_F(Push, ASlowClientGetsOneResyncAndNoMemory)
{
    pushLimits.waitingTraces = 100;
    pushLimits.sendBufferBytes = 4096;
    start();
    RawClient slow(address, 4096);
    EXPECT_EQ(slow.ask(upgradeRequest("/api/v1/ws", kToken)).status, 101);
    EXPECT_TRUE(next(slow).resync);
    std::uint32_t number = 0;
    while (counters.pushResyncs.load() == 0) {
        std::vector<TraceChange> many;
        for (int i = 0; i < 90; ++i)
            many.push_back(change(++number));
        push->publish(std::move(many));
        std::this_thread::yield();
    }
    push->publish({change(++number)}); // told after the resync, or as part of it
    std::uint64_t sequence = 0;
    std::uint64_t delivered = 0;
    std::uint64_t dropped = 0;
    while (delivered + dropped < number) {
        const TraceChangeMessage message = next(slow);
        ASSERT_EQ(message.sequence, ++sequence);
        delivered += message.changes.size();
        dropped += message.dropped;
    }
    EXPECT_EQ(delivered + dropped, number);
    EXPECT_GT(dropped, 100U);
    EXPECT_EQ(counters.pushDropped.load(), dropped);
}

TEST_F(Push, ForeignPagesAndStrangersAreRefused)
{
    start();
    EXPECT_EQ(ask(upgradeRequest("/api/v1/ws", {})).status, 401);
    EXPECT_EQ(ask(upgradeRequest("/api/v1/ws", kToken, "Origin: http://evil.example\r\n")).status, 403);
    EXPECT_EQ(counters.pushRefused.load(), 0U);
}

TEST_F(Push, StopEndsClients)
{
    start();
    RawClient client(address);
    EXPECT_EQ(client.ask(upgradeRequest("/api/v1/ws", kToken)).status, 101);
    EXPECT_TRUE(next(client).resync);
    stopServer();
    EXPECT_FALSE(client.readMessage().has_value());
}

TEST(PushQueue, MergesChangesOfOneTraceAndCountsMessages)
{
    PushQueue queue(false, 2);
    EXPECT_TRUE(queue.next()->resync);
    EXPECT_FALSE(queue.next().has_value());
    TraceChange later = change(1);
    later.isNew = false;
    EXPECT_TRUE(queue.add({change(1), later, change(9, true)}));
    EXPECT_EQ(*queue.next(), (TraceChangeMessage{1, false, {change(1)}}));
    EXPECT_FALSE(queue.add({change(1), change(2), change(3)}));
    EXPECT_TRUE(queue.add({change(4)})); // told by the resync already
    EXPECT_EQ(*queue.next(), (TraceChangeMessage{2, true, {}, 4}));
    EXPECT_FALSE(queue.next().has_value());
}

} // namespace
} // namespace tracedeck::test
