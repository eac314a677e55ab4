// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/quiet_traces.h"

#include "collector/reader_pool.h"
#include "collector/span_id_cache.h"
#include "tests/collector/otlp_body.h"
#include "tests/collector/store_fixture.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <map>

namespace tracedeck::test {
namespace {

TEST(QuietTraces, AreTakenOnceWhenNothingCameForAWhile)
{
    QuietTraces waiting(10, 100);
    EXPECT_TRUE(waiting.touch(traceIdOf(1), 0));
    EXPECT_TRUE(waiting.touch(traceIdOf(2), 5));
    EXPECT_TRUE(waiting.takeQuiet(9, 10).empty());
    EXPECT_EQ(waiting.takeQuiet(10, 10), std::vector<TraceId>{traceIdOf(1)});
    EXPECT_TRUE(waiting.touch(traceIdOf(2), 12)); // it grew again
    EXPECT_TRUE(waiting.takeQuiet(20, 10).empty());
    EXPECT_EQ(waiting.takeQuiet(22, 10), std::vector<TraceId>{traceIdOf(2)});
    EXPECT_TRUE(waiting.empty());
    EXPECT_TRUE(waiting.takeQuiet(1000, 10).empty());
}

TEST(QuietTraces, ComeInSlicesAndDoNotWaitForAClockThatWasSetBack)
{
    QuietTraces waiting(10, 100);
    for (std::uint64_t i = 1; i <= 5; ++i)
        EXPECT_TRUE(waiting.touch(traceIdOf(i), 1000));
    EXPECT_EQ(waiting.takeQuiet(2000, 2).size(), 2U);
    EXPECT_EQ(waiting.size(), 3U);
    EXPECT_EQ(waiting.takeQuiet(0, 10).size(), 3U);
}

TEST(QuietTraces, TooManyAreForgottenAndSaid)
{
    QuietTraces waiting(10, 3);
    EXPECT_TRUE(waiting.touch(traceIdOf(1), 0));
    EXPECT_TRUE(waiting.touch(traceIdOf(2), 0));
    EXPECT_TRUE(waiting.touch(traceIdOf(3), 0));
    EXPECT_FALSE(waiting.touch(traceIdOf(4), 0));
    EXPECT_TRUE(waiting.empty());
    bool forgotten = false; // one trace touched all the time must not grow the list either
    for (std::int64_t now = 0; now < 1000; ++now)
        forgotten = !waiting.touch(traceIdOf(1), now) || forgotten;
    EXPECT_TRUE(forgotten);
}

TEST(QuietTraces, EveryTouchedTraceIsTakenExactlyOnceAfterItsLastTouch)
{
    EXPECT_TRUE(rc::check("quiet", [] {
        QuietTraces waiting(10, 1000);
        std::map<TraceId, std::int64_t> last;
        std::int64_t now = 0;
        const auto steps = *rc::gen::container<std::vector<std::uint64_t>>(rc::gen::inRange<std::uint64_t>(0, 12));
        for (const std::uint64_t step : steps) {
            now += 3;
            if (step > 0) {
                RC_ASSERT(waiting.touch(traceIdOf(step), now));
                last[traceIdOf(step)] = now;
                continue;
            }
            for (const TraceId& taken : waiting.takeQuiet(now, 100)) {
                RC_ASSERT((last.count(taken) == 1U && last[taken] + 10 <= now));
                last.erase(taken);
            }
        }
        RC_ASSERT(waiting.takeQuiet(now + 10, 100).size() == last.size());
    }));
}

TEST(SpanIdCache, ReadsARequestOnceWhileItIsKept)
{
    StoreFixture fixture;
    ASSERT_TRUE(fixture.submitTraces(traceBody({{traceIdOf(1), 5}, {traceIdOf(2), 6}, {traceIdOf(1), 4}})));
    ASSERT_TRUE(fixture.submitTraces(traceBody({{traceIdOf(1), 7}})));
    Result<std::unique_ptr<StoreReader>> reader = StoreReader::open(fixture.databasePath());
    ASSERT_TRUE(reader.ok());
    BodyReader& bodies = reader.value()->bodies();
    SpanIdCache cache(100);
    std::vector<std::uint64_t> spans;
    ASSERT_TRUE(cache.collect(bodies, 1, traceIdOf(1), spans).ok());
    ASSERT_TRUE(cache.collect(bodies, 2, traceIdOf(1), spans).ok());
    EXPECT_EQ(spans, (std::vector<std::uint64_t>{4, 5, 7}));
    ASSERT_TRUE(cache.collect(bodies, 1, traceIdOf(2), spans).ok());
    ASSERT_TRUE(cache.collect(bodies, 1, traceIdOf(9), spans).ok()); // has nothing there
    EXPECT_EQ(spans, (std::vector<std::uint64_t>{4, 5, 7, 6}));
    EXPECT_EQ(cache.scans(), 2U);
    EXPECT_EQ(cache.collect(bodies, 99, traceIdOf(1), spans).error().code, ErrorCode::NotFound);

    SpanIdCache small(3); // holds one of the two
    for (int round = 0; round < 2; ++round) {
        ASSERT_TRUE(small.collect(bodies, 1, traceIdOf(1), spans).ok());
        ASSERT_TRUE(small.collect(bodies, 2, traceIdOf(1), spans).ok());
        EXPECT_LE(small.keptSpans(), 3U);
    }
    EXPECT_EQ(small.scans(), 4U);
}

} // namespace
} // namespace tracedeck::test
