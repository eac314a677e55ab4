// SPDX-License-Identifier: GPL-3.0-or-later
// Pages of many rows the way the product runs them: derived on a worker, applied and painted on this thread.
#include "app/table_feed.h"
#include "models/workload_columns.h"
#include "perf/macro/scenario_kinds.h"
#include "perf/macro/turn_clock.h"
#include "perf/memory/growth.h"
#include "perf/selector_fixture.h"
#include "perf/table_states.h"
#include "views/fleet_page.h"
#include "views/grouped_table_view.h"

#include <QApplication>
#include <QScrollBar>
#include <QThreadPool>
#include <QTimer>
#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <utility>

namespace tracedeck {
namespace {

/// A page with its feed and workers, as the application wires them.
struct ScaleStage {
    QThreadPool workers;
    GroupedTableModel model{workloadColumns()};
    FleetPage page{workloadsPageSetup([] { return kFixtureNowNs; }), &model};
    TableFeed feed{workloadDomain(), &model, &workers, [] { return kFixtureNowNs; }};
    std::int64_t polls = 0;

    explicit ScaleStage(QSize size)
    {
        workers.setMaxThreadCount(1);
        model.setNow(kFixtureNowNs);
        QObject::connect(&page, &FleetPage::choiceChanged, &feed, &TableFeed::setChoice);
        QObject::connect(&feed, &TableFeed::summaryChanged, &page, &FleetPage::setSummary);
        feed.setChoice(page.choice());
        page.resize(size);
    }
    void poll(std::shared_ptr<const WorkloadTable> table)
    {
        feed.setSnapshot(TableSnapshot(std::move(table)), ++polls);
    }
    void settle()
    {
        while (!feed.isSettled()) {
            QApplication::processEvents(QEventLoop::WaitForMoreEvents);
        }
        QApplication::processEvents();
    }
    void choose(const std::function<void(TableChoice&)>& edit)
    {
        TableChoice choice = page.choice();
        edit(choice);
        page.setChoice(choice);
    }
};

QSize pageSize(const Scenario& scenario)
{
    return {static_cast<int>(scenario.count("width", 1600)), static_cast<int>(scenario.count("height", 900))};
}

} // namespace

ScenarioOutcome runLiveScale(const Scenario& scenario)
{
    ScaleStage stage(pageSize(scenario));
    const PreparedWorkloads base = preparedWorkloads(scenario.count("rows", 20'000));
    const int pollMs = static_cast<int>(scenario.count("pollMs", 5'000));
    const std::size_t changed = scenario.count("changesPerMinute", 500) * static_cast<std::size_t>(pollMs) / 60'000;
    const auto runMs = static_cast<int>(scenario.count("seconds", 30)) * 1000;
    std::vector<std::shared_ptr<const WorkloadTable>> coming; // made ahead: a source does that on its own threads
    for (int i = runMs / pollMs; i > 0; --i) {
        coming.push_back(withChangedRows(base, changed, static_cast<unsigned>(i)).table);
    }
    stage.page.show();
    stage.poll(base.table);
    stage.settle();
    QTimer polls;
    QObject::connect(&polls, &QTimer::timeout, &stage.page, [&] {
        if (!coming.empty()) {
            stage.poll(std::move(coming.back()));
            coming.pop_back();
        }
    });
    QTimer hand; // a person who scrolls all the time
    QScrollBar* const bar = stage.page.table()->verticalScrollBar();
    QObject::connect(&hand, &QTimer::timeout, &stage.page,
                     [bar] { bar->setValue(bar->value() >= bar->maximum() ? 0 : bar->value() + 40); });
    TurnClock clock(stage.page.table()->viewport());
    polls.start(pollMs);
    hand.start(static_cast<int>(scenario.count("frameMs", 16)));
    runFor(runMs);
    PerfResult result{"macro", scenario.name, {}, std::max<std::size_t>(clock.frames.count(), 1), 0, {}};
    clock.frames.addTo(result, "frame_");
    clock.turns.addTo(result, "turn_");
    return std::vector{result};
}

ScenarioOutcome runListScale(const Scenario& scenario)
{
    struct Step {
        const char* name;
        std::function<void(TableChoice&)> edit;
    };
    const std::array steps{
        Step{"filter", [](TableChoice& choice) { choice.text = QStringLiteral("edge cpu>20"); }},
        Step{"filter-cleared", [](TableChoice& choice) { choice.text.clear(); }},
        Step{"sort",
             [](TableChoice& choice) {
                 choice.sortKey = QStringLiteral("cpu");
                 choice.descending = true;
             }},
        Step{"flat", [](TableChoice& choice) { choice.grouping = QStringLiteral("none"); }},
        Step{"by-name",
             [](TableChoice& choice) {
                 choice.sortKey = QStringLiteral("name");
                 choice.descending = false;
             }},
        Step{"grouped", [](TableChoice& choice) { choice.grouping = QStringLiteral("node"); }},
    };
    const std::size_t rows = scenario.count("rows", 150'000);
    const auto units = static_cast<double>(rows);
    const double before = memoryNow().heapBytes;
    ScaleStage stage(pageSize(scenario));
    const double page = memoryNow().heapBytes;
    PreparedWorkloads base = preparedWorkloads(rows);
    base.ranks = {};
    std::vector<PerfResult> results;
    const auto measured = [&](const std::string& name, const std::function<void()>& start) {
        StepTimes answer; // CPU is that of this thread: what it costs while the worker derives
        answer.start();
        start();
        stage.settle();
        answer.stop();
        results.push_back({"macro", scenario.name + '/' + name, {}, 1, 0, {}});
        answer.addTo(results.back(), "answer_");
    };
    stage.page.show();
    measured("list", [&] { stage.poll(base.table); });
    const double strings = static_cast<double>(base.table->strings.memoryBytes() + base.table->search.text().size());
    results.back().metrics["bytes_per_row"] = {(memoryNow().heapBytes - page - strings) / units, MetricKind::Bytes,
                                               true};
    results.back().metrics["string_bytes_per_row"] = {strings / units, MetricKind::Bytes, true};
    results.back().metrics["page_bytes"] = {page - before, MetricKind::Bytes, true};
    for (const Step& step : steps) {
        measured(step.name, [&] { stage.choose(step.edit); });
    }
    const std::size_t changed = scenario.count("changed", 1'250);
    for (unsigned round = 1; round <= 3; ++round) {
        auto next = withChangedRows(base, changed, round).table;
        base.table = next;
        measured("poll-" + std::to_string(round), [&] { stage.poll(std::move(next)); });
    }
    return results;
}

} // namespace tracedeck
