// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/http_exchange.h"

#include <gtest/gtest.h>

#include <deque>
#include <mutex>
#include <thread>

namespace tracedeck::test {
namespace {

/// A connection that writes into memory; jobs wait until the test runs them.
class FakeWire final : public HttpWire, public std::enable_shared_from_this<FakeWire> {
public:
    void write(std::string head, std::string body, std::function<void()> then) override
    {
        written += head + body;
        then();
    }
    void readBody(std::chrono::milliseconds /*patience*/) override { ++bodyReads; }
    void readNextRequest() override { ++nextRequests; }
    void lingerClose() override { ++lingers; }
    void cut() override { ++cuts; }
    void upgrade(HttpHead /*head*/, std::shared_ptr<const void> given) override
    {
        ++upgrades;
        seat = std::move(given);
    }
    std::shared_ptr<HttpWire> keepAlive() override { return shared_from_this(); }
    void post(std::function<void()> job) override
    {
        const std::lock_guard lock(m_mutex);
        m_jobs.push_back(std::move(job));
    }
    bool runOne()
    {
        std::function<void()> job;
        {
            const std::lock_guard lock(m_mutex);
            if (m_jobs.empty())
                return false;
            job = std::move(m_jobs.front());
            m_jobs.pop_front();
        }
        job();
        return true;
    }

    std::string written;
    int bodyReads = 0;
    int nextRequests = 0;
    int lingers = 0;
    int cuts = 0;
    int upgrades = 0;
    std::shared_ptr<const void> seat;

private:
    std::mutex m_mutex;
    std::deque<std::function<void()>> m_jobs;
};

class FakeHandler final : public HttpHandler {
public:
    HeadVerdict checkHead(const HttpHead& /*head*/) const override { return verdict; }
    void handle(HttpRequest request, Respond respond) override
    {
        bodies.push_back(std::move(request.body));
        respond(answer);
    }
    HttpResponse failure(const HttpHead& /*head*/, const Error& error) const override
    {
        return makeResponse(error.code == ErrorCode::TooLarge   ? 413
                                : error.code == ErrorCode::Busy ? 429
                                                                : 400,
                            "text/plain", error.what);
    }
    HeadVerdict verdict;
    HttpResponse answer = makeResponse(200, "text/plain", "fine");
    std::vector<std::string> bodies;
};

class Exchange : public testing::Test {
protected:
    ~Exchange() override { settle(); } // a job that waits holds the wire it waits in
    static HeadFacts factsOf(const std::string& method, std::vector<HttpField> fields = {})
    {
        HeadFacts facts;
        facts.head.method = method;
        facts.head.path = "/x";
        facts.head.fields = std::move(fields);
        facts.keepAlive = true;
        facts.complete = method != "POST";
        return facts;
    }
    void settle()
    {
        while (wire->runOne()) { }
    }
    int status() const { return wire->written.size() > 12 ? std::stoi(wire->written.substr(9, 3)) : 0; }

    FakeHandler handler;
    WorkerPool streams{1, 4};
    ServerCounters counters;
    HttpService service{handler, streams, counters, HttpLimits{}, BodyBudget(1000)};
    std::shared_ptr<FakeWire> wire = std::make_shared<FakeWire>();
    HttpExchange exchange{*wire, service};
};

TEST_F(Exchange, AnswersAndWaitsForTheNextRequest)
{
    exchange.takeHead(factsOf("GET"));
    settle();
    EXPECT_EQ(status(), 200);
    EXPECT_TRUE(wire->written.ends_with("\r\n\r\nfine"));
    EXPECT_EQ(wire->nextRequests, 1);
    EXPECT_EQ(wire->lingers, 0);
    wire->written.clear();
    exchange.takeHead(factsOf("HEAD"));
    settle();
    EXPECT_NE(wire->written.find("Content-Length: 4\r\n"), std::string::npos); // what a GET would have had
    EXPECT_TRUE(wire->written.ends_with("\r\n\r\n"));
}

TEST_F(Exchange, CollectsABodyInPiecesAndGivesTheBudgetBack)
{
    handler.verdict.bodyLimit = 100;
    exchange.takeHead(factsOf("POST"));
    EXPECT_EQ(wire->bodyReads, 1);
    exchange.takeBody("one ", false);
    EXPECT_EQ(wire->bodyReads, 2);
    EXPECT_EQ(service.budget.used(), 4U);
    exchange.takeBody("two", true);
    settle();
    EXPECT_EQ(handler.bodies, std::vector<std::string>{"one two"});
    EXPECT_EQ(service.budget.used(), 0U);
    EXPECT_EQ(counters.httpBodyBytes.load(), 7U);
}

TEST_F(Exchange, BodiesOverTheirLimitOrTheCommonOneAreRefusedAtOnce)
{
    handler.verdict.bodyLimit = 10;
    exchange.takeHead(factsOf("POST"));
    exchange.takeBody("eleven bytes", false);
    EXPECT_EQ(status(), 413);
    EXPECT_EQ(wire->lingers, 1); // so that the client sees the answer
    EXPECT_EQ(service.budget.used(), 0U);
    wire->written.clear();
    handler.verdict.bodyLimit = 5000;
    exchange.takeHead(factsOf("POST"));
    exchange.takeBody(std::string(600, 'a'), false);
    exchange.takeBody(std::string(600, 'a'), false);
    EXPECT_EQ(status(), 429);
    EXPECT_EQ(service.budget.used(), 0U);
    EXPECT_TRUE(handler.bodies.empty());
    EXPECT_EQ(counters.httpClientErrors.load(), 2U);
}

TEST_F(Exchange, AConnectionThatEndsGivesItsMemoryBack)
{
    handler.verdict.bodyLimit = 500;
    exchange.takeHead(factsOf("POST"));
    exchange.takeBody(std::string(400, 'a'), false);
    EXPECT_EQ(service.budget.used(), 400U);
    exchange.abandon();
    exchange.abandon();
    EXPECT_EQ(service.budget.used(), 0U);
}

TEST_F(Exchange, ContinuesOnlyWhereItIsExpectedAndKnown)
{
    handler.verdict.bodyLimit = 100;
    exchange.takeHead(factsOf("POST", {{"expect", "100-Continue"}}));
    EXPECT_EQ(wire->written, "HTTP/1.1 100 Continue\r\n\r\n");
    EXPECT_EQ(wire->bodyReads, 1);
    exchange.takeBody("x", true);
    settle();
    wire->written.clear();
    HeadFacts old = factsOf("POST", {{"expect", "100-continue"}});
    old.oldHttp = true;
    exchange.takeHead(std::move(old));
    EXPECT_TRUE(wire->written.empty());
    EXPECT_EQ(wire->bodyReads, 2);
}

TEST_F(Exchange, RefusalsOfTheHeadNeverReadTheBody)
{
    handler.verdict.kind = HeadVerdict::Kind::Refuse;
    handler.verdict.refusal = makeResponse(401, "text/plain", "no");
    exchange.takeHead(factsOf("POST"));
    EXPECT_EQ(status(), 401);
    EXPECT_EQ(wire->bodyReads, 0);
    EXPECT_EQ(wire->lingers, 1); // a body may be on its way
    wire->written.clear();
    exchange.takeHead(factsOf("GET"));
    EXPECT_EQ(status(), 401);
    EXPECT_EQ(wire->nextRequests, 1); // nothing follows a GET, so the connection lives on
    wire->written.clear();
    exchange.takeHead(factsOf("POST", {{"transfer-encoding", "gzip"}}));
    EXPECT_EQ(status(), 400);
    wire->written.clear();
    exchange.takeBadHead(true, "too long");
    EXPECT_EQ(status(), 431);
}

TEST_F(Exchange, AnUpgradeTakesItsSeatAlongAndAFailedOneDoesNot)
{
    const auto seat = std::make_shared<int>(1);
    handler.verdict.kind = HeadVerdict::Kind::WebSocket;
    handler.verdict.seat = seat;
    exchange.takeHead(factsOf("GET", {{"upgrade", "websocket"}}));
    EXPECT_EQ(status(), 400); // the key is missing
    EXPECT_EQ(seat.use_count(), 2); // ours and the handler's
    exchange.takeHead(factsOf("GET", {{"upgrade", "WebSocket"}, {"sec-websocket-key", "k"}}));
    EXPECT_EQ(wire->upgrades, 1);
    EXPECT_EQ(wire->seat.get(), seat.get());
}

TEST_F(Exchange, StreamsInChunksAndCutsWhatFailsInTheMiddle)
{
    const auto streamOf = [this](bool fail) {
        handler.answer = makeResponse(200, "text/plain", {});
        handler.answer.stream = [fail](const ChunkSink& sink) -> Result<void> {
            if (!sink("first") || !sink("second chunk"))
                return {};
            return fail ? Result<void>(makeError(ErrorCode::Corrupt, "", "damaged")) : Result<void>();
        };
        wire->written.clear();
        exchange.takeHead(factsOf("GET"));
    };
    streamOf(false);
    while (wire->nextRequests == 0)
        wire->runOne() ? void() : std::this_thread::yield();
    EXPECT_NE(wire->written.find("Transfer-Encoding: chunked\r\n"), std::string::npos);
    EXPECT_TRUE(wire->written.ends_with("\r\n\r\n5\r\nfirst\r\nc\r\nsecond chunk\r\n0\r\n\r\n")) << wire->written;
    streamOf(true);
    while (wire->cuts == 0)
        wire->runOne() ? void() : std::this_thread::yield();
    EXPECT_FALSE(wire->written.ends_with("0\r\n\r\n")); // half an answer must not look whole
}

TEST_F(Exchange, AStreamThatFailsAtOnceBecomesAnErrorAnswer)
{
    handler.answer.stream = [](const ChunkSink&) -> Result<void> {
        return makeError(ErrorCode::NotFound, "", "no such trace");
    };
    exchange.takeHead(factsOf("GET"));
    while (wire->written.empty())
        wire->runOne() ? void() : std::this_thread::yield();
    EXPECT_EQ(status(), 400);
    EXPECT_TRUE(wire->written.ends_with("no such trace"));
    EXPECT_EQ(wire->cuts, 0);
}

TEST_F(Exchange, WhileDrainingTheLastAnswerClosesItsConnection)
{
    service.draining = true;
    exchange.takeHead(factsOf("GET"));
    settle();
    EXPECT_NE(wire->written.find("Connection: close\r\n"), std::string::npos);
    EXPECT_EQ(wire->cuts, 1);
    EXPECT_EQ(wire->nextRequests, 0);
}

} // namespace
} // namespace tracedeck::test
