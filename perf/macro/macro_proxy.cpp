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
    StepTimes proxy; // once: half a million rows take it many seconds
    proxy.start();
    keepAlive(rowsByProxy(model, QString::fromStdString(text)));
    proxy.stop();
    PerfResult result{"macro", scenario.name, {}, ours.count(), 0, {}};
    ours.addTo(result, "ours_");
    proxy.addTo(result, "proxy_");
    result.metrics["cpu_ratio"] = {proxy.medianCpuNs() / std::max(ours.medianCpuNs(), 1.0), MetricKind::Ratio, false};
    return std::vector{result};
}

} // namespace tracedeck
