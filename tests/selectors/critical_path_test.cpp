// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/critical_path.h"

#include "tests/support/span_builder.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <rapidcheck.h>
#include <string>
#include <vector>

using namespace tracedeck;
using testing_support::SpanBuilder;

namespace {

/// Milliseconds on the path per operation name.
std::map<std::string, std::int64_t> msByName(const SpanTable& spans, const CriticalPath& path, const SpanLayout& layout)
{
    std::map<std::string, std::int64_t> out;
    for (std::uint32_t at = 0; at < path.nsOf.size(); ++at) {
        if (path.nsOf[at] > 0) {
            out[std::string(spans.strings.view(spans.name[layout.row[at]]))] += path.nsOf[at] / SpanBuilder::kMs;
        }
    }
    return out;
}

std::map<std::string, std::int64_t> pathOf(const SpanTable& spans)
{
    const SpanLayout layout = layoutSpans(spans);
    return msByName(spans, criticalPath(spans, layout), layout);
}

using Times = std::map<std::string, std::int64_t>;

/// Spans of a Jaeger file whose ids are short names.
SpanBuilder spansOf(const nlohmann::json& trace)
{
    SpanBuilder builder;
    std::map<std::string, std::uint64_t> ids;
    const auto idOf = [&](const std::string& name) { return ids.emplace(name, ids.size() + 1).first->second; };
    for (const auto& span : trace.at("spans")) {
        const auto& references = span.at("references");
        const std::uint64_t parent = references.empty() ? 0 : idOf(references.at(0).at("spanID").get<std::string>());
        const auto service = trace.at("processes").at(span.at("processID").get<std::string>()).at("serviceName");
        builder.span(idOf(span.at("spanID")), parent, span.at("startTime"), span.at("duration"),
                     "[" + service.get<std::string>() + "] " + span.at("operationName").get<std::string>());
    }
    return builder;
}

} // namespace

TEST(CriticalPath, goesThroughTheChildThatFinishedLast)
{
    SpanBuilder trace;
    trace.span(1, 0, 0, 100, "root").span(2, 1, 10, 50, "slow").span(3, 1, 20, 10, "beside").span(4, 1, 70, 20, "late");
    EXPECT_EQ(pathOf(trace.table()), (Times{{"root", 30}, {"slow", 50}, {"late", 20}}));
}

TEST(CriticalPath, segmentsFollowEachOther)
{
    SpanBuilder trace;
    trace.span(1, 0, 0, 100, "root").span(2, 1, 10, 50, "child").span(3, 2, 20, 10, "grandchild");
    const SpanLayout layout = layoutSpans(trace.table());
    const CriticalPath path = criticalPath(trace.table(), layout);
    const auto at = [](std::int64_t ms) { return SpanBuilder::kOrigin + ms * SpanBuilder::kMs; };
    EXPECT_EQ(
        path.segments,
        (std::vector<CriticalSegment>{
            {0, at(0), at(10)}, {1, at(10), at(20)}, {2, at(20), at(30)}, {1, at(30), at(60)}, {0, at(60), at(100)}}));
    EXPECT_EQ(path.totalNs, 100 * SpanBuilder::kMs);
}

TEST(CriticalPath, explainsTheLongestWholeRoot)
{
    SpanBuilder trace;
    trace.span(1, 99, 0, 500, "orphan").span(2, 0, 10, 50, "short").span(3, 0, 20, 80, "main");
    EXPECT_EQ(pathOf(trace.table()), (Times{{"main", 80}}));
    SpanBuilder orphans;
    orphans.span(1, 99, 0, 500, "orphan");
    EXPECT_EQ(pathOf(orphans.table()), (Times{{"orphan", 500}}));
}

TEST(CriticalPath, survivesNoSpansBackwardSpansAndTimesAtTheEdge)
{
    const SpanTable none;
    EXPECT_EQ(criticalPath(none, layoutSpans(none)).root, SpanLayout::kNoParent);
    SpanBuilder backwards;
    backwards.span(1, 0, 0, -5, "root").span(2, 1, 0, 10, "child");
    EXPECT_TRUE(pathOf(backwards.table()).empty());
    SpanBuilder edge;
    edge.span(1, 0, 0, 10, "root");
    SpanTable spans = edge.table();
    spans.startNs[0] = std::numeric_limits<std::int64_t>::max() - 5;
    EXPECT_EQ(criticalPath(spans, layoutSpans(spans)).totalNs, 5);
}

TEST(CriticalPath, agreesWithTheRecordedCases)
{
    const char* fixtures = std::getenv("TRACEDECK_FIXTURES");
    if (fixtures == nullptr) {
        GTEST_SKIP() << "not run: TRACEDECK_FIXTURES is not set";
    }
    std::size_t cases = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator(std::string(fixtures) + "/traces/jaeger-critical-path")) {
        const nlohmann::json file = nlohmann::json::parse(std::ifstream(entry.path()));
        const nlohmann::json& told = file.at("testing");
        const nlohmann::json& expected = told.is_array() ? told.at(0) : told.at("opTimeExclusive");
        const SpanBuilder trace = spansOf(file.at("data").at(0));
        const Times times = pathOf(trace.table());
        std::int64_t sum = 0;
        for (const auto& [name, ms] : expected.items()) {
            const auto found = times.find(name);
            // Where two children overlap a little the recorded case counts the overlap for both; ours never does.
            EXPECT_NEAR(found == times.end() ? 0 : found->second, ms.get<std::int64_t>(), 2) << entry.path() << name;
        }
        for (const auto& [name, ms] : times) {
            EXPECT_TRUE(expected.contains(name)) << entry.path() << name;
            sum += ms;
        }
        EXPECT_EQ(sum, file.at("data").at(0).at("spans").at(0).at("duration").get<std::int64_t>()) << entry.path();
        ++cases;
    }
    EXPECT_EQ(cases, 14U);
}

TEST(CriticalPath, coversTheRootExactlyForAnyTrace)
{
    EXPECT_TRUE(rc::check([] {
        SpanBuilder trace;
        trace.span(1, 0, 0, 1000);
        const auto count = *rc::gen::inRange<std::uint64_t>(0, 60);
        for (std::uint64_t id = 2; id < count + 2; ++id) {
            trace.span(id, *rc::gen::inRange<std::uint64_t>(1, id + 1), *rc::gen::inRange(-50, 1050),
                       *rc::gen::inRange(-10, 600));
        }
        const SpanLayout layout = layoutSpans(trace.table());
        const CriticalPath path = criticalPath(trace.table(), layout);
        RC_ASSERT(path.totalNs == 1000 * SpanBuilder::kMs);
        std::int64_t at = SpanBuilder::kOrigin;
        for (const CriticalSegment& segment : path.segments) {
            RC_ASSERT(segment.beginNs == at);
            RC_ASSERT(segment.endNs > segment.beginNs);
            const std::uint32_t row = layout.row[segment.position];
            RC_ASSERT(segment.beginNs >= trace.table().startNs[row]);
            RC_ASSERT(segment.endNs <= trace.table().startNs[row] + trace.table().durationNs[row]);
            at = segment.endNs;
        }
    }));
}

TEST(CriticalPath, needsNoStackForDeepTraces)
{
    SpanBuilder trace;
    constexpr std::uint64_t kDepth = 200'000;
    for (std::uint64_t id = 1; id <= kDepth; ++id) {
        trace.span(id, id - 1, 0, 1000);
    }
    const SpanLayout layout = layoutSpans(trace.table());
    const CriticalPath path = criticalPath(trace.table(), layout);
    EXPECT_EQ(path.segments.size(), 1U);
    EXPECT_EQ(path.segments.front().position, kDepth - 1) << "the innermost span is what everybody waits for";
}
