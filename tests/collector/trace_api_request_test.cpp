// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/trace_api_request.h"

#include <gtest/gtest.h>

namespace tracedeck::test {
namespace {

HttpHead headOf(const std::string& target)
{
    HttpHead head;
    parseTarget(target, head);
    return head;
}

TEST(ApiTarget, KnowsItsPathsAndNoOthers)
{
    using Kind = ApiTarget::Kind;
    for (const auto& [path, kind] :
         {std::pair("/healthz", Kind::Health), std::pair("/metrics", Kind::Metrics),
          std::pair("/api/v1/status", Kind::Status), std::pair("/api/v1/traces", Kind::Traces),
          std::pair("/api/v1/services", Kind::Services), std::pair("/api/v1/ws", Kind::WebSocket),
          std::pair("/api/v1/clear", Kind::Clear), std::pair("/api/v1/traces/ab", Kind::Trace),
          std::pair("/api/v1/traces/ab/logs", Kind::TraceLogs), std::pair("/api/v1/traces/ab/pin", Kind::Pin)}) {
        const Result<ApiTarget> target = apiTargetOf(path);
        ASSERT_TRUE(target.ok()) << path;
        EXPECT_EQ(target->kind, kind) << path;
        EXPECT_EQ(target->post, kind == Kind::Clear || kind == Kind::Pin) << path;
    }
    EXPECT_EQ(apiTargetOf("/api/v1/traces/AB")->traceId, apiTargetOf("/api/v1/traces/00ab")->traceId);
    for (const char* unknown :
         {"", "/", "/api/v1", "/api/v1/", "/api/v1/status/", "/api/v1/Status", "//healthz", "/api/v1/traces/ab/",
          "/api/v1/traces/ab/logs/", "/api/v1/traces/ab/other", "/api/v2/traces"})
        EXPECT_EQ(apiTargetOf(unknown).error().code, ErrorCode::NotFound) << unknown;
    for (const char* broken : {"/api/v1/traces/", "/api/v1/traces/xyz", "/api/v1/traces/0", "/api/v1/traces/a b",
                               "/api/v1/traces/123456789012345678901234567890123", "/api/v1/traces//logs"})
        EXPECT_EQ(apiTargetOf(broken).error().code, ErrorCode::InvalidArgument) << broken;
}

TEST(ListRequest, IsReadWhole)
{
    const auto request = listRequestOf(headOf(
        "/api/v1/"
        "traces?q=service:web%20duration%3E5ms&from=10&to=20&errors=1&own=true&order=spans-desc&limit=7&cursor=c"));
    ASSERT_TRUE(request.ok()) << request.error().what;
    EXPECT_EQ(request->query, "service:web duration>5ms");
    EXPECT_EQ(request->fromNs, 10);
    EXPECT_EQ(request->toNs, 20);
    EXPECT_TRUE(request->errorsOnly && request->includeOwn);
    EXPECT_EQ(request->order, TraceOrder::SpansDescending);
    EXPECT_EQ(request->limit, 7U);
    EXPECT_EQ(request->cursor, "c");
    EXPECT_EQ(*listRequestOf(headOf("/x?no_cache=1")), TraceListRequest());
    EXPECT_EQ(*listRequestOf(headOf("/x?from=&to=&order=&limit=")), TraceListRequest()); // empty = absent
    EXPECT_EQ(listRequestOf(headOf("/x?limit=0"))->limit, 1U);
    EXPECT_EQ(listRequestOf(headOf("/x?limit=4000000000"))->limit, 1000U);
}

TEST(ListRequest, NamesTheParameterThatIsWrong)
{
    for (const auto& [target, name] : {std::pair("/x?from=yesterday", "from"), std::pair("/x?from=-5", "from"),
                                       std::pair("/x?to=1.5", "to"), std::pair("/x?from=99999999999999999999", "from"),
                                       std::pair("/x?limit=ten", "limit"), std::pair("/x?limit=4294967296", "limit"),
                                       std::pair("/x?errors=maybe", "errors"), std::pair("/x?own=2", "own"),
                                       std::pair("/x?order=newest", "order"), std::pair("/x?oder=start-asc", "oder")}) {
        const auto request = listRequestOf(headOf(target));
        ASSERT_FALSE(request.ok()) << target;
        EXPECT_EQ(request.error().code, ErrorCode::InvalidArgument);
        EXPECT_NE(request.error().what.find(name), std::string::npos) << request.error().what;
    }
}

TEST(AnswerFormat, TheParameterWinsOverTheField)
{
    HttpHead head = headOf("/x");
    EXPECT_EQ(*answerFormatOf(head), OtlpEncoding::Json);
    head.fields.push_back({"accept", "text/html, application/x-protobuf;q=0.9"});
    EXPECT_EQ(*answerFormatOf(head), OtlpEncoding::Protobuf);
    head.query.emplace_back("format", "json");
    EXPECT_EQ(*answerFormatOf(head), OtlpEncoding::Json);
    EXPECT_FALSE(answerFormatOf(headOf("/x?format=xml")).ok());
    EXPECT_EQ(*answerFormatOf(headOf("/x?format=protobuf")), OtlpEncoding::Protobuf);
}

TEST(Switches, AreOnOffOrWrong)
{
    for (const char* on : {"/x?s", "/x?s=", "/x?s=1", "/x?s=true"})
        EXPECT_TRUE(*switchOf(headOf(on), "s", false)) << on;
    for (const char* off : {"/x?s=0", "/x?s=false"})
        EXPECT_FALSE(*switchOf(headOf(off), "s", true)) << off;
    EXPECT_TRUE(*switchOf(headOf("/x"), "s", true));
    EXPECT_FALSE(switchOf(headOf("/x?s=yes"), "s", true).ok());
}

} // namespace
} // namespace tracedeck::test
