// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "perf/otlp_load.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tracedeck::perf {

/// What a collector load run does: easy to change without a build.
struct LoadScenario {
    std::string name;
    bool grpc = false; ///< send over gRPC instead of HTTP
    LoadShape shape = LoadShape::Grouped;
    std::vector<std::uint64_t> sizes; ///< spans in the store, growing; figures are taken for each
    std::size_t writers = 2;
    std::size_t readers = 4;
    std::chrono::milliseconds readerPause{100}; ///< between two queries of a reader while spans come in
    std::chrono::milliseconds queryTime{10'000}; ///< of readers alone, without a pause, at each size
};

/// Reads {name, transport (http, grpc), shape, sizes, writers, readers, reader_pause_ms, query_seconds}; absent = the
/// values above. Malformed for unknown fields, sizes that do not grow, and anything out of bounds (sizes up to a
/// hundred million, 1 to 64 writers, 0 to 64 readers, up to 600 s).
[[nodiscard]] Result<LoadScenario> loadScenarioFromJson(std::string_view json);

} // namespace tracedeck::perf
