// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/writer_state.h"

#include <cstdint>
#include <limits>

namespace tracedeck {

/// A stored request as removal sees it.
struct StoredRequest {
    std::int64_t id = 0;
    std::int64_t receivedNs = 0;
    int signal = 0;
};

/// Which traces of an old request may go.
struct RemovalRule {
    /// A trace stays while its newest request was received at or after this.
    std::int64_t receivedBefore = std::numeric_limits<std::int64_t>::max();
    /// A trace stays while it has a request with a higher number.
    std::int64_t newestRequest = std::numeric_limits<std::int64_t>::max();
};

/// Removes the unpinned traces (or log records) of `request` that the rule allows, whole traces only,
/// and every stored request that no trace needs any more. Inside the running transaction. A request
/// that does not decode is removed, since nothing can be read from it.
[[nodiscard]] Result<void> removeFromRequest(WriterState& state, const StoredRequest& request, const RemovalRule& rule);

/// Removes everything, pinned or not, inside the running transaction.
[[nodiscard]] Result<void> removeAll(WriterState& state);
/// Removes everything but pinned traces and their logs, inside the running transaction.
[[nodiscard]] Result<void> removeUnpinned(WriterState& state);

/// Pins or unpins a trace, in a transaction of its own. An unknown trace is left unknown.
[[nodiscard]] Result<void> pinTrace(WriterState& state, const TraceId& id, bool pinned);

} // namespace tracedeck
