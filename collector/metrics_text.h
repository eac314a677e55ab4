// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/server_counters.h"
#include "core/store_status.h"

#include <string>
#include <string_view>

namespace tracedeck {

/// State of the collector in the Prometheus text format 0.0.4. Counters end in _total and start anew
/// with the process, except those of the store, which count what is in it.
[[nodiscard]] std::string metricsText(const StoreStatus& status, const ServerCounters& counters,
                                      std::string_view version);

} // namespace tracedeck
