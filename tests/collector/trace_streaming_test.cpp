// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/chunk_pipe.h"
#include "formats/otlp_encode.h"
#include "memory_peak.h"
#include "server_fixture.h"

#include <chrono>
#include <nlohmann/json.hpp>

namespace tracedeck::test {
namespace {

const std::string kPath = "/api/v1/traces/0123456789abcdef0123456789abcdef";

class TraceStreaming : public ServerFixture { };

TEST_F(TraceStreaming, ALargeTraceStreamsWithinBoundedMemory)
{
    backend.blob = std::string(std::size_t{1} << 20U, 'b');
    backend.blobs = 300;
    start();
    RawClient client(address);
    client.send(getRequest(kPath + "?format=protobuf", kToken));
    RawResponse head = client.read(true);
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.fields["transfer-encoding"], "chunked");
    EXPECT_EQ(head.fields["content-type"], "application/x-protobuf");
    // Nobody reads: the producer must stop after what the pipe and the kernel hold. The thread that empties the
    // pipe answers others meanwhile; when it does so many times without taking a blob more, everybody stands.
    std::size_t given = 0;
    RawClient other(address);
    do {
        given = backend.blobsGiven.load();
        for (int answers = 0; answers < 100; ++answers) {
            ASSERT_EQ(other.ask(getRequest("/healthz", {})).status, 200);
        }
    } while (given != backend.blobsGiven.load());
    EXPECT_LT(given, 40U);
    EXPECT_GE(given, 4U);
}

TEST_F(TraceStreaming, EveryByteArrives)
{
    backend.blob = "0123456789";
    backend.blobs = 1000;
    start();
    RawClient client(address);
    const RawResponse answer = client.ask(getRequest(kPath, kToken, "Accept: application/x-protobuf\r\n"));
    EXPECT_TRUE(answer.complete);
    EXPECT_EQ(answer.body.size(), 10'000U);
    EXPECT_EQ(client.ask(getRequest("/healthz", {})).body, "ok\n"); // and the connection goes on
}

TEST_F(TraceStreaming, UnknownTracesAre404AndLaterFailuresCutTheBody)
{
    start();
    backend.readFailure = makeError(ErrorCode::NotFound, "store", "trace is not stored");
    EXPECT_EQ(ask(getRequest(kPath, kToken)).status, 404);
    backend.blob = "x";
    backend.blobs = 2;
    const RawResponse answer = ask(getRequest(kPath + "?format=protobuf", kToken));
    EXPECT_EQ(answer.status, 200);
    EXPECT_FALSE(answer.complete);
}

TEST_F(TraceStreaming, OldHttpGetsTheBodyUntilTheEndOfTheConnection)
{
    backend.blob = "0123456789";
    backend.blobs = 10;
    start();
    RawResponse answer = ask("GET " + kPath + "?format=protobuf HTTP/1.0\r\nHost: localhost\r\nAuthorization: Bearer "
                             + std::string(kToken) + "\r\n\r\n");
    EXPECT_EQ(answer.fields.count("transfer-encoding"), 0U);
    EXPECT_EQ(answer.body.size(), 100U);
}

TEST_F(TraceStreaming, JsonOfManyBodiesIsOneDocument)
{
    const std::string json =
        R"({"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"0123456789abcdef0123456789abcdef",)"
        R"("spanId":"00000000000000aa","name":"a"}]}]}]})";
    OtlpTraces traces;
    ASSERT_TRUE(decodeOtlpTraces(json, OtlpEncoding::Json, traces).ok());
    const std::vector<std::uint32_t> rows{0};
    backend.blob = encodeOtlpTraces(traces.spans, rows, OtlpEncoding::Protobuf);
    backend.blobs = 3;
    start();
    const auto document = nlohmann::json::parse(ask(getRequest(kPath, kToken)).body);
    EXPECT_EQ(document.at("resourceSpans").size(), 3U);
    backend.blobs = 0;
    EXPECT_EQ(nlohmann::json::parse(ask(getRequest(kPath, kToken)).body).at("resourceSpans").size(), 0U);
    backend.blob = "\xff\xff\xff";
    backend.blobs = 1;
    EXPECT_GE(ask(getRequest(kPath, kToken)).status, 400);
}

TEST(ChunkPipe, AReaderThatStandsStillEndsTheProducer)
{
    ChunkPipe pipe(10, std::chrono::milliseconds(20));
    pipe.setReadable([] {});
    EXPECT_TRUE(pipe.push(std::string(20, 'x')));
    EXPECT_FALSE(pipe.push("more"));
    std::string chunk;
    EXPECT_EQ(pipe.pop(chunk), ChunkPipe::Next::Chunk);
    EXPECT_TRUE(pipe.push("more"));
    pipe.close();
    EXPECT_FALSE(pipe.push("late"));
}

} // namespace
} // namespace tracedeck::test
