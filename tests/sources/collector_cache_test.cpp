// SPDX-License-Identifier: GPL-3.0-or-later
// What a link to a collector does not ask twice, and when it must.
#include "canned_server.h"
#include "formats/trace_api_json.h"
#include "sources/collector_link.h"

#include <QNetworkReply>
#include <QTest>

#include <gtest/gtest.h>
#include <map>

namespace tracedeck::test {
namespace {

constexpr int kPatienceMs = 20'000;
constexpr std::int64_t kSecond = 1'000'000'000;

/// The link lives on the test's thread; the clock goes when the test says so.
class CollectorCacheTest : public testing::Test {
protected:
    struct Outcome {
        std::optional<CollectorResult> result;
        bool kept = false;
    };

    CollectorCacheTest()
        : m_server([this](const std::string& head) {
              const std::lock_guard waitsForTheTest(gate);
              return answer(head);
          }),
          link({m_server.address(), "token", false, {}}, [this] { return now.load(); })
    { }

    std::uint64_t ask(const FetchRequest& fetch = {}, const TraceListRequest& request = {})
    {
        return send(listRequest(request, fetch));
    }
    std::uint64_t send(const CollectorRequest& request)
    {
        const std::uint64_t id = ++m_lastId;
        link.send(id, request, [this, id](const CollectorResult& result, bool kept) {
            QMetaObject::invokeMethod(&link, [this, id, result, kept] { outcomes[id] = {result, kept}; });
        });
        return id;
    }
    const Outcome& got(std::uint64_t id)
    {
        EXPECT_TRUE(QTest::qWaitFor([&] { return outcomes.count(id) > 0; }, kPatienceMs));
        return outcomes[id];
    }
    /// Waits until the server has read so many requests.
    bool heard(std::size_t count)
    {
        return QTest::qWaitFor([&] { return m_server.heads().size() >= count; }, kPatienceMs);
    }
    std::size_t requests() const { return m_server.heads().size(); }
    bool lastHas(const std::string& text) const { return m_server.heads().back().find(text) != std::string::npos; }
    static std::string page(const std::string& etag = "\"one\"")
    {
        return cannedAnswer(200, encodeTraceListPage({}), "ETag: " + etag + "\r\n");
    }
    static FetchRequest newest()
    {
        FetchRequest fetch;
        fetch.newest = true;
        return fetch;
    }

    void serve(std::function<std::string(const std::string&)> how)
    {
        const std::lock_guard lock(gate);
        answer = std::move(how);
    }

    std::mutex gate; ///< while the test holds it, the server is slow
    std::function<std::string(const std::string&)> answer = [](const std::string&) { return page(); };
    std::atomic<std::int64_t> now{100 * kSecond};
    std::map<std::uint64_t, Outcome> outcomes;

private:
    CannedServer m_server;
    std::uint64_t m_lastId = 0;

protected:
    CollectorLink link;
};

TEST_F(CollectorCacheTest, AFreshAnswerNeedsNoRequestAndAnOldOneIsAskedForByItsTag)
{
    const auto first = got(ask());
    ASSERT_TRUE(first.result->ok());
    EXPECT_FALSE(first.kept);
    now += 15 * kSecond;
    const auto second = got(ask());
    EXPECT_TRUE(second.kept);
    EXPECT_EQ(second.result->value(), first.result->value());
    EXPECT_EQ(requests(), 1U);
    now += 1;
    serve([](const std::string&) { return cannedAnswer(304, ""); });
    const auto third = got(ask());
    EXPECT_FALSE(third.kept);
    EXPECT_EQ(third.result->value(), first.result->value());
    EXPECT_TRUE(lastHas("If-None-Match: \"one\""));
    EXPECT_TRUE(got(ask()).kept) << "not modified is as good as new";
    EXPECT_EQ(requests(), 2U);
    EXPECT_EQ(link.cache()->counters(), (CacheCounters{4, 2, 0, 1}));
}

TEST_F(CollectorCacheTest, OneTransferAnswersAllButTheOneWhoLeft)
{
    std::unique_lock slow(gate);
    const std::uint64_t a = ask();
    const std::uint64_t b = ask();
    const std::uint64_t c = ask();
    link.cancel(b);
    link.cancel(a);
    link.cancel(a);
    const std::uint64_t d = ask();
    slow.unlock();
    EXPECT_TRUE(got(c).result->ok());
    EXPECT_EQ(got(d).result->value(), got(c).result->value());
    EXPECT_EQ(outcomes.size(), 2U);
    EXPECT_EQ(requests(), 1U);
    EXPECT_EQ(link.cache()->counters().joined, 3U);
}

TEST_F(CollectorCacheTest, TheLastOneToLeaveEndsTheTransfer)
{
    serve([first = true](const std::string&) mutable { return std::exchange(first, false) ? "hang" : page(); });
    const std::uint64_t a = ask();
    const std::uint64_t b = ask();
    ASSERT_TRUE(heard(1));
    link.cancel(a);
    const auto replies = link.findChildren<QNetworkReply*>();
    ASSERT_EQ(replies.size(), 1);
    EXPECT_TRUE(replies[0]->isRunning());
    link.cancel(b);
    EXPECT_FALSE(replies[0]->isRunning());
    EXPECT_TRUE(got(ask()).result->ok()) << "a request of its own";
    EXPECT_EQ(requests(), 2U);
    EXPECT_EQ(outcomes.size(), 1U);
}

TEST_F(CollectorCacheTest, ANewerRequestDoesNotJoinButServesWhoWaits)
{
    std::unique_lock slow(gate);
    const std::uint64_t a = ask();
    const std::uint64_t b = ask(newest());
    const std::uint64_t c = ask();
    slow.unlock();
    EXPECT_EQ(got(c).result->value(), got(b).result->value());
    EXPECT_TRUE(got(a).result->ok());
    ASSERT_TRUE(heard(2));
    EXPECT_EQ(requests(), 2U);
}

TEST_F(CollectorCacheTest, ErrorsReachAllAndKeepTheOldAnswer)
{
    const auto old = got(ask()).result->value();
    now += 20 * kSecond;
    serve([](const std::string&) { return cannedAnswer(503, "busy"); });
    std::unique_lock slow(gate);
    const std::uint64_t a = ask();
    const std::uint64_t b = ask();
    slow.unlock();
    EXPECT_EQ(got(a).result->error().code, ErrorCode::Busy);
    EXPECT_EQ(got(b).result->error().code, ErrorCode::Busy);
    serve([](const std::string&) { return cannedAnswer(304, ""); });
    EXPECT_EQ(got(ask()).result->value(), old);
}

TEST_F(CollectorCacheTest, AChangeIsAskedForCheaplyAndBypassWithoutTheTag)
{
    (void)got(ask());
    link.cache()->expire();
    EXPECT_FALSE(got(ask()).kept);
    EXPECT_TRUE(lastHas("If-None-Match: \"one\""));
    EXPECT_FALSE(got(ask(newest())).kept);
    EXPECT_TRUE(lastHas("If-None-Match: \"one\""));
    FetchRequest bypass = newest();
    bypass.bypassCaches = true;
    EXPECT_FALSE(got(ask(bypass)).kept);
    EXPECT_FALSE(lastHas("If-None-Match"));
    serve([](const std::string&) { return cannedAnswer(304, ""); });
    EXPECT_FALSE(got(ask(bypass)).result->ok()) << "not modified, to somebody who did not say what they have";
}

TEST_F(CollectorCacheTest, AWriteMakesWhatWasReadOld)
{
    (void)got(ask());
    EXPECT_TRUE(got(send(pinRequest(TraceId{}, true))).result->ok());
    EXPECT_FALSE(got(ask()).kept);
    EXPECT_TRUE(got(send(pinRequest(TraceId{}, true))).result->ok()) << "a write is never answered by the last one";
    EXPECT_EQ(requests(), 4U);
    serve([](const std::string&) { return cannedAnswer(500, ""); });
    EXPECT_FALSE(got(send(clearRequest(false))).result->ok());
    EXPECT_FALSE(got(ask()).kept) << "a failed write may have been done all the same";
}

TEST_F(CollectorCacheTest, AnAnswerThatIsNotKeptLivesAsLongAsItIsShown)
{
    TraceListRequest window;
    window.fromNs = 5;
    const std::weak_ptr<const void> shown = got(ask({}, window)).result->value();
    EXPECT_TRUE(got(ask({}, window)).kept);
    EXPECT_EQ(requests(), 1U);
    outcomes.clear();
    EXPECT_TRUE(QTest::qWaitFor([&] { return shown.expired(); }, kPatienceMs));
    EXPECT_FALSE(got(ask({}, window)).kept);
    EXPECT_FALSE(lastHas("If-None-Match"));
    EXPECT_EQ(requests(), 2U);
}

TEST_F(CollectorCacheTest, TheClockGoesForward)
{
    const std::int64_t before = CollectorLink::sleeplessNowNs();
    EXPECT_GT(before, 0);
    EXPECT_GE(CollectorLink::sleeplessNowNs(), before);
}

} // namespace
} // namespace tracedeck::test
