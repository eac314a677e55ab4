// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/macro/scenario_kinds.h"
#include "perf/macro/table_stage.h"
#include "perf/result/allocation_meter.h"
#include "selectors/query_match.h"
#include "selectors/workload_plan.h"
#include "views/fleet_page.h"
#include "views/main_window.h"

#include <QScrollBar>
#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <thread>

namespace tracedeck {
namespace {

QSize sizeOf(const Scenario& scenario)
{
    return {static_cast<int>(scenario.count("width", 1600)), static_cast<int>(scenario.count("height", 900))};
}

PerfResult resultFor(const std::string& name, std::size_t samples)
{
    return {"macro", name, {}, std::max<std::size_t>(samples, 1), 0, {}};
}

PerfMetric counted(double value)
{
    return {value, MetricKind::Count, true};
}

/// "5000", "500000"
std::string sizeText(double rows)
{
    return std::to_string(static_cast<std::size_t>(rows));
}

/// Frames, each after `move` changed what is to be seen.
template <class Move> PerfResult frames(TableStage& stage, const std::string& name, std::size_t count, const Move& move)
{
    StepTimes times;
    std::size_t allocations = 0;
    std::size_t mostRows = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const AllocationMeter meter;
        times.start();
        move(i);
        stage.frame();
        times.stop();
        allocations += meter.allocations();
    }
    stage.model.m_watching = true;
    for (std::size_t i = 0; i < std::min<std::size_t>(count, 20); ++i) {
        stage.model.m_rows.clear();
        move(count + i);
        stage.frame();
        mostRows = std::max(mostRows, stage.model.m_rows.size());
    }
    stage.model.m_watching = false;
    PerfResult result = resultFor(name, count);
    times.addTo(result);
    const auto [first, last] = stage.view.visibleRows();
    result.metrics["rows_touched"] = counted(static_cast<double>(mostRows));
    result.metrics["rows_visible"] = counted(last - first + 1);
    result.metrics["allocs"] = counted(std::round(static_cast<double>(allocations) / static_cast<double>(count)));
    return result;
}

} // namespace

ScenarioOutcome runScroll(const Scenario& scenario)
{
    TableStage stage(sizeOf(scenario));
    stage.show(preparedWorkloads(scenario.count("rows", 5'000)), groupedByCpu());
    stage.open();
    QScrollBar* const bar = stage.view.verticalScrollBar();
    const std::size_t count = scenario.count("frames", 200);
    const auto by = [bar](int step) {
        return [bar, step](std::size_t i) {
            const int at = static_cast<int>(i) * step;
            bar->setValue(bar->maximum() > 0 ? at % bar->maximum() : 0);
        };
    };
    std::vector<PerfResult> results;
    results.push_back(frames(stage, scenario.name + "/unchanged", count, [](std::size_t) {}));
    results.push_back(frames(stage, scenario.name + "/by-pixels", count, by(7)));
    results.push_back(frames(stage, scenario.name + "/by-pages", count, by(bar->pageStep())));
    return results;
}

ScenarioOutcome runRefresh(const Scenario& scenario)
{
    std::vector<PerfResult> results;
    for (const double percent : scenario.numbers("changedPercent", {0, 1, 50})) {
        TableStage stage(sizeOf(scenario));
        const std::size_t rows = scenario.count("rows", 5'000);
        const PreparedWorkloads start = preparedWorkloads(rows);
        stage.show(start, groupedByCpu());
        stage.open();
        StepTimes worker;
        StepTimes gui;
        const auto changed = static_cast<std::size_t>(std::round(static_cast<double>(rows) * percent / 100));
        for (unsigned tick = 0; tick < scenario.count("ticks", 50); ++tick) {
            PreparedWorkloads next = withChangedRows(start, changed, tick);
            worker.start();
            auto plan = planFor(next, groupedByCpu());
            TableUpdate update = updateFrom(stage.model.plan(), next, std::move(plan));
            worker.stop();
            gui.start();
            stage.model.apply(std::move(update));
            QApplication::processEvents();
            gui.stop();
        }
        PerfResult result = resultFor(scenario.name + '/' + sizeText(percent) + "-percent", gui.count());
        worker.addTo(result, "worker_");
        gui.addTo(result, "gui_");
        results.push_back(std::move(result));
    }
    return results;
}

ScenarioOutcome runFirstPaint(const Scenario& scenario)
{
    std::vector<PerfResult> results;
    std::vector<double> medians;
    for (const double rows : scenario.numbers("sizes", {5'000, 1'000'000})) {
        const PreparedWorkloads workloads = preparedWorkloads(static_cast<std::size_t>(rows));
        const auto plan = planFor(workloads, flatByName());
        StepTimes times;
        for (std::size_t run = 0; run < scenario.count("runs", 7); ++run) {
            TableStage stage(sizeOf(scenario));
            stage.open();
            TableUpdate update = updateFrom(stage.model.plan(), workloads, plan); // the worker's part
            times.start();
            stage.model.apply(std::move(update));
            stage.frame();
            times.stop();
        }
        medians.push_back(times.medianCpuNs());
        results.push_back(resultFor(scenario.name + '/' + sizeText(rows), times.count()));
        times.addTo(results.back());
    }
    results.back().metrics["cpu_ratio"] = {medians.back() / medians.front(), MetricKind::Ratio, true};
    return results;
}

namespace {

/// Cost on the GUI thread of going back and forth between two states.
StepTimes swing(std::size_t rows, std::size_t changed, const WorkloadQuery& query, std::size_t rounds)
{
    TableStage stage({1600, 900});
    const PreparedWorkloads one = preparedWorkloads(rows);
    const PreparedWorkloads other = withChangedRows(one, changed, 1);
    const std::array plans{planFor(one, query), planFor(other, query)};
    stage.model.apply(updateFrom(stage.model.plan(), one, plans[0]));
    stage.open();
    StepTimes times;
    for (std::size_t round = 0; round < rounds; ++round) {
        const bool there = round % 2 == 0;
        TableUpdate update; // made on another thread, as the product does: it leaves this one's caches alone
        std::thread([&] {
            update = updateFrom(plans[there ? 0 : 1], there ? other : one, plans[there ? 1 : 0]);
        }).join();
        times.start();
        stage.model.apply(std::move(update));
        times.stop();
        QApplication::processEvents(); // the frame is counted apart
    }
    return times;
}

} // namespace

ScenarioOutcome runApply(const Scenario& scenario)
{
    std::vector<PerfResult> results;
    const bool order = scenario.text("change", "values") == "order";
    std::vector<double> medians;
    for (const double rows : scenario.numbers("sizes", {5'000, 500'000})) {
        const StepTimes times = swing(static_cast<std::size_t>(rows), scenario.count("changed", 50),
                                      order ? groupedByCpu() : flatByName(), scenario.count("rounds", 20));
        medians.push_back(times.medianCpuNs());
        results.push_back(resultFor(scenario.name + '/' + sizeText(rows), times.count()));
        times.addTo(results.back());
    }
    if (!order) {
        results.back().metrics["cpu_ratio"] = {medians.back() / medians.front(), MetricKind::Ratio, true};
    }
    return results;
}

ScenarioOutcome runSearch(const Scenario& scenario)
{
    TableStage stage(sizeOf(scenario));
    stage.show(preparedWorkloads(scenario.count("rows", 50'000)), groupedByCpu());
    stage.open();
    const std::string text = scenario.text("text", "edge -postgres cpu>20");
    StepTimes times;
    std::size_t answered = 0;
    for (std::size_t length = 1; length <= text.size(); ++length) {
        times.start();
        const QueryOutcome outcome = compileQuery(std::string_view(text).substr(0, length), QueryTable::Workloads);
        if (outcome.ok()) {
            const auto matches = matchRows(outcome.query, QueryTableView(*stage.workloads.table), kFixtureNowNs);
            auto plan = std::make_shared<const RowPlan>(
                workloadPlan(*stage.workloads.table, groupedByCpu(), {stage.workloads.ranks, &matches}));
            stage.model.apply(updateFrom(stage.model.plan(), stage.workloads, std::move(plan)));
            stage.frame();
            ++answered;
        }
        times.stop();
    }
    PerfResult result = resultFor(scenario.name, times.count());
    times.addTo(result);
    result.metrics["letters_answered"] = counted(static_cast<double>(answered));
    return std::vector{result};
}

ScenarioOutcome runPages(const Scenario& scenario)
{
    const auto clock = [] { return kFixtureNowNs; };
    const PreparedWorkloads workloads = preparedWorkloads(scenario.count("rows", 5'000));
    const auto plan = planFor(workloads, groupedByCpu());
    std::array<GroupedTableModel, 2> models{GroupedTableModel(workloadColumns()), GroupedTableModel(workloadColumns())};
    MainWindowHooks hooks;
    hooks.clock = clock;
    hooks.commands = [] { return std::vector<CommandItem>(); };
    hooks.resolveKey = [](const QString&, const QString&) -> const CommandItem* { return nullptr; };
    MainWindow window(std::move(hooks));
    std::array<FleetPageSetup, 2> setups{workloadsPageSetup(clock), workloadsPageSetup(clock)};
    setups[1].id = QStringLiteral("other");
    for (std::size_t i = 0; i < models.size(); ++i) {
        models[i].apply(updateFrom(models[i].plan(), workloads, plan));
        window.addPage(new FleetPage(setups[i], &models[i]), {});
    }
    window.resize(sizeOf(scenario));
    window.show();
    QApplication::processEvents();
    StepTimes times;
    for (std::size_t i = 0; i < scenario.count("switches", 50); ++i) {
        times.start();
        window.showPage(setups[(i + 1) % 2].id);
        QApplication::processEvents();
        times.stop();
    }
    PerfResult result = resultFor(scenario.name, times.count());
    times.addTo(result);
    return std::vector{result};
}

} // namespace tracedeck
