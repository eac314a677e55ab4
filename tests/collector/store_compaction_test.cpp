// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/store_compaction.h"

#include "collector/trace_store_impl.h"
#include "tests/collector/summary_model.h"

#include <csignal>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace tracedeck::test {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

/// Whether every listed trace says that its counts are exact.
bool allExact(StoreFixture& fixture)
{
    TraceListRequest request;
    request.includeOwn = true;
    for (const TraceListPage& page : fixture.pages(request)) {
        for (std::size_t row = 0; row < page.traces.rows(); ++row) {
            if (page.traces.exact[row] == 0)
                return false;
        }
    }
    return true;
}

/// Waits, without reading a trace, until nothing is provisional.
void waitUntilExact(StoreFixture& fixture)
{
    fixture.nowNs += 10 * kSecond;
    while (!allExact(fixture))
        std::this_thread::yield();
}

/// Request `wave` of traces 1 … `traces`: one span each.
std::string scatteredBody(std::uint64_t wave, std::uint64_t traces)
{
    std::vector<SpanSpec> spans;
    for (std::uint64_t trace = 1; trace <= traces; ++trace)
        spans.push_back({traceIdOf(trace), wave + 1, wave, 100 + static_cast<std::int64_t>(wave), 900, "shop", "step"});
    return traceBody(spans);
}

TEST(StoreCompaction, scatteredTracesBecomeExactWithoutARead)
{
    StoreFixture fixture;
    for (std::uint64_t wave = 0; wave < 6; ++wave)
        ASSERT_TRUE(fixture.submitTraces(scatteredBody(wave, 40)));
    EXPECT_FALSE(allExact(fixture));
    const std::uint64_t generation = fixture.store().status().otherGeneration;
    waitUntilExact(fixture);
    EXPECT_GT(fixture.store().status().otherGeneration, generation); // the list says something else now
    EXPECT_EQ(fixture.store().status().spans, 240U);
    for (const auto& [id, summary] : listedSummaries(fixture))
        EXPECT_EQ(summary.spans, 6U);
    expectSummariesMatchSpans(fixture);
}

TEST(StoreCompaction, repeatedSpansAreCountedOnceThen)
{
    StoreFixture fixture;
    const SpanSpec root{traceIdOf(4), 1, 0, 10, 50, "web", "root", true, false};
    ASSERT_TRUE(fixture.submitTraces(traceBody({root, {traceIdOf(4), 2, 1}})));
    ASSERT_TRUE(fixture.submitTraces(traceBody({{traceIdOf(4), 3, 1}, root})));
    ASSERT_TRUE(fixture.submitTraces(traceBody({{traceIdOf(5), 7, 0}, {traceIdOf(5), 7, 0}}))); // in one request
    EXPECT_EQ(fixture.store().status().spans, 6U);
    waitUntilExact(fixture);
    EXPECT_EQ(fixture.store().status().spans, 4U);
    const std::vector<ServiceSummary> services = *fixture.store().services(false);
    ASSERT_EQ(services.size(), 2U);
    EXPECT_EQ(services[1].name, "web");
    EXPECT_EQ(services[1].spans, 1U);
    EXPECT_EQ(services[1].errors, 1U);
}

TEST(StoreCompaction, whatAnEarlierRunLeftIsFound)
{
    StoreFixture fixture;
    for (std::uint64_t wave = 0; wave < 3; ++wave)
        ASSERT_TRUE(fixture.submitTraces(scatteredBody(wave, 300)));
    fixture.reopen();
    waitUntilExact(fixture);
    expectSummariesMatchSpans(fixture);
}

TEST(StoreCompaction, aTraceThatGrowsAgainIsLookedAtAgain)
{
    StoreFixture fixture;
    ASSERT_TRUE(fixture.submitTraces(scatteredBody(0, 5)));
    for (std::uint64_t wave = 1; wave < 5; ++wave) {
        ASSERT_TRUE(fixture.submitTraces(scatteredBody(wave, 5)));
        EXPECT_FALSE(allExact(fixture));
        waitUntilExact(fixture);
        EXPECT_EQ(fixture.store().status().spans, 5 * (wave + 1));
    }
}

TEST(StoreCompaction, aTraceThatLostARequestStaysProvisionalAndHoldsNobodyUp)
{
    StoreFixture fixture;
    ASSERT_TRUE(fixture.submitTraces(traceBody({{traceIdOf(1), 1}})));
    ASSERT_TRUE(fixture.submitTraces(traceBody({{traceIdOf(1), 2, 1}})));
    fixture.store().impl().writer->runAndWait(
        [](WriterState& state) { ASSERT_TRUE(state.database.execute("DELETE FROM body WHERE id = 1")); });
    ASSERT_TRUE(fixture.submitTraces(traceBody({{traceIdOf(2), 1}})));
    ASSERT_TRUE(fixture.submitTraces(traceBody({{traceIdOf(2), 2, 1}})));
    fixture.nowNs += 10 * kSecond;
    const auto exactOf = [&](std::uint64_t number) {
        const TraceListPage page = *fixture.store().listTraces({});
        for (std::size_t row = 0; row < page.traces.rows(); ++row) {
            if (page.traces.traceId[row] == traceIdOf(number))
                return page.traces.exact[row] != 0;
        }
        return false;
    };
    while (!exactOf(2))
        std::this_thread::yield();
    EXPECT_FALSE(exactOf(1));
}

TEST(StoreCompaction, confirmsWhatRecountingEverySpanSays)
{
    const bool good = rc::check("compaction", [] {
        StoreFixture fixture;
        std::map<TraceId, std::vector<SpanSpec>> sent;
        const auto requests = *rc::gen::inRange<std::size_t>(1, 6);
        for (std::size_t request = 0; request < requests; ++request) {
            std::vector<SpanSpec> spans;
            const auto count = *rc::gen::inRange<std::size_t>(1, 8);
            for (std::size_t i = 0; i < count; ++i) {
                const auto trace = *rc::gen::inRange<std::uint64_t>(1, 4);
                const auto span = *rc::gen::inRange<std::uint64_t>(1, 6);
                SpanSpec spec{traceIdOf(trace), span, span > 1 ? std::uint64_t{1} : std::uint64_t{0}};
                spec.startNs = 1000 + static_cast<std::int64_t>(request);
                spec.endNs = spec.startNs + 10;
                spans.push_back(spec);
            }
            const Result<IngestOutcome> outcome = fixture.submitTraces(traceBody(spans));
            RC_ASSERT(outcome.ok());
            for (const SpanSpec& span : spans) {
                if (!outcome->duplicate)
                    sent[span.traceId].push_back(span);
            }
        }
        waitUntilExact(fixture);
        std::map<TraceId, PlainSummary> expected;
        for (const auto& [id, spans] : sent)
            expected.emplace(id, summaryOf(spans));
        RC_ASSERT(listedSummaries(fixture) == expected);
    });
    EXPECT_TRUE(good);
}

TEST(StoreCompaction, afterAKillTheNextRunFinishesTheWork)
{
#ifdef __SANITIZE_THREAD__
    GTEST_SKIP() << "not run: forked children start threads, which the thread sanitizer does not support";
#endif
    const TemporaryDirectory directory;
    int ends[2] = {-1, -1};
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        StoreFixture fixture(directory.file("data"));
        for (std::uint64_t wave = 0;; ++wave) {
            if (!fixture.submitTraces(scatteredBody(wave % 30, 50 + wave / 30)).ok() || ::write(ends[1], "x", 1) != 1)
                ::_exit(3);
            fixture.nowNs += kSecond; // so that it is compacting, too, when the end comes
        }
    }
    ::close(ends[1]);
    char byte = 0;
    for (int i = 0; i < 40; ++i)
        ASSERT_EQ(::read(ends[0], &byte, 1), 1);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    ::close(ends[0]);
    StoreFixture fixture(directory.file("data"));
    waitUntilExact(fixture);
    const std::map<TraceId, PlainSummary> compacted = listedSummaries(fixture);
    EXPECT_GE(compacted.size(), 50U);
    expectSummariesMatchSpans(fixture); // reads every trace
    EXPECT_EQ(listedSummaries(fixture), compacted);
}

} // namespace
} // namespace tracedeck::test
