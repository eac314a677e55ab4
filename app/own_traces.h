// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/span_table.h"
#include "core/telemetry_ring.h"

#include <cstdint>
#include <string>
#include <vector>

namespace tracedeck {

/// Refreshes of the trace list are numbered from here on, those of the fleet from 1.
inline constexpr std::uint64_t kTraceListCycles = std::uint64_t{1} << 40U;

/// Turns records of the app's own work into spans: one trace per refresh cycle that changed something, a
/// root "refresh" (of the trace list: "refresh traces") over one child per stage. Cycles in which nothing changed give
/// nothing: they are counted, not traced. `process` (start time of the program, say) keeps trace ids of two runs apart;
/// equal input gives equal ids. The resource carries service.name = tracedeck and tracedeck.own = true.
[[nodiscard]] SpanTable ownSpans(const std::vector<StageRecord>& records, std::uint64_t process,
                                 const std::string& version);

/// "fetch", "decode", "gate", "derive", "diff", "apply", "paint".
[[nodiscard]] std::string_view stageName(Stage stage);

} // namespace tracedeck
