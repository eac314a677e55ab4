// SPDX-License-Identifier: GPL-3.0-or-later
// What a collector's client asks, and what it makes of servers that are wrong in every way.
#include "canned_server.h"
#include "formats/otlp_encode.h"
#include "formats/trace_api_json.h"
#include "sources/collector_client.h"
#include "sources/collector_request.h"

#include <QTest>
#include <QThread>
#include <QUrl>
#include <QUrlQuery>

#include <gtest/gtest.h>
#include <optional>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace tracedeck::test {
namespace {

constexpr int kLimitMs = 20'000;
const std::string kId = "0123456789abcdef0123456789abcdef";

/// One span of the given trace as a body of the collector's protobuf answers.
std::string traceBody(const std::string& id)
{
    SpanTable table;
    table.resources.attributes.emplace_back();
    table.resources.serviceName.push_back(table.strings.intern("web"));
    table.resources.schemaUrl.push_back(0);
    table.resources.droppedAttributes.push_back(0);
    table.scopes.name.push_back(0);
    table.scopes.version.push_back(0);
    table.scopes.schemaUrl.push_back(0);
    table.scopes.attributes.emplace_back();
    table.scopes.droppedAttributes.push_back(0);
    table.traceId.push_back(*TraceId::fromHex(id));
    table.spanId.push_back(SpanId{1});
    table.parentSpanId.emplace_back();
    table.startNs.push_back(1);
    table.durationNs.push_back(1);
    table.resource.push_back(0);
    table.scope.push_back(0);
    table.kind.push_back(SpanKind::Server);
    table.status.push_back(SpanStatus::Unset);
    for (auto* texts : {&table.name, &table.statusMessage, &table.traceState}) {
        texts->push_back(0);
    }
    for (auto* ranges : {&table.attributes, &table.events, &table.links}) {
        ranges->emplace_back();
    }
    for (auto* counts : {&table.flags, &table.droppedAttributes, &table.droppedEvents, &table.droppedLinks}) {
        counts->push_back(0);
    }
    const std::vector<std::uint32_t> rows{0};
    return encodeOtlpTraces(table, rows, OtlpEncoding::Protobuf);
}

QUrlQuery queryOf(const CollectorRequest& request)
{
    return QUrlQuery(QUrl::fromEncoded(QByteArray::fromStdString("http://h" + request.target)));
}

QString item(const CollectorRequest& request, const char* name)
{
    return queryOf(request).queryItemValue(QString::fromLatin1(name), QUrl::FullyDecoded);
}

} // namespace

TEST(CollectorRequests, AskForExactlyWhatWasWanted)
{
    EXPECT_EQ(listRequest({}, {}).target, "/api/v1/traces?order=start-desc&limit=200");
    TraceListRequest request;
    request.query = "name:\"a b\" and cpu>80%, x&y=z#+\n\xC3\xA4";
    request.fromNs = 1;
    request.toNs = 9'223'372'036'854'775'807;
    request.errorsOnly = true;
    request.includeOwn = true;
    request.order = TraceOrder::ErrorsDescending;
    request.limit = 7;
    request.cursor = "abc+/==";
    const CollectorRequest list = listRequest(request, FetchRequest{.bypassCaches = true});
    EXPECT_EQ(item(list, "q").toStdString(), request.query);
    EXPECT_EQ(item(list, "from"), QStringLiteral("1"));
    EXPECT_EQ(item(list, "to"), QStringLiteral("9223372036854775807"));
    EXPECT_EQ(item(list, "errors"), QStringLiteral("1"));
    EXPECT_EQ(item(list, "own"), QStringLiteral("1"));
    EXPECT_EQ(item(list, "order"), QStringLiteral("errors-desc"));
    EXPECT_EQ(item(list, "limit"), QStringLiteral("7"));
    EXPECT_EQ(item(list, "cursor"), QStringLiteral("abc+/=="));
    EXPECT_TRUE(list.bypassCaches);
    EXPECT_FALSE(list.newest);
    EXPECT_FALSE(list.keepValue) << "its window has moved when it is asked for again";
    EXPECT_TRUE(listRequest({}, FetchRequest{.newest = true}).newest);
    EXPECT_TRUE(listRequest({}, {}).keepValue && statusRequest({}).keepValue && servicesRequest(true, {}).keepValue);
    EXPECT_FALSE(list.post);
    const TraceId id = *TraceId::fromHex(kId);
    EXPECT_EQ(traceRequest(id, {}).target, "/api/v1/traces/" + kId);
    EXPECT_EQ(traceRequest(id, {}).accept, "application/x-protobuf");
    EXPECT_EQ(logsRequest(id, {}).target, "/api/v1/traces/" + kId + "/logs");
    EXPECT_FALSE(traceRequest(id, {}).keepValue || logsRequest(id, {}).keepValue) << "may be gigabytes";
    EXPECT_TRUE(logsRequest(id, {}).missingIsEmpty) << "a trace without logs is no failure";
    EXPECT_FALSE(traceRequest(id, {}).missingIsEmpty);
    EXPECT_EQ(servicesRequest(false, {}).target, "/api/v1/services");
    EXPECT_EQ(servicesRequest(true, {}).target, "/api/v1/services?own=1");
    EXPECT_EQ(statusRequest({}).target, "/api/v1/status");
    EXPECT_EQ(pinRequest(id, true).target, "/api/v1/traces/" + kId + "/pin?pinned=1");
    EXPECT_EQ(pinRequest(id, false).target, "/api/v1/traces/" + kId + "/pin?pinned=0");
    EXPECT_TRUE(pinRequest(id, false).post);
    EXPECT_EQ(clearRequest(false).target, "/api/v1/clear");
    EXPECT_EQ(clearRequest(true).target, "/api/v1/clear?pinned=1");
    EXPECT_TRUE(clearRequest(true).post);
}

RC_GTEST_PROP(CollectorRequests, AnyQueryTextArrivesWhole, ())
{
    TraceListRequest request;
    request.query = *rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange<char>(1, 127)));
    const CollectorRequest list = listRequest(request, {});
    RC_ASSERT(item(list, "q").toStdString() == request.query);
    RC_ASSERT(list.target.find_first_of(" \r\n\t#") == std::string::npos); // nothing that could end the request line
    RC_ASSERT(item(list, "limit") == QStringLiteral("200"));
}

TEST(CollectorRequests, DecodersRefuseWhatIsNotTheirs)
{
    const TraceId id = *TraceId::fromHex(kId);
    const auto decoded = traceRequest(id, {}).decode(traceBody(kId));
    ASSERT_TRUE(decoded.ok());
    EXPECT_EQ(static_cast<const SpanTable*>(decoded.value().get())->rows(), 1U);
    EXPECT_EQ(traceRequest(id, {}).decode("").error().code, ErrorCode::NotFound) << "an answer without a span";
    EXPECT_EQ(traceRequest(id, {}).decode(traceBody(std::string(32, 'a'))).error().code, ErrorCode::NotFound)
        << "spans of another trace are not this one's";
    EXPECT_EQ(traceRequest(id, {}).decode("{}").error().code, ErrorCode::Malformed);
    EXPECT_TRUE(logsRequest(id, {}).decode("").ok());
    EXPECT_EQ(logsRequest(id, {}).decode("garbage").error().code, ErrorCode::Malformed);
    EXPECT_EQ(listRequest({}, {}).decode("[]").error().code, ErrorCode::Malformed);
    EXPECT_EQ(servicesRequest(true, {}).decode("").error().code, ErrorCode::Malformed);
    EXPECT_EQ(statusRequest({}).decode("<html>").error().code, ErrorCode::Malformed);
    EXPECT_TRUE(pinRequest(id, true).decode("anything").ok());
}

namespace {

struct Fault {
    const char* name;
    std::string answer; ///< bytes the server sends; then it closes
    ErrorCode code;
    bool retryable;
};

std::vector<Fault> faults()
{
    const std::string page = encodeTraceListPage({});
    return {
        {"ClosesAtOnce", "", ErrorCode::Unreachable, true},
        {"SpeaksNoHttp", "SSH-2.0-OpenSSH_9.2\r\n", ErrorCode::Unreachable, true},
        {"CutHead", "HTTP/1.1 200 OK\r\nContent-Le", ErrorCode::Unreachable, true},
        {"CutBody", "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" + page, ErrorCode::Unreachable, true},
        {"EmptyBody", cannedAnswer(200, ""), ErrorCode::Malformed, false},
        {"Html", cannedAnswer(200, "<html><body>Sign in</body></html>"), ErrorCode::Malformed, false},
        {"HalfJson", cannedAnswer(200, page.substr(0, page.size() / 2)), ErrorCode::Malformed, false},
        {"WrongTypes", cannedAnswer(200, R"({"traces":{"a":1}})"), ErrorCode::Malformed, false},
        {"NotUtf8", cannedAnswer(200, "{\"nextCursor\":\"\xff\xfe\"}"), ErrorCode::Malformed, false},
        {"NoContent", "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n", ErrorCode::Internal, false},
        {"Redirect", cannedAnswer(302, "", "Location: http://127.0.0.1:1/\r\n"), ErrorCode::Internal, false},
        {"NotModifiedUnasked", "HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n", ErrorCode::Internal, false},
        {"Unauthorized", cannedAnswer(401, ""), ErrorCode::Unauthorized, false},
        {"Forbidden", cannedAnswer(403, ""), ErrorCode::PermissionDenied, false},
        {"NotFound", cannedAnswer(404, "nope"), ErrorCode::NotFound, false},
        {"TooMany", cannedAnswer(429, ""), ErrorCode::Busy, true},
        {"Broken", cannedAnswer(500, "stack trace"), ErrorCode::Internal, true},
        {"Unavailable", cannedAnswer(503, ""), ErrorCode::Busy, true},
        {"SaysWhy", cannedAnswer(400, encodeApiError(makeError(ErrorCode::InvalidArgument, "q", "column 3: what?"))),
         ErrorCode::InvalidArgument, false},
        {"LiesAboutTheReason", cannedAnswer(503, R"({"error":{"code":"noSuchCode","what":7}})"), ErrorCode::Busy, true},
    };
}

class CollectorFault : public testing::TestWithParam<Fault> {
protected:
    void SetUp() override { m_io.start(); }
    void TearDown() override
    {
        m_io.quit();
        m_io.wait();
    }
    QThread m_io;
};

} // namespace

TEST_P(CollectorFault, IsOneErrorWithAReasonAndNothingElse)
{
    const CannedServer server([](const std::string&) { return GetParam().answer; });
    auto client = std::make_unique<CollectorClient>(CollectorEndpoint{server.address(), "t", false, {}}, m_io);
    int answers = 0;
    std::optional<Error> error;
    client->list({}, {}, nullptr, [&](const auto& result) {
        ++answers;
        error = result.ok() ? std::nullopt : std::optional<Error>(result.error());
    });
    ASSERT_TRUE(QTest::qWaitFor([&] { return answers > 0; }, kLimitMs));
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->code, GetParam().code) << error->what;
    EXPECT_EQ(error->retryable, GetParam().retryable) << error->what;
    EXPECT_FALSE(error->what.empty());
    EXPECT_EQ(error->what.find("Bearer"), std::string::npos);
    // A second question is answered too: no fault leaves the client deaf.
    client->list({}, {}, nullptr, [&](const auto&) { ++answers; });
    ASSERT_TRUE(QTest::qWaitFor([&] { return answers == 2; }, kLimitMs));
    client.reset();
}

INSTANTIATE_TEST_SUITE_P(Servers, CollectorFault, testing::ValuesIn(faults()),
                         [](const auto& tested) { return std::string(tested.param.name); });

TEST(CollectorClientShutdown, AnswersThatAreStillOnTheirWayAreForgotten)
{
    QThread io;
    io.start();
    const CannedServer server([](const std::string&) { return std::string("hang"); });
    bool called = false;
    {
        CollectorClient client(CollectorEndpoint{server.address(), "t", false, {}}, io);
        for (int i = 0; i < 5; ++i) {
            client.list({}, {}, nullptr, [&](const auto&) { called = true; });
        }
        ASSERT_TRUE(QTest::qWaitFor([&] { return !server.heads().empty(); }, kLimitMs));
    }
    io.quit();
    io.wait();
    EXPECT_FALSE(called);
}

namespace {

/// What a client makes of the answer to a question for the trace kId.
struct TraceAnswer {
    std::size_t spans = 0;
    std::optional<Error> error;
};

TraceAnswer traceFrom(const std::string& answer)
{
    QThread io;
    io.start();
    TraceAnswer out;
    bool here = false;
    {
        const CannedServer server([&answer](const std::string&) { return answer; });
        CollectorClient client(CollectorEndpoint{server.address(), "t", false, {}}, io);
        client.trace(*TraceId::fromHex(kId), {}, nullptr, [&](const auto& result) {
            here = true;
            out.spans = result.ok() ? result.value()->rows() : 0;
            out.error = result.ok() ? std::nullopt : std::optional<Error>(result.error());
        });
        EXPECT_TRUE(QTest::qWaitFor([&] { return here; }, kLimitMs));
    }
    io.quit();
    io.wait();
    return out;
}

/// A body of several megabytes: bodies follow each other as the collector sends those of one trace.
std::string longBody(std::size_t spans)
{
    const std::string one = traceBody(kId);
    std::string body;
    for (std::size_t i = 0; i < spans; ++i) {
        body += one;
    }
    return body;
}

} // namespace

TEST(CollectorTrace, IsReadPieceByPieceWhenItIsLarge)
{
    const std::string body = longBody(60'000);
    ASSERT_GT(body.size(), std::size_t{3} << 20U) << "several pieces";
    const TraceAnswer answer = traceFrom(cannedAnswer(200, body));
    EXPECT_FALSE(answer.error.has_value());
    EXPECT_EQ(answer.spans, 60'000U);
}

TEST(CollectorTrace, FaultsAmongItsPiecesAreOneError)
{
    const std::string body = longBody(40'000);
    const TraceAnswer garbled = traceFrom(cannedAnswer(200, body + "{}" + body));
    ASSERT_TRUE(garbled.error.has_value());
    EXPECT_EQ(garbled.error->code, ErrorCode::Malformed);
    const std::string whole = cannedAnswer(200, body);
    const TraceAnswer cut = traceFrom(whole.substr(0, whole.size() - 5));
    ASSERT_TRUE(cut.error.has_value());
    EXPECT_EQ(cut.error->code, ErrorCode::Unreachable);
    const TraceAnswer refused = traceFrom(cannedAnswer(500, body));
    ASSERT_TRUE(refused.error.has_value());
    EXPECT_EQ(refused.error->code, ErrorCode::Internal) << "the body of an error is no trace";
}

} // namespace tracedeck::test
