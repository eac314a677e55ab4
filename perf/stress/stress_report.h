// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "perf/stress/latency_summary.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace tracedeck::stress {

/// What a run of either scenario found. The books: expected = delivered + dropped + in flight + lost.
struct StressReport {
    std::string scenario;
    std::uint64_t attempted = 0; ///< connections within the cap
    std::uint64_t successful = 0;
    std::uint64_t failed = 0;
    std::uint64_t sent = 0; ///< ws: traces; ingest: spans
    std::uint64_t received = 0; ///< ws: changes over all clients; ingest: spans stored
    std::uint64_t errors = 0; ///< broken connections and messages
    std::uint64_t produced = 0; ///< of `sent`, what the collector acknowledged
    std::uint64_t expected = 0; ///< ws: produced times streams; ingest: sent
    std::uint64_t delivered = 0;
    std::map<std::string, std::uint64_t> dropped; ///< by reason
    std::map<std::string, std::uint64_t> rejected; ///< by reason
    std::uint64_t inFlight = 0;
    std::uint64_t lost = 0;
    std::uint64_t duplicates = 0;
    std::uint64_t sequenceGaps = 0;
    std::uint64_t overCapAttempted = 0;
    std::uint64_t overCapRefused = 0;
    int overCapStatus = 0;
    std::string overCapReason;
    std::size_t tokens = 0;
    std::size_t perClientCap = 0;
    double seconds = 0; ///< of load
    LatencySummary latency;
    std::vector<std::string> problems; ///< empty = the books balance

    [[nodiscard]] bool good() const { return problems.empty(); }
};

/// One JSON object on one line, with a stable order of keys.
[[nodiscard]] std::string reportJson(const StressReport& report);

} // namespace tracedeck::stress
