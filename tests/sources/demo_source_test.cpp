// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/otlp_decode.h"
#include "formats/otlp_encode.h"
#include "selectors/span_layout.h"
#include "sources/demo_source.h"
#include "sources/demo_traces.h"

#include <gtest/gtest.h>
#include <map>
#include <numeric>
#include <set>

using namespace tracedeck;

namespace {

constexpr std::int64_t kNowNs = 1'800'000'030'000'000'000;
constexpr std::int64_t kMinuteNs = 60'000'000'000;

Result<FleetSnapshot> fetch(FleetSource& source)
{
    std::optional<Result<FleetSnapshot>> answer;
    source.fetch({}, [&](Result<FleetSnapshot> result) { answer = std::move(result); });
    return std::move(*answer);
}

std::map<std::string, std::string> resourceOf(const SpanTable& spans, std::size_t row)
{
    std::map<std::string, std::string> all;
    const IndexRange range = spans.resources.attributes[spans.resource[row]];
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
        all[std::string(spans.strings.view(spans.attributeRows.key[i]))] =
            std::string(spans.strings.view(static_cast<StringId>(spans.attributeRows.payload[i])));
    }
    return all;
}

} // namespace

TEST(DemoSource, answersTheSameAtTheSameMoment)
{
    DemoSource first(120, [] { return kNowNs; });
    DemoSource second(120, [] { return kNowNs; });
    const auto a = fetch(first);
    const auto b = fetch(second);
    ASSERT_TRUE(a.ok() && b.ok());
    EXPECT_EQ(*a->infrastructure, *b->infrastructure);
    EXPECT_EQ(*a->workloads, *b->workloads);
    EXPECT_EQ(fetch(first)->workloads, a->workloads) << "nothing moved, so the section keeps its pointer";
    EXPECT_EQ(first.label(), "Demo data");
}

TEST(DemoSource, movesWithTheClockAndSaysWhatItLeftOut)
{
    std::int64_t now = kNowNs;
    DemoSource source(600, [&now] { return now; });
    const auto before = fetch(source);
    now += kMinuteNs;
    const auto after = fetch(source);
    EXPECT_NE(before->workloads->digests, after->workloads->digests);
    EXPECT_EQ(before->workloads->keys, after->workloads->keys) << "rows keep their identity";
    ASSERT_EQ(after->warnings.size(), 1U);
    EXPECT_EQ(after->warnings[0].count, source.layout()->duplicateIds);
    EXPECT_EQ(after->volatileFields.sampledAtNs, now);
}

TEST(DemoSource, anEmptyFleetIsAnAnswer)
{
    DemoSource source(0, [] { return kNowNs; });
    const auto answer = fetch(source);
    ASSERT_TRUE(answer.ok());
    EXPECT_EQ(answer->infrastructure->rows() + answer->workloads->rows(), 0U);
    EXPECT_TRUE(answer->warnings.empty());
}

TEST(DemoRemoteSite, goesAwayAndComesBack)
{
    std::int64_t now = kNowNs;
    DemoRemoteSite source([&now] { return now; });
    int answered = 0;
    int failed = 0;
    for (int minute = 0; minute < 12; ++minute) {
        const auto answer = fetch(source);
        answered += answer.ok() ? 1 : 0;
        if (!answer.ok()) {
            ++failed;
            EXPECT_TRUE(answer.error().retryable);
        }
        now += kMinuteNs;
    }
    EXPECT_EQ(failed, 4);
    EXPECT_EQ(answered, 8);
}

TEST(DemoTraces, eachIsOneTreeThatEndsAfterItBegan)
{
    const DemoLayout layout = demoLayout(600, {"demo", kNowNs, 0});
    std::set<std::string> roots;
    std::size_t errors = 0;
    for (std::uint64_t serial = 0; serial < 120; ++serial) {
        const SpanTable spans = demoTraces(layout, serial, 1, kNowNs - kMinuteNs, kNowNs);
        ASSERT_GT(spans.rows(), 1U);
        const SpanLayout tree = layoutSpans(spans);
        EXPECT_EQ(tree.orphans, 0U);
        EXPECT_EQ(std::set<std::uint64_t>([&] {
                      std::set<std::uint64_t> ids;
                      for (const SpanId id : spans.spanId) {
                          ids.insert(id.value);
                      }
                      return ids;
                  }())
                      .size(),
                  spans.rows());
        for (std::size_t i = 0; i < spans.rows(); ++i) {
            EXPECT_GT(spans.durationNs[i], 0);
            EXPECT_GE(spans.startNs[i], kNowNs - kMinuteNs);
            EXPECT_LE(spans.events[i].size(), 1U);
        }
        roots.insert(std::string(spans.strings.view(spans.name[0])));
        errors += spans.status[0] == SpanStatus::Error ? 1 : 0;
    }
    EXPECT_GT(roots.size(), 5U);
    EXPECT_GT(errors, 2U);
    EXPECT_LT(errors, 40U);
}

TEST(DemoTraces, resourcesNameWorkloadsOfTheFleet)
{
    const DemoLayout layout = demoLayout(600, {"demo", kNowNs, 0});
    const WorkloadTable& table = *layout.workloads;
    std::set<std::string> containers;
    std::set<std::string> names;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        containers.insert(std::string(table.strings.view(table.containerId[row])));
        names.insert(std::string(table.strings.view(table.name[row])));
    }
    const SpanTable spans = demoTraces(layout, 0, 60, kNowNs - kMinuteNs, kNowNs);
    std::size_t inContainers = 0;
    for (std::size_t row = 0; row < spans.rows(); ++row) {
        const auto resource = resourceOf(spans, row);
        EXPECT_EQ(resource.at("tracedeck.demo"), "true");
        if (resource.count("container.id") != 0) {
            ++inContainers;
            EXPECT_EQ(containers.count(resource.at("container.id")), 1U);
        } else {
            EXPECT_EQ(names.count(resource.at("host.name")), 1U) << "a guest is its own host";
        }
    }
    EXPECT_GT(inContainers, 0U);
}

TEST(DemoTraces, areRepeatableAndSurviveTheWire)
{
    const DemoLayout layout = demoLayout(200, {"demo", kNowNs, 0});
    const SpanTable spans = demoTraces(layout, 7, 20, kNowNs - kMinuteNs, kNowNs);
    EXPECT_EQ(spans, demoTraces(layout, 7, 20, kNowNs - kMinuteNs, kNowNs));
    const SpanTable later = demoTraces(layout, 7, 20, kNowNs, kNowNs + kMinuteNs);
    EXPECT_NE(later.traceId, spans.traceId) << "another run must not add spans to the traces of this one";
    std::vector<std::uint32_t> rows(spans.rows());
    std::iota(rows.begin(), rows.end(), 0U);
    OtlpTraces decoded;
    const auto read =
        decodeOtlpTraces(encodeOtlpTraces(spans, rows, OtlpEncoding::Protobuf), OtlpEncoding::Protobuf, decoded);
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(decoded.rejected, 0U);
    EXPECT_EQ(decoded.spans.rows(), spans.rows());
    EXPECT_EQ(demoTraces(demoLayout(1, {"demo", kNowNs, 0}), 0, 5, 0, kNowNs).rows(), 0U) << "no workload, no trace";
}
