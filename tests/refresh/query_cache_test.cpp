// SPDX-License-Identifier: GPL-3.0-or-later
#include "refresh/query_cache.h"

#include "refresh/refetch_pacer.h"

#include <atomic>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <thread>

namespace tracedeck {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kMs = 1'000'000;
using Cache = QueryCache<std::string>;
using Kind = Cache::Decision::Kind;

Result<Cache::Answer> answerOf(const std::string& text, const std::string& etag = {})
{
    return Cache::Answer{std::make_shared<const std::string>(text), etag};
}

class QueryCacheTest : public testing::Test {
protected:
    Cache::Decision ask(const std::string& key, std::int64_t nowNs, bool bypass = false)
    {
        return m_cache.ask(key, nowNs, bypass, [this](const Result<Cache::Pointer>& result) {
            m_got.push_back(result.ok() ? **result : "error");
        });
    }
    Cache m_cache{3};
    std::vector<std::string> m_got;
};

TEST_F(QueryCacheTest, ConcurrentRequestsShareOneFlight)
{
    const auto first = ask("k", 0);
    EXPECT_EQ(first.kind, Kind::Fetch);
    EXPECT_EQ(ask("k", 1).kind, Kind::Joined);
    EXPECT_EQ(ask("other", 1).kind, Kind::Fetch);
    m_cache.complete("k", first.flight, 2, answerOf("v"));
    EXPECT_EQ(m_got, (std::vector<std::string>{"v", "v"}));
}

TEST_F(QueryCacheTest, AnswersServeFifteenSecondsInclusive)
{
    m_cache.complete("k", ask("k", 0).flight, kSecond, answerOf("v", "tag"));
    const auto fresh = ask("k", 16 * kSecond);
    EXPECT_EQ(fresh.kind, Kind::Fresh);
    EXPECT_EQ(*fresh.value, "v");
    const auto stale = ask("k", 16 * kSecond + 1);
    EXPECT_EQ(stale.kind, Kind::Fetch);
    EXPECT_EQ(stale.etag, "tag");
    m_cache.complete("k", stale.flight, 20 * kSecond, Cache::Answer{nullptr, ""});
    EXPECT_EQ(m_got.back(), "v"); // not modified: the kept value, fresh again
    EXPECT_EQ(ask("k", 35 * kSecond).kind, Kind::Fresh);
    EXPECT_EQ(ask("k", 0).kind, Kind::Fetch); // a clock that ran backwards proves nothing
}

TEST_F(QueryCacheTest, BypassSendsItsOwnRequestAndOnlyTheNewestCounts)
{
    const auto first = ask("k", 0);
    const auto second = ask("k", 1, true);
    EXPECT_EQ(second.kind, Kind::Fetch);
    EXPECT_EQ(second.etag, "");
    m_cache.complete("k", second.flight, 2, answerOf("new"));
    m_cache.complete("k", first.flight, 3, answerOf("old"));
    EXPECT_EQ(m_got, (std::vector<std::string>{"new", "new"}));
    EXPECT_EQ(*ask("k", 4).value, "new");
}

TEST_F(QueryCacheTest, FailuresReachEveryWaiterAndKeepTheValue)
{
    m_cache.complete("k", ask("k", 0).flight, 0, answerOf("v", "tag"));
    const auto again = ask("k", 60 * kSecond);
    (void)ask("k", 60 * kSecond);
    m_cache.complete("k", again.flight, 61 * kSecond, makeError(ErrorCode::TimedOut, "", ""));
    EXPECT_EQ(m_got, (std::vector<std::string>{"v", "error", "error"}));
    EXPECT_EQ(ask("k", 62 * kSecond).etag, "tag");
}

TEST_F(QueryCacheTest, NotModifiedWithoutAValueIsAnError)
{
    m_cache.complete("k", ask("k", 0).flight, 0, Cache::Answer{nullptr, ""});
    EXPECT_EQ(m_got, std::vector<std::string>{"error"});
    m_cache.complete("never", 99, 0, answerOf("x"));
    EXPECT_EQ(m_got.size(), 1U);
}

TEST_F(QueryCacheTest, TheLeastRecentlyUsedKeyGoesButNoFlight)
{
    m_cache.complete("a", ask("a", 0).flight, 0, answerOf("a"));
    const auto open = ask("b", 0);
    m_cache.complete("c", ask("c", 0).flight, 0, answerOf("c"));
    EXPECT_EQ(ask("a", 1).kind, Kind::Fresh);
    m_cache.complete("d", ask("d", 1).flight, 1, answerOf("d"));
    EXPECT_EQ(m_cache.size(), 3U);
    EXPECT_EQ(ask("a", 2).kind, Kind::Fresh);
    m_cache.complete("b", open.flight, 2, answerOf("b"));
    EXPECT_EQ(m_got.back(), "b");
    m_cache.clear();
    EXPECT_EQ(m_cache.size(), 0U);
}

TEST(QueryCacheThreads, EveryWaiterIsCalledExactlyOnce)
{
    QueryCache<int> cache;
    std::atomic<int> called{0};
    std::atomic<int> fresh{0};
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread) {
        threads.emplace_back([&] {
            for (int i = 0; i < 500; ++i) {
                const std::string key = std::to_string(i % 5);
                const auto decision = cache.ask(key, i, i % 7 == 0, [&](const auto&) { ++called; });
                if (decision.kind == QueryCache<int>::Decision::Kind::Fetch) {
                    cache.complete(key, decision.flight, i - 20 * kSecond,
                                   QueryCache<int>::Answer{std::make_shared<const int>(i), ""});
                } else if (decision.kind == QueryCache<int>::Decision::Kind::Fresh) {
                    ++fresh;
                }
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    for (int key = 0; key < 5; ++key) { // whoever joined a request that a bypass replaced
        const auto last = cache.ask(std::to_string(key), 0, true, nullptr);
        cache.complete(std::to_string(key), last.flight, 0,
                       QueryCache<int>::Answer{std::make_shared<const int>(0), ""});
    }
    EXPECT_EQ(called + fresh, 2000);
}

TEST(RefetchPacer, ABurstIsOneFetch)
{
    RefetchPacer pacer;
    EXPECT_FALSE(pacer.due());
    EXPECT_EQ(pacer.notice(0), 800 * kMs);
    EXPECT_EQ(pacer.notice(500 * kMs), 1300 * kMs);
    pacer.fetched(1300 * kMs);
    EXPECT_FALSE(pacer.due());
    EXPECT_EQ(pacer.notice(1400 * kMs), 3800 * kMs); // at least 2,500 ms apart
    pacer.fetched(3800 * kMs);
    EXPECT_EQ(pacer.notice(20 * kSecond), 20 * kSecond + 800 * kMs);
}

RC_GTEST_PROP(RefetchPacer, AnEndlessStreamIsStillShown, ())
{
    RefetchPacer pacer;
    std::int64_t now = 0;
    std::int64_t last = 0;
    for (int i = 0; i < 200; ++i) {
        now += *rc::gen::inRange<std::int64_t>(1, 700) * kMs;
        const std::int64_t due = pacer.notice(now);
        RC_ASSERT((due >= now && due <= now + 2600 * kMs));
        if (due <= now + 100 * kMs) {
            RC_ASSERT((last == 0 || due - last >= 2500 * kMs));
            last = due;
            pacer.fetched(due);
        }
        RC_ASSERT(now - last <= 5000 * kMs);
    }
}

} // namespace
} // namespace tracedeck
