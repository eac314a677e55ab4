// SPDX-License-Identifier: GPL-3.0-or-later
#include "server_fixture.h"

#include <nlohmann/json.hpp>

namespace tracedeck::test {
namespace {

class ReadApi : public ServerFixture {
protected:
    RawResponse get(const std::string& target, const std::string& more = {})
    {
        return ask(getRequest(target, kToken, more));
    }
};

TEST_F(ReadApi, EverythingButHealthNeedsTheToken)
{
    start();
    EXPECT_EQ(ask(getRequest("/healthz", {})).status, 200);
    const std::string trace = "/api/v1/traces/00000000000000000000000000000001";
    for (const std::string& target :
         {std::string("/metrics"), std::string("/api/v1/status"), std::string("/api/v1/traces"),
          std::string("/api/v1/services"), trace, trace + "/logs"}) {
        EXPECT_EQ(ask(getRequest(target, {})).status, 401) << target;
        EXPECT_EQ(ask(getRequest(target, "wrong")).status, 401) << target;
        EXPECT_EQ(get(target).status, 200) << target;
    }
    EXPECT_EQ(ask(upgradeRequest("/api/v1/ws", {})).status, 401);
    EXPECT_EQ(ask("POST /api/v1/clear HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 401);
    EXPECT_TRUE(backend.clears.empty());
}

TEST_F(ReadApi, UnknownPathsAndMethodsSaySo)
{
    start();
    for (const char* path :
         {"/", "/api/traces", "/api/v1/", "/api/v1/traces/", "/api/v1/traces/zz", "/api/v2/traces"}) {
        const RawResponse answer = get(path);
        EXPECT_TRUE(answer.status == 404 || answer.status == 400) << path << answer.status;
        EXPECT_TRUE(nlohmann::json::parse(answer.body).at("error").contains("what"));
    }
    RawResponse wrong = ask("DELETE /api/v1/traces HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_EQ(wrong.status, 405);
    EXPECT_EQ(wrong.fields["allow"], "GET, HEAD");
    EXPECT_EQ(get("/api/v1/clear").status, 405);
    EXPECT_EQ(get("/api/v1/ws").status, 400);
}

TEST_F(ReadApi, PassesTheWholeQuestionOn)
{
    start();
    const RawResponse answer =
        get("/api/v1/traces?q=name%3Aa+b&from=5&to=9&errors=1&own=true&order=spans-desc&limit=5000&cursor=c%3D1");
    EXPECT_EQ(answer.status, 200);
    TraceListRequest expected;
    expected.query = "name:a b";
    expected.fromNs = 5;
    expected.toNs = 9;
    expected.errorsOnly = true;
    expected.includeOwn = true;
    expected.order = TraceOrder::SpansDescending;
    expected.limit = 1000;
    expected.cursor = "c=1";
    ASSERT_EQ(backend.listRequests.size(), 1U);
    EXPECT_EQ(backend.listRequests[0], expected);
    EXPECT_EQ(nlohmann::json::parse(answer.body).at("nextCursor"), "next");
}

TEST_F(ReadApi, WrongParametersAreNamed)
{
    start();
    for (const char* query :
         {"from=x", "to=-1", "limit=1.5", "errors=maybe", "order=best", "qq=a", "from=99999999999999999999"}) {
        const RawResponse answer = get(std::string("/api/v1/traces?") + query);
        EXPECT_EQ(answer.status, 400) << query;
        EXPECT_EQ(nlohmann::json::parse(answer.body).at("error").at("code"), "invalidArgument");
    }
    EXPECT_EQ(get("/api/v1/traces/01?format=xml").status, 400);
    backend.listFailure = makeError(ErrorCode::InvalidArgument, "query", "column 10: a duration is expected");
    EXPECT_NE(get("/api/v1/traces?q=duration").body.find("column 10"), std::string::npos);
    backend.listFailure = makeError(ErrorCode::Corrupt, "store", "broken");
    EXPECT_EQ(get("/api/v1/traces").status, 500);
}

TEST_F(ReadApi, EntityTagsFollowTheGenerationThatIsShown)
{
    backend.setGenerations(1, 1);
    start();
    const std::string tag = get("/api/v1/traces").fields["etag"];
    const std::string known = "If-None-Match: \"other\", W/" + tag + "\r\n";
    ASSERT_FALSE(tag.empty());
    EXPECT_EQ(get("/api/v1/traces", known).status, 304);
    EXPECT_EQ(get("/api/v1/traces?no_cache=1", known).status, 200);
    backend.setGenerations(1, 2);
    EXPECT_EQ(get("/api/v1/traces", known).status, 304); // own traces are not shown
    EXPECT_EQ(get("/api/v1/traces?own=1", known).status, 200);
    backend.setGenerations(2, 2);
    EXPECT_EQ(get("/api/v1/traces", known).status, 200);
    const std::string trace = "/api/v1/traces/01";
    const std::string json = "If-None-Match: " + get(trace).fields["etag"] + "\r\n";
    EXPECT_EQ(get(trace, json).status, 304);
    EXPECT_EQ(get(trace + "?format=protobuf", json).status, 200);
}

TEST_F(ReadApi, NeverSendsCorsFields)
{
    start();
    for (const char* target : {"/healthz", "/api/v1/status", "/api/v1/traces", "/nothing"}) {
        for (const auto& [name, value] : get(target).fields)
            EXPECT_FALSE(name.starts_with("access-control")) << target;
    }
}

TEST_F(ReadApi, PinAndClear)
{
    start();
    const std::string fields = " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nAuthorization: Bearer "
        + std::string(kToken) + "\r\n\r\n";
    EXPECT_EQ(ask("POST /api/v1/traces/0a/pin" + fields).status, 200);
    EXPECT_EQ(ask("POST /api/v1/traces/0a/pin?pinned=0" + fields).status, 200);
    EXPECT_EQ(ask("POST /api/v1/clear" + fields).status, 200);
    EXPECT_EQ(ask("POST /api/v1/clear?pinned=1" + fields).status, 200);
    EXPECT_EQ(ask("POST /api/v1/clear?all=1" + fields).status, 400);
    ASSERT_EQ(backend.pins.size(), 2U);
    EXPECT_EQ(backend.pins[0].first, *TraceId::fromHex("0a"));
    EXPECT_TRUE(backend.pins[0].second);
    EXPECT_FALSE(backend.pins[1].second);
    EXPECT_EQ(backend.clears, (std::vector<bool>{false, true}));
}

TEST_F(ReadApi, StatusServicesMetricsAndHead)
{
    backend.state.spans = 77;
    start();
    EXPECT_EQ(nlohmann::json::parse(get("/api/v1/status").body).at("spans"), 77);
    EXPECT_EQ(nlohmann::json::parse(get("/api/v1/status").body).at("version"), "1.2.3");
    EXPECT_EQ(nlohmann::json::parse(get("/api/v1/services").body).at("services").size(), 1U);
    EXPECT_EQ(nlohmann::json::parse(get("/api/v1/services?own=1").body).at("services").size(), 2U);
    RawResponse metrics = get("/metrics");
    EXPECT_NE(metrics.body.find("tracedeck_store_spans 77\n"), std::string::npos);
    EXPECT_NE(metrics.body.find("tracedeck_build_info{version=\"1.2.3\"} 1\n"), std::string::npos);
    EXPECT_TRUE(metrics.fields["content-type"].starts_with("text/plain; version=0.0.4"));
    RawClient client(address);
    client.send("HEAD /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
    RawResponse head = client.read(true);
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(client.ask(getRequest("/healthz", {})).body, "ok\n");
}

} // namespace
} // namespace tracedeck::test
