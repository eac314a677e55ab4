// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "perf/macro/collector/load_scenario.h"
#include "perf/result/perf_result.h"

#include <vector>

namespace tracedeck::perf {

/// Starts a collector on free loopback ports, fills it to each size of the scenario while readers query
/// it, then has the readers alone query as fast as they can. Results: "ingest/N" (spans per second,
/// latency of a request, refused requests, stored bytes per span) and "query/KIND/N" and
/// "query-during-ingest/KIND/N" (latency, errors) for the kinds status, list, list-duration, trace and
/// services. Clients and collector share the machine, and the client's work is in the figures.
[[nodiscard]] Result<std::vector<PerfResult>> runCollectorLoad(const LoadScenario& scenario);

} // namespace tracedeck::perf
