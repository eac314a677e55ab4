// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/grpc_server.h"

#include "fake_backend.h"
#include "memory_peak.h"

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/support/byte_buffer.h>

#include <gtest/gtest.h>
#include <thread>

namespace tracedeck::test {
namespace {

const std::string kTraces = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
const std::string kToken(64, 'a');

class GrpcServerTest : public testing::Test {
protected:
    void start(bool requireToken = false, std::size_t messageBytes = std::size_t{64} << 20U)
    {
        policy = std::make_unique<AccessPolicy>(kToken, requireToken, "127.0.0.1", "machine");
        GrpcOptions options;
        options.port = 0;
        options.messageBytes = messageBytes;
        auto started = GrpcServer::start(backend, *policy, counters, options);
        ASSERT_TRUE(started.ok()) << started.error().what;
        server = std::move(started).value();
        grpc::ChannelArguments arguments;
        arguments.SetMaxSendMessageSize(-1);
        channel = grpc::CreateCustomChannel(server->address(), grpc::InsecureChannelCredentials(), arguments);
    }

    grpc::Status call(const std::string& method, const std::string& body, const std::string& authorization = {},
                      bool gzip = false)
    {
        grpc::ClientContext context;
        context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
        if (!authorization.empty())
            context.AddMetadata("authorization", authorization);
        if (gzip)
            context.set_compression_algorithm(GRPC_COMPRESS_GZIP);
        const grpc::Slice slice(body.data(), body.size(), grpc::Slice::STATIC_SLICE);
        const grpc::ByteBuffer request(&slice, 1);
        grpc::CompletionQueue queue;
        grpc::GenericStub stub(channel);
        const auto unary = stub.PrepareUnaryCall(&context, method, request, &queue);
        unary->StartCall();
        grpc::Status status;
        grpc::ByteBuffer answer;
        unary->Finish(&answer, &status, nullptr);
        void* tag = nullptr;
        bool ok = false;
        queue.Next(&tag, &ok);
        std::vector<grpc::Slice> slices;
        reply.clear();
        if (status.ok() && answer.Dump(&slices).ok()) {
            for (const grpc::Slice& piece : slices)
                reply.append(reinterpret_cast<const char*>(piece.begin()), piece.size());
        }
        return status;
    }

    FakeBackend backend;
    ServerCounters counters;
    std::unique_ptr<AccessPolicy> policy;
    std::unique_ptr<GrpcServer> server;
    std::shared_ptr<grpc::Channel> channel;
    std::string reply;
};

TEST_F(GrpcServerTest, TakesAllSignalsPlainAndGzip)
{
    start();
    EXPECT_TRUE(call(kTraces, "body").ok());
    EXPECT_TRUE(reply.empty());
    EXPECT_TRUE(
        call("/opentelemetry.proto.collector.logs.v1.LogsService/Export", std::string(100'000, 'z'), {}, true).ok());
    EXPECT_TRUE(call("/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", "").ok());
    ASSERT_EQ(backend.requests.size(), 3U);
    EXPECT_EQ(backend.requests[0].body, "body");
    EXPECT_EQ(backend.requests[0].encoding, OtlpEncoding::Protobuf);
    EXPECT_EQ(backend.requests[1].signal, OtlpSignal::Logs);
    EXPECT_EQ(backend.requests[1].body, std::string(100'000, 'z'));
    EXPECT_EQ(backend.requests[2].signal, OtlpSignal::Metrics);
    EXPECT_EQ(counters.grpcRequests.load(), 3U);
}

TEST_F(GrpcServerTest, FailuresHaveTheCodesExportersActOn)
{
    start();
    EXPECT_EQ(call("/opentelemetry.proto.collector.trace.v1.TraceService/Import", "x").error_code(),
              grpc::StatusCode::UNIMPLEMENTED);
    backend.outcome = makeError(ErrorCode::Malformed, "decode", "broken at byte 3");
    const grpc::Status malformed = call(kTraces, "x");
    EXPECT_EQ(malformed.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
    EXPECT_EQ(malformed.error_message(), "broken at byte 3");
    for (const ErrorCode code : {ErrorCode::Busy, ErrorCode::StorageFull, ErrorCode::ReadOnly}) {
        backend.outcome = makeError(code, "store", "later");
        EXPECT_EQ(call(kTraces, "x").error_code(), grpc::StatusCode::UNAVAILABLE);
    }
    backend.outcome = makeError(ErrorCode::Corrupt, "store", "broken");
    EXPECT_EQ(call(kTraces, "x").error_code(), grpc::StatusCode::INTERNAL);
    backend.outcome = IngestOutcome{1, 2, "bad id", false};
    EXPECT_TRUE(call(kTraces, "x").ok());
    EXPECT_NE(reply.find("bad id"), std::string::npos);
}

TEST_F(GrpcServerTest, TokenComesInTheMetadata)
{
    start(true);
    EXPECT_EQ(call(kTraces, "x").error_code(), grpc::StatusCode::UNAUTHENTICATED);
    EXPECT_EQ(call(kTraces, "x", "Bearer wrong").error_code(), grpc::StatusCode::UNAUTHENTICATED);
    EXPECT_TRUE(call(kTraces, "x", "Bearer " + kToken).ok());
    EXPECT_EQ(backend.requests.size(), 1U);
}

TEST_F(GrpcServerTest, LargeMessagesAndBombsAreRefusedWithinBoundedMemory)
{
    start(false, std::size_t{4} << 20U);
    const std::string large(std::size_t{64} << 20U, 'x');
    EXPECT_FALSE(call(kTraces, large).ok());
    const MemoryPeak peak;
    EXPECT_FALSE(call(kTraces, large, {}, true).ok());
    EXPECT_LT(peak.growth(), std::int64_t{32} << 20U);
    EXPECT_TRUE(backend.requests.empty());
    EXPECT_TRUE(call(kTraces, "small").ok());
}

TEST_F(GrpcServerTest, StopAnswersCallsUnderWay)
{
    backend.hold = true;
    start();
    grpc::Status status;
    std::thread calling([&] { status = call(kTraces, "x"); });
    ASSERT_TRUE(backend.waitForRequests(1));
    std::thread stopping([&] { server->stop(std::chrono::milliseconds(5000)); });
    backend.releaseAll();
    calling.join();
    stopping.join();
    EXPECT_TRUE(status.ok()) << status.error_message();
}

TEST_F(GrpcServerTest, ATakenPortIsAConflict)
{
    start();
    GrpcOptions options;
    options.port = static_cast<std::uint16_t>(std::stoi(server->address().substr(server->address().rfind(':') + 1)));
    const auto second = GrpcServer::start(backend, *policy, counters, options);
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().code, ErrorCode::Conflict);
}

} // namespace
} // namespace tracedeck::test
