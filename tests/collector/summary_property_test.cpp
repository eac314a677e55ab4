// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/trace_summary.h"
#include "tests/collector/summary_model.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>
#include <rapidcheck.h>

namespace tracedeck::test {
namespace {

using Batch = std::vector<SpanSpec>;

SpanSpec randomSpan()
{
    SpanSpec span;
    span.traceId = traceIdOf(*rc::gen::inRange<std::uint64_t>(1, 5));
    span.spanId = *rc::gen::inRange<std::uint64_t>(1, 14);
    span.parentId = *rc::gen::inRange<std::uint64_t>(0, 3) == 0 ? 0 : span.spanId / 2 + 1;
    span.startNs = *rc::gen::inRange<std::int64_t>(10, 60);
    span.endNs = span.startNs + *rc::gen::inRange<std::int64_t>(-5, 30); // clocks may run backwards
    span.service = *rc::gen::element<std::string>("web", "db", "mail", "");
    span.service = span.service.empty() ? "cart" : span.service;
    span.name = "op" + std::to_string(span.spanId % 4);
    span.error = *rc::gen::inRange(0, 4) == 0;
    span.own = *rc::gen::inRange(0, 5) == 0;
    if (*rc::gen::inRange(0, 3) != 0) {
        span.resource.emplace_back("host.name", *rc::gen::element<std::string>("edge-1", "edge-2"));
        span.resource.emplace_back("telemetry.sdk.name", "any");
    }
    if (*rc::gen::inRange(0, 3) == 0) {
        span.resource.emplace_back("k8s.pod.name", *rc::gen::element<std::string>("cart-1", "cart-2", "cart-3"));
    }
    return span;
}

std::vector<Batch> randomBatches()
{
    std::vector<Batch> batches(*rc::gen::inRange<std::size_t>(1, 9));
    for (Batch& batch : batches) {
        const std::size_t size = *rc::gen::inRange<std::size_t>(0, 12);
        for (std::size_t i = 0; i < size; ++i) {
            batch.push_back(randomSpan());
        }
        if (*rc::gen::inRange(0, 4) == 0) {
            batch = batches.front(); // an exact retry
        }
    }
    return batches;
}

/// What is stored of the batches: exact retries count once.
std::map<TraceId, std::vector<SpanSpec>> spansByTrace(const std::vector<Batch>& batches)
{
    std::map<TraceId, std::vector<SpanSpec>> traces;
    for (const Batch& batch : batches) {
        for (const SpanSpec& span : batch) {
            traces[span.traceId].push_back(span);
        }
    }
    return traces;
}

TEST(SummaryProperty, summariesEqualARecomputationFromTheSpansSent)
{
    const bool good = rc::check("store summaries", [] {
        const std::vector<Batch> batches = randomBatches();
        StoreFixture fixture;
        for (const Batch& batch : batches) {
            RC_ASSERT(fixture.submitTraces(traceBody(batch)).ok());
        }
        std::map<TraceId, PlainSummary> expected;
        for (const auto& [id, spans] : spansByTrace(batches)) {
            expected.emplace(id, summaryOf(spans));
        }
        if (*rc::gen::inRange(0, 2) == 0) {
            fixture.reopen();
        }
        expectSummariesMatchSpans(fixture);
        RC_ASSERT(listedSummaries(fixture) == expected);
        RC_ASSERT(!::testing::Test::HasFailure());
    });
    EXPECT_TRUE(good);
}

TEST(SummaryProperty, foldingDoesNotDependOnOrderOrSplit)
{
    const bool good = rc::check("fold", [] {
        std::vector<SpanBrief> briefs;
        const std::size_t size = *rc::gen::inRange<std::size_t>(1, 30);
        for (std::size_t i = 0; i < size; ++i) {
            SpanBrief brief;
            brief.spanId.value = i + 1;
            brief.parentSpanId.value = *rc::gen::inRange<std::uint64_t>(0, 2);
            brief.startNs = *rc::gen::arbitrary<std::int64_t>();
            brief.endNs = *rc::gen::arbitrary<std::int64_t>();
            brief.error = *rc::gen::arbitrary<bool>();
            brief.own = *rc::gen::arbitrary<bool>();
            brief.name = i % 2 == 0 ? "even" : "odd";
            briefs.push_back(brief);
        }
        TraceSummary forward;
        for (const SpanBrief& brief : briefs) {
            forward.add(brief, 1 + static_cast<std::uint32_t>(brief.spanId.value % 3));
        }
        std::mt19937 random(*rc::gen::arbitrary<std::uint32_t>());
        std::shuffle(briefs.begin(), briefs.end(), random);
        TraceSummary halves[2];
        for (std::size_t i = 0; i < briefs.size(); ++i) {
            halves[random() % 2].add(briefs[i], 1 + static_cast<std::uint32_t>(briefs[i].spanId.value % 3));
        }
        halves[0].merge(halves[1]);
        const auto byNumber = [](const ServiceShare& a, const ServiceShare& b) { return a.service < b.service; };
        std::sort(forward.services.begin(), forward.services.end(), byNumber);
        std::sort(halves[0].services.begin(), halves[0].services.end(), byNumber);
        RC_ASSERT(forward == halves[0]);
        RC_ASSERT(forward.durationNs() >= 0);
    });
    EXPECT_TRUE(good);
}

TEST(TraceSummary, countsServicesBeyondTheLimitTogether)
{
    TraceSummary summary;
    SpanBrief brief;
    for (std::uint32_t i = 0; i < 1000; ++i) {
        brief.spanId.value = i + 1;
        summary.add(brief, i + 1);
    }
    ASSERT_EQ(summary.services.size(), kMaxServicesPerTrace + 1);
    EXPECT_EQ(summary.services.back(), (ServiceShare{kFurtherServices, 1000 - kMaxServicesPerTrace, 0}));
}

TEST(TraceSummary, keepsSoManyResourcesAndSaysThatThereWereMore)
{
    TraceSummary summary;
    for (std::uint32_t i = 1; i <= kMaxResourcesPerTrace; ++i) {
        summary.addResource(i);
        summary.addResource(1);
    }
    EXPECT_EQ(summary.resources.size(), kMaxResourcesPerTrace);
    EXPECT_EQ(summary.resourcesKnown, ResourceKnowledge::Whole);
    summary.addResource(1000);
    EXPECT_EQ(summary.resources.size(), kMaxResourcesPerTrace);
    EXPECT_EQ(summary.resourcesKnown, ResourceKnowledge::Part);
    TraceSummary old;
    old.resourcesKnown = ResourceKnowledge::Unknown;
    summary.merge(old);
    EXPECT_EQ(summary.resourcesKnown, ResourceKnowledge::Unknown) << "spans from before cannot be made up for";
    summary.addResource(2000);
    EXPECT_EQ(summary.resourcesKnown, ResourceKnowledge::Unknown);
}

TEST(TraceSummary, cutsLongNamesBetweenCharacters)
{
    std::string name(kMaxSummaryText - 1, 'a');
    name += "\xC3\xA4 and more";
    EXPECT_EQ(cutSummaryText(name).size(), kMaxSummaryText - 1);
    EXPECT_EQ(cutSummaryText("short"), "short");
}

} // namespace
} // namespace tracedeck::test
