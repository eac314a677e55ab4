// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "perf/perf_case.h"

#include <vector>

namespace tracedeck {

/// Every named use of the selectors at 250 to 500,000 rows, both domains.
[[nodiscard]] std::vector<PerfCase> microSelectors();
/// Query language, substring search, collation, string pool, plan diff, links.
[[nodiscard]] std::vector<PerfCase> microTexts();
/// Folding, searching, checking and writing of short texts; targets of the collector's API.
[[nodiscard]] std::vector<PerfCase> microStrings();
/// JSON, OTLP JSON and OTLP protobuf beside other readers of the same bytes.
[[nodiscard]] std::vector<PerfCase> microFormats();
/// Waterfall layout, windows and overview at 1e4 to 1e6 spans.
[[nodiscard]] std::vector<PerfCase> microTraces();
/// Model apply, and a search beside a QSortFilterProxyModel over the same rows.
[[nodiscard]] std::vector<PerfCase> microModels();
/// Thinning of lines, density maps, recording a round of samples.
[[nodiscard]] std::vector<PerfCase> microHistory();
/// Pools beside plain allocation.
[[nodiscard]] std::vector<PerfCase> microPools();

} // namespace tracedeck
