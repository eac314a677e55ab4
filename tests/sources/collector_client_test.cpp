// SPDX-License-Identifier: GPL-3.0-or-later
#include "canned_server.h"
#include "collector/collector.h"
#include "core/performance_switches.h"
#include "formats/trace_api_json.h"
#include "sources/collector_client.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <gtest/gtest.h>
#include <optional>

namespace tracedeck::test {
namespace {

constexpr int kPatienceMs = 20'000;

std::string bodyOf(const std::string& traceId, const std::string& spanId, const std::string& name, bool own = false)
{
    const std::string ownMark = own ? R"(,{"key":"tracedeck.own","value":{"boolValue":true}})" : std::string();
    return R"({"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}})"
        + ownMark + R"(]},"scopeSpans":[{"spans":[{"traceId":")" + traceId + R"(","spanId":")" + spanId
        + R"(","name":")" + name
        + R"(","kind":2,"startTimeUnixNano":"1795221153240981562","endTimeUnixNano":"1795221153250981562"}]}]}]})";
}

const std::string kTrace = "0123456789abcdef0123456789abcdef";

class CollectorClientTest : public testing::Test {
protected:
    void SetUp() override { m_io.start(); }
    void TearDown() override
    {
        client.reset();
        m_io.quit();
        m_io.wait();
        if (collector)
            collector->stop();
    }

    void startCollector(std::uint16_t port = 0)
    {
        CollectorOptions options;
        options.dataDir = m_directory.filePath(QStringLiteral("data")).toStdString();
        options.httpPort = port;
        options.grpcPort = 0;
        auto started = Collector::start(options);
        ASSERT_TRUE(started.ok()) << started.error().what;
        collector = std::move(started).value();
    }

    void connectTo(const std::string& address, const std::string& token)
    {
        client = std::make_unique<CollectorClient>(CollectorEndpoint{address, token, false, {}}, m_io);
    }

    void send(const std::string& body)
    {
        QNetworkRequest request(QUrl(QString::fromStdString("http://" + collector->info().httpAddress + "/v1/traces")));
        request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
        QNetworkReply* reply = m_network.post(request, QByteArray::fromStdString(body));
        ASSERT_TRUE(QTest::qWaitFor([&] { return reply->isFinished(); }, kPatienceMs));
        EXPECT_EQ(reply->error(), QNetworkReply::NoError);
        reply->deleteLater();
    }

    template <class T> static bool arrived(const std::optional<T>& answer)
    {
        return QTest::qWaitFor([&] { return answer.has_value(); }, kPatienceMs);
    }

    using ListAnswer = std::optional<Result<std::shared_ptr<const TraceListPage>>>;
    ListAnswer list(const TraceListRequest& request = {}, const FetchRequest& fetch = {})
    {
        ListAnswer answer;
        client->list(request, fetch, nullptr, [&](const auto& result) { answer.emplace(result); });
        EXPECT_FALSE(answer.has_value()); // never from inside the call
        EXPECT_TRUE(arrived(answer));
        return answer;
    }

    std::unique_ptr<Collector> collector;
    std::unique_ptr<CollectorClient> client;

private:
    QTemporaryDir m_directory;
    QThread m_io;
    QNetworkAccessManager m_network;
};

TEST_F(CollectorClientTest, ReadsWhatWasSent)
{
    startCollector();
    send(bodyOf(kTrace, "00000000000000aa", "GET /cart"));
    connectTo(collector->info().httpAddress, collector->info().token);
    const auto page = list();
    ASSERT_TRUE(page->ok()) << page->error().what;
    ASSERT_EQ((*page).value()->traces.rows(), 1U);
    EXPECT_EQ((*page).value()->traces.traceId[0].toHex(), kTrace);
    EXPECT_EQ(client->state().phase, SourceState::Phase::Fresh);
    EXPECT_GT(client->state().lastSuccessNs, 0);

    std::optional<Result<std::shared_ptr<const SpanTable>>> spans;
    client->trace(*TraceId::fromHex(kTrace), {}, nullptr, [&](const auto& result) { spans.emplace(result); });
    ASSERT_TRUE(arrived(spans));
    ASSERT_TRUE(spans->ok());
    ASSERT_EQ(spans->value()->rows(), 1U);
    EXPECT_EQ(spans->value()->strings.view(spans->value()->name[0]), "GET /cart");
    EXPECT_EQ(spans->value()->service(0), "shop");

    std::optional<Result<std::shared_ptr<const LogTable>>> logs;
    client->logs(*TraceId::fromHex(kTrace), {}, nullptr, [&](const auto& result) { logs.emplace(result); });
    std::optional<Result<std::shared_ptr<const std::vector<ServiceSummary>>>> services;
    client->services(false, {}, nullptr, [&](const auto& result) { services.emplace(result); });
    std::optional<Result<std::shared_ptr<const StoreStatus>>> status;
    client->status({}, nullptr, [&](const auto& result) { status.emplace(result); });
    ASSERT_TRUE(arrived(logs) && arrived(services) && arrived(status));
    ASSERT_TRUE(logs->ok() && services->ok() && status->ok());
    EXPECT_EQ(logs->value()->rows(), 0U);
    EXPECT_EQ(services->value()->at(0).name, "shop");
    EXPECT_EQ(status->value()->spans, 1U);
}

TEST_F(CollectorClientTest, UnchangedAnswersAreTheSamePointerUntilSomethingArrives)
{
    startCollector();
    send(bodyOf(kTrace, "00000000000000aa", "one"));
    connectTo(collector->info().httpAddress, collector->info().token);
    FetchRequest newest;
    newest.newest = true;
    const auto first = list()->value();
    EXPECT_EQ(list({}, newest)->value(), first);
    FetchRequest bypass;
    bypass.bypassCaches = true;
    EXPECT_NE(list({}, bypass)->value(), first);
    // Our own traces do not count as a change of a list that does not show them.
    const auto before = list({}, newest)->value();
    send(bodyOf("00000000000000000000000000000001", "00000000000000ab", "own", true));
    EXPECT_EQ(list({}, newest)->value(), before);
    EXPECT_EQ(client->cacheCounters().notModified, 3U);
    send(bodyOf("00000000000000000000000000000002", "00000000000000ac", "two"));
    EXPECT_EQ(list()->value(), before) << "nobody said that something changed, and it is less than 15 s old";
    const auto after = list({}, newest)->value();
    EXPECT_NE(after, before);
    EXPECT_EQ(after->traces.rows(), 2U);
}

TEST_F(CollectorClientTest, PushAnnouncesNewTraces)
{
    startCollector();
    connectTo(collector->info().httpAddress, collector->info().token);
    std::vector<TraceSourceChange> changes;
    client->setChangeListener([&](const TraceSourceChange& change) { changes.push_back(change); });
    client->setAutoRefresh(true);
    // The first message of a connection says: read everything.
    ASSERT_TRUE(QTest::qWaitFor([&] { return !changes.empty(); }, kPatienceMs));
    EXPECT_TRUE(changes.front().resync);
    EXPECT_TRUE(client->state().push);
    send(bodyOf(kTrace, "00000000000000aa", "one"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return changes.size() >= 2; }, kPatienceMs));
    ASSERT_EQ(changes[1].traces.size(), 1U);
    EXPECT_EQ(changes[1].traces[0].traceId.toHex(), kTrace);
    EXPECT_TRUE(changes[1].traces[0].isNew);
    EXPECT_FALSE(changes[1].resync);
}

TEST_F(CollectorClientTest, AnAnnouncedChangeIsSeenByWhoeverAsksNext)
{
    startCollector();
    connectTo(collector->info().httpAddress, collector->info().token);
    int changes = 0;
    client->setChangeListener([&](const TraceSourceChange&) { ++changes; });
    client->setAutoRefresh(true);
    ASSERT_TRUE(QTest::qWaitFor([&] { return changes == 1; }, kPatienceMs));
    EXPECT_EQ(list()->value()->traces.rows(), 0U);
    EXPECT_EQ(list()->value()->traces.rows(), 0U);
    EXPECT_EQ(client->cacheCounters(), (CacheCounters{2, 1, 0, 0}));
    send(bodyOf(kTrace, "00000000000000aa", "one"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return changes == 2; }, kPatienceMs));
    EXPECT_EQ(list()->value()->traces.rows(), 1U);
    std::optional<Result<std::shared_ptr<const bool>>> cleared;
    client->clear(false, nullptr, [&](const auto& result) { cleared.emplace(result); });
    ASSERT_TRUE(arrived(cleared));
    EXPECT_EQ(list()->value()->traces.rows(), 0U);
}

TEST_F(CollectorClientTest, WhatIsKeptSaysNothingAboutTheSource)
{
    startCollector();
    connectTo(collector->info().httpAddress, collector->info().token);
    const auto page = list()->value();
    const std::int64_t answeredNs = client->state().lastSuccessNs;
    collector.reset();
    EXPECT_EQ(list()->value(), page);
    EXPECT_EQ(client->state().lastSuccessNs, answeredNs);
    FetchRequest newest;
    newest.newest = true;
    EXPECT_FALSE(list({}, newest)->ok());
    EXPECT_EQ(list()->value(), page);
    EXPECT_EQ(client->state().phase, SourceState::Phase::Stale);
}

TEST_F(CollectorClientTest, KeptAnswersAreThoseOfASourceAskedEveryTime)
{
    startCollector();
    connectTo(collector->info().httpAddress, collector->info().token);
    std::unique_ptr<CollectorClient> keeping = std::move(client);
    connectTo(collector->info().httpAddress, collector->info().token);
    FetchRequest newest;
    newest.newest = true;
    for (int step = 0; step < 4; ++step) {
        for (const bool own : {false, true}) {
            TraceListRequest request;
            request.includeOwn = own;
            for (const FetchRequest& fetch : {newest, FetchRequest{}}) {
                const auto plain = [&] {
                    performanceSwitches().queryCache = false;
                    const auto answer = list(request, fetch);
                    performanceSwitches().queryCache = true;
                    return answer->value();
                }();
                client.swap(keeping);
                const auto kept = list(request, fetch)->value();
                client.swap(keeping);
                EXPECT_EQ(kept->traces.traceId, plain->traces.traceId);
                EXPECT_EQ(kept->traces.digests, plain->traces.digests);
                EXPECT_EQ(kept->total, plain->total);
                EXPECT_EQ(kept->matching, plain->matching);
                EXPECT_EQ(kept->nextCursor, plain->nextCursor);
            }
        }
        const std::string id = std::string(31, '0') + std::to_string(step + 1);
        send(bodyOf(id, "00000000000000aa", "step", step == 1));
    }
    EXPECT_EQ(keeping->cacheCounters(), (CacheCounters{16, 8, 0, 1}));
    EXPECT_EQ(client->cacheCounters(), (CacheCounters{16, 0, 0, 0})) << "off: every question goes out, without a tag";
}

TEST_F(CollectorClientTest, ReconnectsAfterTheCollectorWentAway)
{
    startCollector();
    const std::string address = collector->info().httpAddress;
    const std::string token = collector->info().token;
    connectTo(address, token);
    client->setAutoRefresh(true);
    ASSERT_TRUE(QTest::qWaitFor([&] { return client->state().push; }, kPatienceMs));
    collector.reset();
    ASSERT_TRUE(QTest::qWaitFor([&] { return client->state().phase == SourceState::Phase::Stale; }, kPatienceMs));
    EXPECT_FALSE(client->state().reason.empty());
    EXPECT_FALSE(client->state().push);
    EXPECT_FALSE(list()->ok());
    startCollector(static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1))));
    ASSERT_TRUE(QTest::qWaitFor([&] { return client->state().push; }, kPatienceMs));
    EXPECT_EQ(client->state().phase, SourceState::Phase::Fresh);
}

TEST_F(CollectorClientTest, QueryErrorsAreTheQuestionersFaultNotTheSources)
{
    startCollector();
    connectTo(collector->info().httpAddress, collector->info().token);
    TraceListRequest broken;
    broken.query = "duration>";
    const auto answer = list(broken);
    ASSERT_FALSE(answer->ok());
    EXPECT_EQ(answer->error().code, ErrorCode::InvalidArgument);
    EXPECT_FALSE(answer->error().what.empty());
    EXPECT_EQ(client->state().phase, SourceState::Phase::Fresh);
    std::optional<Result<std::shared_ptr<const SpanTable>>> spans;
    client->trace(*TraceId::fromHex(kTrace), {}, nullptr, [&](const auto& result) { spans.emplace(result); });
    ASSERT_TRUE(arrived(spans));
    ASSERT_FALSE(spans->ok());
    EXPECT_EQ(spans->error().code, ErrorCode::NotFound);
}

TEST_F(CollectorClientTest, AWrongTokenIsSaid)
{
    startCollector();
    connectTo(collector->info().httpAddress, "wrong");
    const auto answer = list();
    ASSERT_FALSE(answer->ok());
    EXPECT_EQ(answer->error().code, ErrorCode::Unauthorized);
    EXPECT_EQ(client->state().phase, SourceState::Phase::Failed);
}

TEST_F(CollectorClientTest, LiesAndGarbageBecomeErrors)
{
    const std::vector<std::string> lies{
        cannedAnswer(200, "{\"traces\": 7}"),
        cannedAnswer(200, "not json"),
        cannedAnswer(304, ""),
        cannedAnswer(302, "", "Location: http://127.0.0.1:1/\r\n"),
        cannedAnswer(500, "<html>oops</html>"),
        "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{\"traces\":[",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"tra\r\n",
        "complete nonsense\r\n\r\n",
        "",
    };
    for (const std::string& lie : lies) {
        CannedServer server([&](const std::string&) { return lie; });
        connectTo(server.address(), "token");
        const auto answer = list();
        EXPECT_FALSE(answer->ok()) << lie;
        EXPECT_EQ(client->state().phase, SourceState::Phase::Failed) << lie;
        EXPECT_FALSE(client->state().reason.empty()) << lie;
    }
}

TEST_F(CollectorClientTest, SendsTheTokenAndTheWholeQuestion)
{
    CannedServer server([](const std::string&) { return cannedAnswer(200, encodeTraceListPage({})); });
    connectTo(server.address(), "secret");
    TraceListRequest request;
    request.query = "name:\"a&b\" +c";
    request.fromNs = 5;
    request.errorsOnly = true;
    request.order = TraceOrder::DurationDescending;
    request.cursor = "x=y";
    ASSERT_TRUE(list(request)->ok());
    const std::string head = server.heads().at(0);
    EXPECT_NE(head.find("GET /api/v1/traces?q=name%3A%22a%26b%22%20%2Bc&from=5&errors=1&order=duration-desc&limit=200"
                        "&cursor=x%3Dy HTTP/1.1"),
              std::string::npos)
        << head;
    EXPECT_NE(head.find("Authorization: Bearer secret"), std::string::npos);
}

TEST_F(CollectorClientTest, CancelledRequestsAndDeadContextsHearNothing)
{
    CannedServer server([](const std::string&) { return std::string("hang"); });
    connectTo(server.address(), "token");
    int calls = 0;
    const TraceRequestId id = client->list({}, {}, nullptr, [&](const auto&) { ++calls; });
    ASSERT_TRUE(QTest::qWaitFor([&] { return !server.heads().empty(); }, kPatienceMs));
    client->cancel(id);
    startCollector();
    connectTo(collector->info().httpAddress, collector->info().token);
    auto context = std::make_unique<QObject>();
    client->list({}, {}, context.get(), [&](const auto&) { ++calls; });
    context.reset();
    ASSERT_TRUE(list()->ok()); // asked later, so the other answer has been there
    EXPECT_EQ(calls, 0);
}

TEST_F(CollectorClientTest, NobodyThereIsUnreachable)
{
    std::string address;
    {
        CannedServer gone([](const std::string&) { return std::string(); });
        address = gone.address();
    }
    connectTo(address, "token");
    const auto answer = list();
    ASSERT_FALSE(answer->ok());
    EXPECT_EQ(answer->error().code, ErrorCode::Unreachable);
    EXPECT_TRUE(answer->error().retryable);
}

TEST_F(CollectorClientTest, AutoRefreshOffSendsNothing)
{
    CannedServer server([](const std::string&) { return cannedAnswer(404, "{}"); });
    connectTo(server.address(), "token");
    client->setAutoRefresh(false);
    EXPECT_FALSE(list()->ok());
    EXPECT_EQ(server.heads().size(), 1U);
}

} // namespace
} // namespace tracedeck::test
