// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/otlp_decode.h"
#include "perf/macro/scenario_kinds.h"
#include "perf/macro/table_stage.h"
#include "perf/memory/collector_rounds.h"
#include "perf/memory/growth.h"
#include "perf/result/allocation_meter.h"
#include "perf/span_fixture.h"
#include "selectors/span_layout.h"
#include "views/fleet_page.h"
#include "views/waterfall_view.h"

#include <QPixmapCache>
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <memory>

namespace tracedeck {
namespace {

/// Bytes a thing keeps, per unit, by what the heap says.
PerfResult footprintOf(const std::string& name, std::size_t units, const std::function<std::shared_ptr<void>()>& make)
{
    const AllocationMeter meter;
    const std::shared_ptr<void> thing = make();
    PerfResult result{"memory", name, {}, units, 0, {}};
    result.metrics["bytes_per_unit"] = {static_cast<double>(meter.kept()) / static_cast<double>(units),
                                        MetricKind::Bytes, true};
    return result;
}

/// What a turn of the event loop does: without one, objects that are to be deleted later would pile up.
void settle()
{
    QApplication::processEvents();
    QApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

/// One round of what a growth run repeats; false = it went wrong, which ends the run.
using Round = std::function<bool(unsigned)>;

/// Polls with changed values and orders, the table on screen.
Round refreshRounds(const Scenario& scenario)
{
    const auto stage = std::make_shared<TableStage>(QSize(1280, 800));
    const std::size_t rows = scenario.count("rows", 5'000);
    const auto start = std::make_shared<const PreparedWorkloads>(preparedWorkloads(rows));
    stage->show(*start, groupedByCpu());
    stage->open();
    return [stage, start, rows](unsigned round) {
        stage->show(withChangedRows(*start, rows / 10, round), groupedByCpu());
        settle();
        return true;
    };
}

/// A page with table, filter line and drawer, made, shown, used and closed.
Round mountRounds(const Scenario& scenario)
{
    const auto workloads = std::make_shared<const PreparedWorkloads>(preparedWorkloads(scenario.count("rows", 2'000)));
    const auto plan = planFor(*workloads, groupedByCpu());
    return [workloads, plan](unsigned round) {
        GroupedTableModel model(workloadColumns());
        model.setNow(kFixtureNowNs);
        model.apply(updateFrom(model.plan(), *workloads, plan));
        FleetPage page(workloadsPageSetup([] { return kFixtureNowNs; }), &model);
        page.resize(1280, 800);
        page.show();
        page.openDrawer(model.rowKey(static_cast<int>(round) % model.rowCount()));
        settle();
        return true;
    };
}

/// A trace decoded, laid out, shown and dropped.
Round traceRounds(const Scenario& scenario)
{
    const auto body =
        std::make_shared<const std::string>(fixtureOtlpBody(scenario.count("spans", 5'000), OtlpEncoding::Protobuf));
    const auto view = std::make_shared<WaterfallView>();
    view->resize(1280, 800);
    view->show();
    return [body, view](unsigned) {
        OtlpTraces traces;
        (void)decodeOtlpTraces(*body, OtlpEncoding::Protobuf, traces).ok();
        const auto spans = std::make_shared<const SpanTable>(std::move(traces.spans));
        view->setTrace(spans, std::make_shared<const SpanLayout>(layoutSpans(*spans)));
        settle();
        return true;
    };
}

/// What an operator does all day, one thing per round: polls, searches, drawers, traces.
Round journeyRounds(const Scenario& scenario)
{
    const std::array rounds{refreshRounds(scenario), mountRounds(scenario), traceRounds(scenario)};
    return [rounds](unsigned round) { return rounds[round % 8 == 7 ? 1 : round % 8 == 3 ? 2 : 0](round); };
}

Round roundsOf(const Scenario& scenario)
{
    const std::string what = scenario.text("what", "refresh");
    return what == "mounts"   ? mountRounds(scenario)
        : what == "traces"    ? traceRounds(scenario)
        : what == "journey"   ? journeyRounds(scenario)
        : what == "collector" ? collectorRounds(scenario)
                              : refreshRounds(scenario);
}

/// Samples while the rounds run: a fixed number of rounds, or minutes.
std::vector<MemorySample> sampled(const Scenario& scenario, const Round& round)
{
    using Clock = std::chrono::steady_clock;
    const double minutes = scenario.number("minutes", 0);
    const auto end =
        Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(minutes * 60));
    const std::size_t rounds = scenario.count("rounds", 400);
    const std::size_t every = std::max<std::size_t>(scenario.count("sampleEvery", 10), 1);
    // What a planted fault keeps, to prove that the harness sees it.
    std::vector<std::unique_ptr<char[]>> leaked;
    const auto leak = std::getenv("TRACEDECK_PLANT_LEAK") != nullptr ? std::size_t{100'000} : std::size_t{0};
    std::vector<MemorySample> samples;
    for (unsigned i = 0; minutes > 0 ? Clock::now() < end : i < rounds; ++i) {
        if (!round(i)) {
            return {};
        }
        if (leak != 0) {
            leaked.push_back(std::make_unique<char[]>(leak));
        }
        if (i % every == 0) {
            samples.push_back(memoryNow());
        }
    }
    return samples;
}

} // namespace

ScenarioOutcome runFootprint(const Scenario& scenario)
{
    const std::size_t rows = scenario.count("rows", 50'000);
    const std::size_t spans = scenario.count("spans", 100'000);
    const std::string body = fixtureOtlpBody(spans, OtlpEncoding::Protobuf);
    std::vector<PerfResult> results;
    results.push_back(footprintOf("workload-row", rows, [rows] {
        return std::make_shared<WorkloadTable>(fixtureWorkloads(rows, WorkloadSearchFields::Product));
    }));
    results.push_back(footprintOf(
        "host-row", rows, [rows] { return std::make_shared<InfrastructureTable>(fixtureInfrastructure(rows)); }));
    const PreparedWorkloads workloads = preparedWorkloads(rows);
    results.push_back(footprintOf("plan-row", rows, [&workloads]() -> std::shared_ptr<void> {
        return std::const_pointer_cast<RowPlan>(planFor(workloads, groupedByCpu()));
    }));
    const auto traces = std::make_shared<OtlpTraces>();
    results.push_back(footprintOf("span", spans, [&traces, &body] {
        (void)decodeOtlpTraces(body, OtlpEncoding::Protobuf, *traces).ok();
        return traces;
    }));
    results.back().metrics["text_bytes_per_unit"] = {
        static_cast<double>(traces->spans.strings.memoryBytes()) / static_cast<double>(spans), MetricKind::Bytes, true};
    results.push_back(footprintOf("laid-out-span", spans,
                                  [&traces] { return std::make_shared<SpanLayout>(layoutSpans(traces->spans)); }));
    return results;
}

ScenarioOutcome runGrow(const Scenario& scenario)
{
    // Qt keeps pictures of scroll bars by the palette of each, up to 10 MiB: bounded, but pages mounted over and over
    // fill it, which would look like growth.
    QPixmapCache::setCacheLimit(0);
    const std::vector<MemorySample> samples = sampled(scenario, roundsOf(scenario));
    if (samples.empty()) {
        return makeError(ErrorCode::Internal, scenario.name, "a round went wrong");
    }
    const MemoryGrowth growth = growthOf(samples);
    const std::string problem = growthProblem(growth, scenario.number("mostRatio", 1.20));
    if (!problem.empty()) {
        return makeError(ErrorCode::Internal, scenario.name, problem);
    }
    PerfResult result{"memory", scenario.name, {}, std::max<std::size_t>(growth.kept, 1), 0, {}};
    result.metrics["heap_ratio"] = {growth.heapRatio, MetricKind::Ratio, true};
    result.metrics["resident_ratio"] = {growth.residentRatio, MetricKind::Ratio, true};
    result.metrics["heap_slope_bytes"] = {growth.heapSlope, MetricKind::Bytes, true};
    result.metrics["heap_bytes"] = {samples.back().heapBytes, MetricKind::Bytes, true};
    result.metrics["resident_bytes"] = {samples.back().residentBytes, MetricKind::Bytes, true};
    return std::vector{result};
}

} // namespace tracedeck
