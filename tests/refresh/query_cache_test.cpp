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
    Cache::Decision ask(const std::string& key, std::int64_t nowNs, QueryReach reach = QueryReach::Kept)
    {
        const std::uint64_t asker = ++m_asker;
        return m_cache.ask(key, nowNs, reach, asker, [this, asker](const Result<Cache::Pointer>& result) {
            m_got.push_back(result.ok() ? **result : "error");
            m_answered.push_back(asker);
        });
    }
    /// Asks for what is not kept, and answers it.
    void fill(const std::string& key, std::int64_t nowNs, const std::string& text, const std::string& etag = {})
    {
        m_cache.complete(key, ask(key, nowNs).flight, nowNs, answerOf(text, etag));
    }
    Cache m_cache{3};
    std::vector<std::string> m_got;
    std::vector<std::uint64_t> m_answered;
    std::uint64_t m_asker = 0;
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

TEST_F(QueryCacheTest, ANewestOneIsAskedForWithTheETagAndNeverJoins)
{
    fill("k", 0, "v", "tag");
    const auto newest = ask("k", 1, QueryReach::Newest);
    EXPECT_EQ(newest.kind, Kind::Fetch);
    EXPECT_EQ(newest.etag, "tag");
    const auto second = ask("k", 2, QueryReach::Newest);
    EXPECT_NE(second.flight, newest.flight) << "the running request may have been answered before the change";
    EXPECT_EQ(ask("k", 16 * kSecond).flight, second.flight) << "who joins takes the last one sent";
    m_cache.complete("k", newest.flight, 16 * kSecond, answerOf("w", "tag2"));
    EXPECT_EQ(m_got, (std::vector<std::string>{"v", "w"})) << "a slow source still answers the earlier question";
    m_cache.complete("k", second.flight, 17 * kSecond, Cache::Answer{nullptr, ""});
    EXPECT_EQ(m_got.back(), "v") << "not modified means what that request knew";
    EXPECT_EQ(ask("k", 18 * kSecond, QueryReach::Newest).etag, "tag");
}

TEST_F(QueryCacheTest, AChangeEndsFreshnessButNotTheETag)
{
    fill("k", 0, "v", "tag");
    m_cache.expire();
    const auto again = ask("k", 1);
    EXPECT_EQ(again.kind, Kind::Fetch);
    EXPECT_EQ(again.etag, "tag");
    m_cache.complete("k", again.flight, 2, Cache::Answer{nullptr, ""});
    EXPECT_EQ(ask("k", 3).kind, Kind::Fresh) << "asked after the change";
}

TEST_F(QueryCacheTest, WhatWasInTheAirWhenSomethingChangedIsNotFresh)
{
    const auto before = ask("k", 0);
    m_cache.expire();
    const auto after = ask("k", 1);
    EXPECT_EQ(after.kind, Kind::Fetch) << "the running one may not know of the change";
    m_cache.complete("k", before.flight, 2, answerOf("old", "tag"));
    EXPECT_EQ(m_got, std::vector<std::string>{"old"});
    EXPECT_EQ(ask("k", 3).kind, Kind::Joined);
    m_cache.complete("k", after.flight, 4, answerOf("new"));
    EXPECT_EQ(m_got, (std::vector<std::string>{"old", "new", "new"}));
    EXPECT_EQ(*ask("k", 5).value, "new");
}

TEST_F(QueryCacheTest, CancellingOneOfSeveralLeavesTheOthers)
{
    const auto first = ask("k", 0);
    (void)ask("k", 0);
    EXPECT_EQ(m_cache.cancel(1), 0U) << "somebody else waits";
    EXPECT_EQ(m_cache.cancel(1), 0U);
    m_cache.complete("k", first.flight, 1, answerOf("v"));
    EXPECT_EQ(m_answered, std::vector<std::uint64_t>{2});
    const auto lonely = ask("other", 1);
    EXPECT_EQ(m_cache.cancel(3), lonely.flight);
    EXPECT_EQ(m_cache.cancel(0), 0U) << "0 names nobody";
    const auto again = ask("other", 1);
    EXPECT_EQ(again.kind, Kind::Fetch) << "what was ended is not joined";
    m_cache.complete("other", lonely.flight, 2, answerOf("late"));
    EXPECT_EQ(m_got.size(), 1U);
    m_cache.complete("other", again.flight, 2, answerOf("w"));
    EXPECT_EQ(m_got.back(), "w");
}

TEST_F(QueryCacheTest, LargeValuesLiveOnlyAsLongAsSomebodyShowsThem)
{
    auto large = std::make_shared<const std::string>("large");
    m_cache.complete("k", ask("k", 0).flight, 0, Cache::Answer{large, "tag", false});
    EXPECT_EQ(ask("k", 1).value, large);
    const auto again = ask("k", 1, QueryReach::Newest);
    EXPECT_EQ(again.etag, "tag");
    std::weak_ptr<const std::string> alive = large;
    large.reset();
    EXPECT_FALSE(alive.expired()) << "\"not modified\" may be the answer";
    m_cache.complete("k", again.flight, 2, Cache::Answer{nullptr, ""});
    EXPECT_EQ(m_got.back(), "large");
    EXPECT_TRUE(alive.expired());
    EXPECT_EQ(ask("k", 3).etag, "") << "nothing is left that it could stand for";
}

TEST_F(QueryCacheTest, AClockThatRanBackwardsProvesNothing)
{
    fill("k", 100 * kSecond, "v", "tag");
    fill("other", 50 * kSecond, "w");
    EXPECT_EQ(ask("k", 101 * kSecond).kind, Kind::Fetch) << "not an hour later, when the clock passes there again";
}

TEST_F(QueryCacheTest, NobodySharesWhatIsAskedAlone)
{
    const auto write = ask("k", 0, QueryReach::Alone);
    EXPECT_EQ(ask("k", 0).kind, Kind::Fetch);
    EXPECT_EQ(ask("k", 0, QueryReach::Alone).kind, Kind::Fetch);
    m_cache.complete("k", 2, 1, answerOf("read"));
    m_cache.complete("k", 3, 1, makeError(ErrorCode::TimedOut, "", ""));
    m_cache.complete("k", write.flight, 1, answerOf("done"));
    EXPECT_EQ(m_got, (std::vector<std::string>{"read", "error", "done"}));
    EXPECT_EQ(*ask("k", 2).value, "read");
}

TEST_F(QueryCacheTest, CountsWhatItSaved)
{
    fill("k", 0, "v", "tag");
    (void)ask("k", 1);
    const auto newest = ask("k", 2, QueryReach::Newest);
    (void)ask("other", 2, QueryReach::Alone);
    m_cache.expire();
    (void)ask("k", 3);
    (void)ask("k", 3);
    m_cache.complete("k", newest.flight, 3, Cache::Answer{nullptr, ""});
    EXPECT_EQ(m_cache.counters(), (CacheCounters{5, 1, 1, 1}));
}

TEST(QueryCacheOfAnything, KeepsPointersWithoutAType)
{
    QueryCache<void> cache;
    const auto flight = cache.ask("k", 0, QueryReach::Kept, 1, nullptr).flight;
    const auto value = std::make_shared<const int>(7);
    cache.complete("k", flight, 0, QueryCache<void>::Answer{value, ""});
    EXPECT_EQ(cache.ask("k", 0, QueryReach::Kept, 2, nullptr).value, value);
}

TEST_F(QueryCacheTest, BypassSendsItsOwnRequestAndOnlyTheNewestCounts)
{
    const auto first = ask("k", 0);
    const auto second = ask("k", 1, QueryReach::Bypass);
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
                const auto decision = cache.ask(key, i, i % 7 == 0 ? QueryReach::Bypass : QueryReach::Kept, 0,
                                                [&](const auto&) { ++called; });
                if (decision.kind == QueryCache<int>::Decision::Kind::Fetch) {
                    cache.complete(key, decision.flight, i % 3 == 0 ? i : i - 20 * kSecond,
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
