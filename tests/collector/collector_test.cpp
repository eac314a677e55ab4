// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/collector.h"

#include "collector/collector_arguments.h"
#include "collector/exposure_check.h"
#include "collector/owned_directory.h"
#include "collector/tcp_listener.h"
#include "raw_client.h"
#include "store_fixture.h"

#include <nlohmann/json.hpp>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <gtest/gtest.h>
#include <thread>

namespace tracedeck::test {
namespace {

CollectorOptions optionsIn(const TemporaryDirectory& directory)
{
    CollectorOptions options;
    options.dataDir = directory.file("data");
    options.httpPort = 0;
    options.grpcPort = 0;
    return options;
}

std::uint16_t portOf(const std::string& address)
{
    return static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1)));
}

std::string bodyWithSpan(int number)
{
    std::string id = std::to_string(number);
    id.insert(0, 32 - id.size(), '0');
    return R"({"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":")" + id + R"(","spanId":"00000000000000aa",)"
        + R"("name":"n","startTimeUnixNano":"1795221153240981562","endTimeUnixNano":"1795221153240981563"}]}]}]})";
}

TEST(Collector, StoresWhatItAcknowledgesAcrossRestarts)
{
    const TemporaryDirectory directory;
    std::string token;
    {
        auto collector = Collector::start(optionsIn(directory));
        ASSERT_TRUE(collector.ok()) << collector.error().what;
        const CollectorInfo info = collector.value()->info();
        token = info.token;
        EXPECT_FALSE(info.grpcAddress.empty());
        EXPECT_TRUE(info.notices.empty());
        RawClient client(info.httpAddress);
        for (int i = 1; i <= 20; ++i)
            EXPECT_EQ(client.ask(postRequest("/v1/traces", "application/json", bodyWithSpan(i))).status, 200);
    }
    auto again = Collector::start(optionsIn(directory));
    ASSERT_TRUE(again.ok()) << again.error().what;
    EXPECT_EQ(again.value()->info().token, token);
    RawClient client(again.value()->info().httpAddress);
    const RawResponse answer = client.ask(getRequest("/api/v1/traces", token));
    EXPECT_EQ(nlohmann::json::parse(answer.body).at("traces").size(), 20U);
}

TEST(Collector, ADirectoryHasOneOwnerWhoseAddressIsTold)
{
    const TemporaryDirectory directory;
    auto first = Collector::start(optionsIn(directory));
    ASSERT_TRUE(first.ok());
    const std::string address = first.value()->info().httpAddress;
    const auto second = Collector::start(optionsIn(directory));
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().code, ErrorCode::Conflict);
    EXPECT_NE(second.error().what.find(address), std::string::npos);
    EXPECT_EQ(readOwner(directory.file("data")).httpAddress, address);
    EXPECT_EQ(*readToken(directory.file("data")), first.value()->info().token);
    first.value()->stop();
    first = makeError(ErrorCode::Internal, "", "");
    EXPECT_TRUE(Collector::start(optionsIn(directory)).ok());
}

TEST(Collector, FilesArePrivate)
{
    const TemporaryDirectory directory;
    const auto collector = Collector::start(optionsIn(directory));
    ASSERT_TRUE(collector.ok());
    const auto modeOf = [&](const std::string& name) {
        struct stat facts { };
        EXPECT_EQ(::stat(directory.file(name).c_str(), &facts), 0) << name;
        return facts.st_mode & 0777U;
    };
    EXPECT_EQ(modeOf("data"), 0700U);
    EXPECT_EQ(modeOf("data/token"), 0600U);
    EXPECT_EQ(modeOf("data/owner"), 0600U);
}

TEST(Collector, ATakenPortFailsOrFallsBackAndIsRegained)
{
    const TemporaryDirectory directory;
    TcpListener blocker([](int socket) { ::close(socket); });
    const std::string taken = *blocker.listen("127.0.0.1", 0);
    CollectorOptions options = optionsIn(directory);
    options.httpPort = portOf(taken);
    const auto refused = Collector::start(options);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, ErrorCode::Conflict);
    EXPECT_NE(refused.error().what.find(taken), std::string::npos);

    options.fallBackToFreePort = true;
    options.portRetry = std::chrono::milliseconds(20);
    auto collector = Collector::start(options);
    ASSERT_TRUE(collector.ok());
    const CollectorInfo info = collector.value()->info();
    EXPECT_NE(info.httpAddress, taken);
    ASSERT_EQ(info.notices.size(), 1U);
    EXPECT_NE(info.notices[0].find("OTEL_EXPORTER_OTLP_ENDPOINT=http://" + info.httpAddress), std::string::npos);
    blocker.stop();
    while (collector.value()->info().notices.at(0).find("became free") == std::string::npos)
        std::this_thread::yield();
    RawClient regained(taken);
    EXPECT_EQ(regained.ask(getRequest("/healthz", {})).status, 200);
}

TEST(Collector, StopIsQuickAndLosesNothingAcknowledged)
{
    const TemporaryDirectory directory;
    auto collector = Collector::start(optionsIn(directory));
    ASSERT_TRUE(collector.ok());
    const std::string address = collector.value()->info().httpAddress;
    std::atomic<int> acknowledged{0};
    std::vector<std::thread> senders;
    for (int sender = 0; sender < 4; ++sender) {
        senders.emplace_back([&, sender] {
            RawClient client(address);
            for (int i = 1;
                 client.ask(postRequest("/v1/traces", "application/json", bodyWithSpan(sender * 100'000 + i))).status
                 == 200;
                 ++i)
                ++acknowledged;
        });
    }
    while (acknowledged < 50)
        std::this_thread::yield();
    const auto begin = std::chrono::steady_clock::now();
    collector.value()->stop();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10)); // a hang, not a timing
    for (std::thread& sender : senders)
        sender.join();
    collector = makeError(ErrorCode::Internal, "", "");
    auto again = Collector::start(optionsIn(directory));
    ASSERT_TRUE(again.ok());
    RawClient client(again.value()->info().httpAddress);
    const auto status =
        nlohmann::json::parse(client.ask(getRequest("/api/v1/status", again.value()->info().token)).body);
    EXPECT_GE(status.at("spans").get<int>(), acknowledged.load());
}

TEST(Collector, UnusableDirectoriesAreExplained)
{
    const TemporaryDirectory directory;
    CollectorOptions options = optionsIn(directory);
    options.dataDir = "/proc/tracedeck";
    const auto refused = Collector::start(options);
    ASSERT_FALSE(refused.ok());
    EXPECT_FALSE(refused.error().hint.empty());
    options.dataDir = directory.file("file/data");
    std::ofstream(directory.file("file")) << "in the way";
    EXPECT_FALSE(Collector::start(options).ok());
    options = optionsIn(directory);
    ASSERT_TRUE(Collector::start(options).ok());
    std::ofstream(directory.file("data/token"), std::ios::trunc) << "short";
    const auto broken = Collector::start(options);
    ASSERT_FALSE(broken.ok());
    EXPECT_EQ(broken.error().code, ErrorCode::Malformed);
}

TEST(ExposureCheck, OtherMachinesNeedAnExplicitWord)
{
    CollectorOptions options;
    EXPECT_TRUE(checkExposure(options).ok());
    options.grpcHost = "0.0.0.0";
    EXPECT_EQ(checkExposure(options).error().code, ErrorCode::PermissionDenied);
    options.enableGrpc = false;
    EXPECT_TRUE(checkExposure(options).ok());
    options.host = "::";
    EXPECT_EQ(checkExposure(options).error().code, ErrorCode::PermissionDenied);
    options.insecurePlaintext = true;
    EXPECT_TRUE(checkExposure(options).ok());
    options.tlsKey = "key.pem";
    EXPECT_EQ(checkExposure(options).error().code, ErrorCode::InvalidArgument);
    options.insecurePlaintext = false;
    options.tlsCertificate = "cert.pem";
    EXPECT_TRUE(checkExposure(options).ok());
}

TEST(CollectorArguments, AreReadOrExplained)
{
    const auto parsed = parseCollectorArguments(
        {"--listen", "[::1]:80", "--grpc-listen=127.0.0.2:0", "--data-dir", "d", "--sync", "full", "--require-token"},
        "default");
    ASSERT_TRUE(parsed.ok());
    EXPECT_EQ(parsed->options.host, "::1");
    EXPECT_EQ(parsed->options.httpPort, 80);
    EXPECT_EQ(parsed->options.grpcHost, "127.0.0.2");
    EXPECT_EQ(parsed->options.grpcPort, 0);
    EXPECT_EQ(parsed->options.dataDir, "d");
    EXPECT_TRUE(parsed->options.fullSync && parsed->options.requireToken);
    EXPECT_EQ(parseCollectorArguments({"--push-per-token", "3"}, "d")->options.pushPerToken, 3U);
    EXPECT_FALSE(parseCollectorArguments({"--grpc-listen", "off"}, "d")->options.enableGrpc);
    EXPECT_EQ(parseCollectorArguments({}, "default")->options.dataDir, "default");
    EXPECT_TRUE(parseCollectorArguments({"-h"}, "d")->help);
    for (const std::vector<std::string>& wrong : {std::vector<std::string>{"--listen", "4318"},
                                                  {"--listen", "a:b"},
                                                  {"--listen", "127.0.0.1:70000"},
                                                  {"--listen"},
                                                  {"--bogus"},
                                                  {"--bogus", "x"},
                                                  {"file"},
                                                  {"--sync", "half"},
                                                  {"--push-per-token", "0"},
                                                  {"--push-per-token", "12x"},
                                                  {"--push-per-token", "-1"}})
        EXPECT_FALSE(parseCollectorArguments(wrong, "d").ok()) << wrong[0];
}

} // namespace
} // namespace tracedeck::test
