// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "perf/macro/scenario.h"

#include <vector>

namespace tracedeck {

/// What a scenario measured, or why it could not run.
using ScenarioOutcome = Result<std::vector<PerfResult>>;

/// "refresh": one poll after the other, a share of the rows changed: derive, diff, apply, repaint.
[[nodiscard]] ScenarioOutcome runRefresh(const Scenario& scenario);
/// "scroll": frames of a table by pages, by pixels, and unchanged; rows touched and allocations per cell.
[[nodiscard]] ScenarioOutcome runScroll(const Scenario& scenario);
/// "first-paint": what a table costs until its first frame, at several sizes.
[[nodiscard]] ScenarioOutcome runFirstPaint(const Scenario& scenario);
/// "apply": GUI cost of a few changed values, and of another order, at several sizes.
[[nodiscard]] ScenarioOutcome runApply(const Scenario& scenario);
/// "search": a text typed letter by letter, one derive, diff, apply and frame each.
[[nodiscard]] ScenarioOutcome runSearch(const Scenario& scenario);
/// "against-proxy": filter, sort, group and IO scale of ours beside a QSortFilterProxyModel that filters, sorts and
/// groups
/// ("proxy"), and beside one that only filters and sorts by one column ("proxy_flat").
[[nodiscard]] ScenarioOutcome runAgainstProxy(const Scenario& scenario);
/// "pages": going back and forth between the pages of a window.
[[nodiscard]] ScenarioOutcome runPages(const Scenario& scenario);
/// "start": processes from exec to the first painted row, beside a bare window.
[[nodiscard]] ScenarioOutcome runStart(const Scenario& scenario);
/// "trace-open": traces of several sizes from their bytes to the first frame, frames at many zooms, tabs.
[[nodiscard]] ScenarioOutcome runTraceOpen(const Scenario& scenario);
/// "live-scale": a page of many rows that change while somebody scrolls: frames and stalls of the event loop.
[[nodiscard]] ScenarioOutcome runLiveScale(const Scenario& scenario);
/// "list-scale": the same page lists, filters, sorts and groups; bytes per row.
[[nodiscard]] ScenarioOutcome runListScale(const Scenario& scenario);
/// "log-flood": a container that writes so many lines a second, from its process to the log panel: frames, stalls of
/// the event loop; shown and dropped lines must be all that were written.
[[nodiscard]] ScenarioOutcome runLogFlood(const Scenario& scenario);

/// "footprint": bytes per row, span and event.
[[nodiscard]] ScenarioOutcome runFootprint(const Scenario& scenario);
/// "grow": refreshes, page mounts or trace opens over and over; heap and resident memory must not grow.
[[nodiscard]] ScenarioOutcome runGrow(const Scenario& scenario);

} // namespace tracedeck
