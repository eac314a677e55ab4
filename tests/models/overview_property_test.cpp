// SPDX-License-Identifier: GPL-3.0-or-later
// What holds for the overview of any trace.
#include "models/trace_overview.h"
#include "tests/support/span_builder.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <numeric>
#include <rapidcheck/gtest.h>
#include <set>

using namespace tracedeck;
using testing_support::SpanBuilder;

namespace {

/// A trace of any shape: parents among earlier spans, none, or missing; times that overlap and run backwards.
SpanTable anyTrace()
{
    SpanBuilder b;
    const int count = *rc::gen::inRange(0, 40);
    for (int i = 1; i <= count; ++i) {
        const auto parent = static_cast<std::uint64_t>(*rc::gen::inRange(0, i + 1));
        const int start = *rc::gen::inRange(0, 1000);
        const int length = *rc::gen::inRange(-5, 400);
        const auto* service = *rc::gen::element("web", "db", "cache", "");
        b.span(static_cast<std::uint64_t>(i), parent == static_cast<std::uint64_t>(i) ? 9999 : parent, start, length,
               "work", service, *rc::gen::element(SpanStatus::Unset, SpanStatus::Ok, SpanStatus::Error));
    }
    return b.table();
}

} // namespace

RC_GTEST_PROP(OverviewOfAnyTrace, SharesAddUpToTheWhole, ())
{
    const SpanTable spans = anyTrace();
    const SpanLayout layout = layoutSpans(spans);
    const std::vector<ServiceShare> shares = serviceShares(spans, layout);
    std::uint64_t spanSum = 0;
    std::uint64_t errorSum = 0;
    std::int64_t selfSum = 0;
    std::set<std::string> names;
    for (const ServiceShare& share : shares) {
        spanSum += share.spans;
        errorSum += share.errors;
        selfSum += share.selfNs;
        RC_ASSERT(share.errors <= share.spans);
        RC_ASSERT(names.insert(share.service).second);
    }
    RC_ASSERT(spanSum == layout.size());
    RC_ASSERT(errorSum == layout.errors);
    RC_ASSERT(selfSum == std::accumulate(layout.selfNs.begin(), layout.selfNs.end(), std::int64_t{0}));
    RC_ASSERT(std::is_sorted(shares.begin(), shares.end(), [](const ServiceShare& a, const ServiceShare& b) {
        return a.selfNs != b.selfNs ? a.selfNs > b.selfNs : a.service < b.service;
    }));
}

RC_GTEST_PROP(OverviewOfAnyTrace, SlowestAreTheLargestSelfTimes, ())
{
    const SpanTable spans = anyTrace();
    const SpanLayout layout = layoutSpans(spans);
    const auto count = static_cast<std::size_t>(*rc::gen::inRange(0, 50));
    const std::vector<std::uint32_t> slowest = slowestPositions(spans, layout, count);
    RC_ASSERT(slowest.size() == std::min(count, layout.size()));
    RC_ASSERT(std::set<std::uint32_t>(slowest.begin(), slowest.end()).size() == slowest.size());
    std::vector<std::int64_t> wanted = layout.selfNs;
    std::sort(wanted.rbegin(), wanted.rend());
    for (std::size_t i = 0; i < slowest.size(); ++i) {
        RC_ASSERT(layout.selfNs[slowest[i]] == wanted[i]);
    }
}

RC_GTEST_PROP(OverviewOfAnyTrace, FactsAnswerForEveryShape, ())
{
    const SpanTable spans = anyTrace();
    const SpanLayout layout = layoutSpans(spans);
    const Facts facts = traceFacts(spans, layout, *rc::gen::element(0, 7200, -34200));
    for (const Fact& fact : facts) {
        RC_ASSERT(!fact.name.isEmpty());
        RC_ASSERT(!fact.value.isEmpty());
    }
    if (layout.size() > 0) {
        RC_ASSERT(layout.parent[rootPosition(layout)] == SpanLayout::kNoParent);
    }
}
