// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "perf/macro/scenario.h"

#include <functional>

namespace tracedeck {

/// Rounds of a collector's life: per round `bodies` OTLP requests of 512 spans over HTTP, the list, one trace, the
/// services and the status, then `pauseMs`. Its store may hold `retentionMiB`, so that old traces go while new ones
/// come. False when a request was not answered well; the reason stands on stderr.
[[nodiscard]] std::function<bool(unsigned)> collectorRounds(const Scenario& scenario);

} // namespace tracedeck
