// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/reader_pool.h"
#include "collector/trace_summary.h"
#include "collector/writer_state.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tracedeck {

/// What a whole read of a trace found out about it, over distinct spans.
struct ExactSummary {
    struct Service {
        std::string name;
        bool own = false;
    };
    TraceSummary summary; ///< services and resources numbered by position in the lists below plus 1
    std::vector<Service> services;
    std::vector<std::string> resources; ///< packed
    std::uint32_t partCount = 0; ///< how many parts the trace had when it was read
};

using BodySink = std::function<bool(std::string_view)>;

/// Streams a trace, one stored request after the other, without spans that occurred before. NotFound when
/// the trace is not stored. A summary comes only when everything was read and the stored one is not exact.
[[nodiscard]] Result<std::optional<ExactSummary>> streamTrace(StoreReader& reader, const TraceId& id,
                                                              const BodySink& sink);

/// Streams the log records that carry the trace id. NotFound when there are none.
[[nodiscard]] Result<void> streamLogs(StoreReader& reader, const TraceId& id, const BodySink& sink);

/// Puts an exact summary in place, with all counters, unless the trace changed since it was read. In a
/// transaction of its own on the writer thread.
[[nodiscard]] Result<void> applyExactSummary(WriterState& state, const TraceId& id, const ExactSummary& exact);

} // namespace tracedeck
