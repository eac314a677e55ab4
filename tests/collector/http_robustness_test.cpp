// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/inflate.h"
#include "memory_peak.h"
#include "server_fixture.h"

#include <list>
#include <thread>

namespace tracedeck::test {
namespace {

constexpr std::int64_t kMiB = std::int64_t{1} << 20U;

class HttpRobustness : public ServerFixture {
protected:
    std::string post(std::string_view more)
    {
        return "POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + std::string(more)
            + "\r\n";
    }
};

TEST_F(HttpRobustness, AnEndlessBodyIsCutAtTheLimitWithinBoundedMemory)
{
    start();
    const MemoryPeak peak;
    RawClient client(address);
    ASSERT_TRUE(client.send(post("Transfer-Encoding: chunked\r\n")));
    const std::string chunk = "10000\r\n" + std::string(0x10000, 'x') + "\r\n";
    for (int i = 0; i < 4800 && client.send(chunk); ++i) { } // 300 MB, unless the server ends it first
    EXPECT_EQ(client.read().status, 413);
    EXPECT_LT(peak.growth(), 200 * kMiB);
    EXPECT_TRUE(backend.requests.empty());
}

TEST_F(HttpRobustness, ADeclaredGiantIsRefusedAndTheAnswerArrives)
{
    start();
    const MemoryPeak peak;
    RawClient client(address);
    ASSERT_TRUE(client.send(post("Content-Length: 314572800\r\n")));
    const std::string piece(65536, 'x');
    for (int i = 0; i < 400; ++i) // keeps pushing like a client that does not look
        client.send(piece);
    EXPECT_EQ(client.read().status, 413);
    EXPECT_LT(peak.growth(), 20 * kMiB);
}

TEST_F(HttpRobustness, AZipBombIsRefusedWithinBoundedMemory)
{
    start();
    const std::string bomb = deflateGzip(std::string(std::size_t{256} << 20U, '\0'));
    ASSERT_LT(bomb.size(), std::size_t{2} << 20U);
    const MemoryPeak peak;
    EXPECT_EQ(ask(postRequest("/v1/traces", "application/x-protobuf", bomb, "Content-Encoding: gzip\r\n")).status, 413);
    EXPECT_LT(peak.growth(), 160 * kMiB);
    ASSERT_EQ(backend.rejections.size(), 1U);
}

TEST_F(HttpRobustness, SlowHeadersAndSlowBodiesAreCut)
{
    limits.headTimeout = std::chrono::milliseconds(100);
    limits.idleTimeout = std::chrono::milliseconds(100);
    limits.bodyStall = std::chrono::milliseconds(100);
    start();
    RawClient silent(address);
    RawClient halfHead(address);
    halfHead.send("POST /v1/traces HTTP/1.1\r\nHost: local");
    RawClient halfBody(address);
    halfBody.send(post("Content-Length: 1000\r\n") + "{\"a\"");
    RawClient idle(address);
    EXPECT_EQ(idle.ask(getRequest("/healthz", {})).status, 200);
    EXPECT_TRUE(silent.closedByServer());
    EXPECT_TRUE(halfHead.closedByServer());
    EXPECT_TRUE(halfBody.closedByServer());
    EXPECT_TRUE(idle.closedByServer());
}

TEST_F(HttpRobustness, ManySlowConnectionsMeetTheLimitAndLeaveNothingBehind)
{
    limits.connections = 20;
    limits.headTimeout = std::chrono::milliseconds(300);
    start();
    std::list<RawClient> slow;
    for (int i = 0; i < 20; ++i)
        slow.emplace_back(address).send("GET /hea");
    while (counters.httpConnections.load() < 20)
        std::this_thread::yield();
    RawResponse refused = ask(getRequest("/healthz", {}));
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.fields["retry-after"], "2");
    for (RawClient& client : slow)
        EXPECT_TRUE(client.closedByServer());
    while (counters.httpConnections.load() > 0)
        std::this_thread::yield();
    EXPECT_EQ(ask(getRequest("/healthz", {})).status, 200);
}

TEST_F(HttpRobustness, ManyLargeBodiesAtOnceMeetTheCommonBudget)
{
    limits.allBodiesBytes = 256 << 10;
    start();
    RawClient first(address);
    first.send(post("Content-Length: 400000\r\n") + std::string(200 << 10, ' '));
    while (counters.httpBodyBytes.load() < 3 * (64 << 10))
        std::this_thread::yield();
    RawResponse second = ask(postRequest("/v1/traces", "application/json", std::string(128 << 10, ' ')));
    EXPECT_EQ(second.status, 429);
    EXPECT_EQ(second.fields["retry-after"], "1");
}

TEST_F(HttpRobustness, NonsenseIsAnsweredAndTheServerLives)
{
    start();
    EXPECT_EQ(ask("\x16\x03\x01\x02\x00\x01 this is no HTTP\r\n\r\n").status, 400);
    EXPECT_EQ(ask("GET /" + std::string(40'000, 'a') + " HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 431);
    EXPECT_EQ(ask(post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n")).status, 400);
    EXPECT_EQ(ask(post("Transfer-Encoding: chunked\r\n") + "zz\r\n").status, 400);
    EXPECT_EQ(ask(post("Content-Length: -5\r\n")).status, 400);
    EXPECT_EQ(ask(getRequest("/api/v1/%zz", kToken)).status, 400);
    {
        RawClient gone(address);
        gone.send("POST /v1/tra");
    }
    {
        RawClient gone(address);
        gone.send(postRequest("/v1/traces", "application/json", "{}"));
    }
    EXPECT_EQ(ask(getRequest("/healthz", {})).status, 200);
}

TEST_F(HttpRobustness, StopAnswersRequestsUnderWay)
{
    backend.hold = true;
    start();
    RawClient client(address);
    client.send(postRequest("/v1/traces", "application/json", "{}"));
    ASSERT_TRUE(backend.waitForRequests(1));
    RawClient idle(address);
    EXPECT_EQ(idle.ask(getRequest("/healthz", {})).status, 200);
    std::thread stopping([this] { stopServer(); });
    EXPECT_TRUE(idle.closedByServer()); // the stop has begun
    backend.releaseAll();
    RawResponse answer = client.read();
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.fields["connection"], "close");
    stopping.join();
}

TEST_F(HttpRobustness, StopCutsWhatNeverEnds)
{
    backend.hold = true;
    start();
    RawClient client(address);
    client.send(postRequest("/v1/traces", "application/json", "{}"));
    ASSERT_TRUE(backend.waitForRequests(1));
    stopServer();
    EXPECT_EQ(client.read().status, 0);
}

} // namespace
} // namespace tracedeck::test
