// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/macro/scenario_kinds.h"
#include "perf/perf_case.h"
#include "perf/proxy_table.h"
#include "perf/table_states.h"
#include "selectors/workload_plan.h"

#include <algorithm>

namespace tracedeck {

ScenarioOutcome runAgainstProxy(const Scenario& scenario)
{
    const PreparedWorkloads workloads = preparedWorkloads(scenario.count("rows", 500'000));
    const std::string text = scenario.text("text", "e");
    WorkloadQuery query = groupedByCpu();
    query.filter.terms = {text};
    StepTimes ours;
    for (std::size_t run = 0; run < std::max<std::size_t>(scenario.count("runs", 5), 1); ++run) {
        ours.start();
        keepAlive(deriveWorkloads(*workloads.table, query, {workloads.ranks}));
        ours.stop();
    }
    PlainTableModel model(workloads.table);
    const QString words = QString::fromStdString(text);
    StepTimes proxy; // once each: half a million rows take seconds
    proxy.start();
    keepAlive(groupsByProxy(model, words));
    proxy.stop();
    StepTimes flat;
    flat.start();
    keepAlive(rowsByProxy(model, words));
    flat.stop();
    PerfResult result{"macro", scenario.name, {}, ours.count(), 0, {}};
    ours.addTo(result, "ours_");
    proxy.addTo(result, "proxy_");
    flat.addTo(result, "proxy_flat_");
    const double own = std::max(ours.medianCpuNs(), 1.0);
    result.metrics["cpu_ratio"] = {proxy.medianCpuNs() / own, MetricKind::Ratio, false};
    result.metrics["flat_cpu_ratio"] = {flat.medianCpuNs() / own, MetricKind::Ratio, false};
    return std::vector{result};
}

} // namespace tracedeck
