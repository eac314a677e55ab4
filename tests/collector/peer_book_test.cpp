// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/peer_book.h"

#include "collector/collector.h"
#include "otlp_body.h"
#include "raw_client.h"
#include "store_fixture.h"

#include <nlohmann/json.hpp>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <future>
#include <gtest/gtest.h>

namespace tracedeck::test {
namespace {

using Peer = std::shared_ptr<const PeerPlace>;

Peer ask(PeerBook& book, const std::string& peer)
{
    std::promise<Peer> answer;
    book.ask(peer, [&answer](Peer place) { answer.set_value(std::move(place)); });
    return answer.get_future().get();
}

TEST(PeerBook, AConnectionIsLookedUpOnce)
{
    std::atomic<int> walks = 0;
    PeerBook book([&walks](const SocketAddress& peer) {
        ++walks;
        return peer.port == 1 ? PeerPlace{"", "", "cart.service", "", ""} : PeerPlace();
    });
    for (int i = 0; i < 5; ++i) {
        ASSERT_TRUE(ask(book, "127.0.0.1:1"));
        EXPECT_EQ(ask(book, "ipv4:127.0.0.1:2"), nullptr) << "nothing is known of it";
    }
    EXPECT_EQ(ask(book, "127.0.0.1:1")->unit, "cart.service");
    EXPECT_EQ(walks, 2);
    EXPECT_EQ(ask(book, "unix:"), nullptr);
    EXPECT_EQ(walks, 2) << "no address, no question";
}

TEST(PeerBook, WhoWaitsIsBoundedAndAnsweredAtTheEnd)
{
    std::promise<void> release;
    std::promise<void> begun;
    PeerBook book([&](const SocketAddress& peer) {
        if (peer.port == 1) {
            begun.set_value();
            release.get_future().wait();
        }
        return PeerPlace{peer.host, "", "", "", ""};
    });
    std::atomic<int> answered = 0;
    const auto count = [&answered](const Peer&) { ++answered; };
    book.ask("127.0.0.1:1", count);
    begun.get_future().wait();
    for (std::size_t i = 0; i < PeerBook::kMostWaiting + 5; ++i) {
        book.ask("127.0.0.1:" + std::to_string(i + 10), count);
    }
    EXPECT_EQ(answered, 5) << "whoever is too many is not kept waiting";
    std::thread stopping([&book] { book.stop(); });
    release.set_value();
    stopping.join();
    EXPECT_EQ(answered, static_cast<int>(PeerBook::kMostWaiting) + 6);
    EXPECT_EQ(ask(book, "127.0.0.1:9"), nullptr) << "after the end";
}

TEST(PeerBook, SpansOfAnotherProcessAreFoundByItsConnection)
{
    const TemporaryDirectory directory;
    CollectorOptions options;
    options.dataDir = directory.file("data");
    options.httpPort = 0;
    options.enableGrpc = false;
    auto collector = Collector::start(options);
    ASSERT_TRUE(collector.ok());
    const CollectorInfo info = collector.value()->info();
    SpanSpec bare;
    bare.traceId = traceIdOf(1);
    SpanSpec named;
    named.traceId = traceIdOf(2);
    named.resource = {{"container.id", "4bf92f3577b34da6"}};
    const std::string request = postRequest("/v1/traces", "application/x-protobuf", traceBody({bare, named}));
    const pid_t child = ::fork();
    if (child == 0) {
        const bool stored = RawClient(info.httpAddress).ask(request).status == 200;
        ::_exit(stored ? 0 : 1);
    }
    int status = -1;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_EQ(status, 0);
    RawClient client(info.httpAddress);
    ASSERT_EQ(client.ask(postRequest("/v1/traces", "application/json", traceJson({SpanSpec{traceIdOf(3)}}))).status,
              200);
    const auto found = [&](const std::string& query) {
        const RawResponse answer = client.ask(getRequest("/api/v1/traces?q=" + query, info.token));
        return nlohmann::json::parse(answer.body).at("traces").size();
    };
    EXPECT_EQ(found("has:peer"), 1U) << "neither the one that names itself nor the collector's own process";
    std::string command;
    std::getline(std::ifstream("/proc/self/comm"), command);
    EXPECT_EQ(found("peer%3D" + command), 1U);
}

} // namespace
} // namespace tracedeck::test
