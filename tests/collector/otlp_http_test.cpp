// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/inflate.h"
#include "server_fixture.h"

namespace tracedeck::test {
namespace {

constexpr const char* kProtobuf = "application/x-protobuf";
constexpr const char* kJson = "application/json";

class OtlpHttp : public ServerFixture { };

TEST_F(OtlpHttp, TakesEverySignalInBothEncodingsAndAnswersInTheSame)
{
    start();
    RawResponse answer = ask(postRequest("/v1/traces", kProtobuf, "bytes"));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.fields["content-type"], kProtobuf);
    EXPECT_TRUE(answer.body.empty());
    answer = ask(postRequest("/v1/logs", "application/json; charset=utf-8", "{}"));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.fields["content-type"], kJson);
    EXPECT_EQ(answer.body, "{}");
    EXPECT_EQ(ask(postRequest("/v1/metrics", "Application/JSON", "{}")).status, 200);
    ASSERT_EQ(backend.requests.size(), 3U);
    EXPECT_EQ(backend.requests[0].body, "bytes");
    EXPECT_EQ(backend.requests[0].encoding, OtlpEncoding::Protobuf);
    EXPECT_EQ(backend.requests[1].signal, OtlpSignal::Logs);
    EXPECT_EQ(backend.requests[1].encoding, OtlpEncoding::Json);
    EXPECT_EQ(backend.requests[2].signal, OtlpSignal::Metrics);
}

TEST_F(OtlpHttp, ReportsPartialSuccessInTheRightField)
{
    start();
    backend.outcome = IngestOutcome{2, 3, "zero trace id", false};
    EXPECT_NE(ask(postRequest("/v1/traces", kJson, "{}")).body.find("rejectedSpans"), std::string::npos);
    EXPECT_NE(ask(postRequest("/v1/logs", kJson, "{}")).body.find("rejectedLogRecords"), std::string::npos);
    const RawResponse answer = ask(postRequest("/v1/metrics", kJson, "{}"));
    EXPECT_EQ(answer.status, 200);
    EXPECT_NE(answer.body.find("rejectedDataPoints"), std::string::npos);
    EXPECT_NE(answer.body.find("zero trace id"), std::string::npos);
}

TEST_F(OtlpHttp, FailuresOfThePipelineBecomeStatusCodes)
{
    start();
    const auto statusFor = [&](ErrorCode code) {
        backend.outcome = makeError(code, "store", "reason");
        return ask(postRequest("/v1/traces", kJson, "{}"));
    };
    const RawResponse malformed = statusFor(ErrorCode::Malformed);
    EXPECT_EQ(malformed.status, 400);
    EXPECT_NE(malformed.body.find("reason"), std::string::npos);
    RawResponse busy = statusFor(ErrorCode::Busy);
    EXPECT_EQ(busy.status, 429);
    EXPECT_EQ(busy.fields["retry-after"], "1");
    RawResponse full = statusFor(ErrorCode::StorageFull);
    EXPECT_EQ(full.status, 503);
    EXPECT_EQ(full.fields["retry-after"], "30");
    EXPECT_EQ(statusFor(ErrorCode::ReadOnly).status, 503);
    EXPECT_EQ(statusFor(ErrorCode::Internal).status, 500);
}

TEST_F(OtlpHttp, RefusesBeforeTheBodyIsRead)
{
    start();
    // None of these sends a body although one is announced: the answer must not wait for it.
    const std::string announce = "Content-Length: 100\r\n";
    const auto head = [&](const std::string& line, const std::string& fields) {
        return line + " HTTP/1.1\r\nHost: localhost\r\n" + announce + fields + "\r\n";
    };
    EXPECT_EQ(ask(head("POST /v1/traces", "Content-Type: text/plain\r\n")).status, 415);
    EXPECT_EQ(ask(head("POST /v1/traces", "")).status, 415);
    EXPECT_EQ(ask(head("POST /v1/traces", "Content-Type: application/json\r\nContent-Encoding: br\r\n")).status, 415);
    EXPECT_EQ(ask(head("PUT /v1/traces", "Content-Type: application/json\r\n")).status, 405);
    EXPECT_EQ(ask(head("POST /v1/nothing", "Content-Type: application/json\r\n")).status, 404);
    EXPECT_EQ(ask("POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                  "Content-Length: 99999999999\r\n\r\n")
                  .status,
              413);
    EXPECT_TRUE(backend.requests.empty());
}

TEST_F(OtlpHttp, RefusalsSpeakTheEncodingOfTheRequest)
{
    start();
    RawResponse answer = ask("POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-protobuf\r\n"
                             "Content-Length: 99999999999\r\n\r\n");
    EXPECT_EQ(answer.status, 413);
    EXPECT_EQ(answer.fields["content-type"], kProtobuf);
    EXPECT_EQ(answer.fields["connection"], "close");
    answer = ask(postRequest("/v1/traces", "text/xml", "<a/>"));
    EXPECT_EQ(answer.status, 415);
    EXPECT_EQ(answer.fields["content-type"], kJson);
    EXPECT_NE(answer.body.find("\"message\""), std::string::npos);
}

TEST_F(OtlpHttp, WebPagesCanNeitherReadNorPost)
{
    start();
    const std::string foreign = "Origin: https://evil.example\r\n";
    EXPECT_EQ(ask(postRequest("/v1/traces", kJson, "{}", foreign)).status, 403);
    EXPECT_EQ(ask(postRequest("/v1/traces", kJson, "{}", "Origin: null\r\n")).status, 403);
    EXPECT_EQ(ask(getRequest("/api/v1/traces", kToken, foreign)).status, 403);
    EXPECT_EQ(ask(getRequest("/healthz", {}, foreign)).status, 403);
    EXPECT_EQ(ask(upgradeRequest("/api/v1/ws", kToken, foreign)).status, 403);
    RawResponse rebound = ask("POST /v1/traces HTTP/1.1\r\nHost: evil.example\r\nContent-Type: application/json\r\n"
                              "Content-Length: 2\r\n\r\n{}");
    EXPECT_EQ(rebound.status, 403);
    RawResponse preflight = ask("OPTIONS /v1/traces HTTP/1.1\r\nHost: localhost\r\n" + foreign
                                + "Access-Control-Request-Method: POST\r\n\r\n");
    EXPECT_EQ(preflight.status, 403);
    EXPECT_EQ(preflight.fields.count("access-control-allow-origin"), 0U);
    EXPECT_EQ(ask("GET /healthz HTTP/1.1\r\n\r\n").status, 403);
    EXPECT_TRUE(backend.requests.empty());
}

TEST_F(OtlpHttp, TokenIsAskedForWhenRequired)
{
    requireToken = true;
    start();
    RawResponse answer = ask(postRequest("/v1/traces", kJson, "{}"));
    EXPECT_EQ(answer.status, 401);
    EXPECT_EQ(answer.fields.count("www-authenticate"), 1U);
    EXPECT_EQ(ask(postRequest("/v1/traces", kJson, "{}", "Authorization: Bearer wrong\r\n")).status, 401);
    EXPECT_EQ(
        ask(postRequest("/v1/traces", kJson, "{}", "Authorization: Bearer " + std::string(kToken) + "\r\n")).status,
        200);
}

TEST_F(OtlpHttp, GzipIsTakenAndBrokenGzipIsNot)
{
    start();
    const std::string gzip = "Content-Encoding: gzip\r\n";
    EXPECT_EQ(ask(postRequest("/v1/traces", kProtobuf, deflateGzip("the body"), gzip)).status, 200);
    ASSERT_EQ(backend.requests.size(), 1U);
    EXPECT_EQ(backend.requests[0].body, "the body");
    EXPECT_EQ(ask(postRequest("/v1/traces", kProtobuf, "not gzip", gzip)).status, 400);
    const std::string packed = deflateGzip(std::string(5000, 'x'));
    EXPECT_EQ(ask(postRequest("/v1/traces", kProtobuf, packed.substr(0, packed.size() / 2), gzip)).status, 400);
}

TEST_F(OtlpHttp, ChunkedKeepAliveAndPipelinedRequestsShareAConnection)
{
    start();
    RawClient client(address);
    const std::string chunked = "POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                "Transfer-Encoding: chunked\r\n\r\n3\r\n{ \"\r\n2;note=1\r\na\"\r\n0\r\n\r\n";
    EXPECT_EQ(client.ask(chunked).status, 200);
    client.send(chunked + postRequest("/v1/logs", kJson, "{}") + getRequest("/healthz", {}));
    EXPECT_EQ(client.read().status, 200);
    EXPECT_EQ(client.read().status, 200);
    EXPECT_EQ(client.read().body, "ok\n");
    ASSERT_EQ(backend.requests.size(), 3U);
    EXPECT_EQ(backend.requests[0].body, "{ \"a\"");
    EXPECT_EQ(counters.httpConnections.load(), 1U);
}

TEST_F(OtlpHttp, AnswersExpectContinueBeforeTheBody)
{
    start();
    RawClient client(address);
    client.send("POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"
                "Expect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.read().status, 100);
    EXPECT_EQ(client.ask("{}").status, 200);
    client.send("POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/html\r\nContent-Length: 2\r\n"
                "Expect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.read().status, 415);
}

TEST_F(OtlpHttp, HttpOneZeroAndConnectionCloseEndTheConnection)
{
    start();
    RawClient old(address);
    EXPECT_EQ(old.ask("GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n").status, 200);
    EXPECT_TRUE(old.closedByServer());
    RawClient closing(address);
    EXPECT_EQ(closing.ask(getRequest("/healthz", {}, "Connection: close\r\n")).status, 200);
    EXPECT_TRUE(closing.closedByServer());
}

} // namespace
} // namespace tracedeck::test
