// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store_status.h"
#include "formats/trace_api_json.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

namespace tracedeck {

/// What one push client has not been told yet. Changes of the same trace merge; more than `maxTraces`
/// waiting traces turn into one "resync", so a slow client costs a bounded amount of memory; the resync
/// counts the changes it stands for, so that nothing is lost unsaid. The first message is a resync: what
/// happened before the connection is unknown to the client.
class PushQueue {
public:
    PushQueue(bool includeOwn, std::size_t maxTraces);

    /// False when this overflowed and the client will be told to read again.
    bool add(const std::vector<TraceChange>& changes);
    /// Something happened that no list of traces tells (removal): the client must read again.
    void requireResync();
    /// The next message with its number (0, 1, 2 …), empty when there is nothing to say.
    [[nodiscard]] std::optional<TraceChangeMessage> next();

private:
    bool m_includeOwn;
    std::size_t m_maxTraces;
    bool m_resync = true;
    std::uint64_t m_dropped = 0; ///< changes the next resync stands for
    std::uint64_t m_sequence = 0;
    std::vector<TraceChange> m_waiting; ///< in order of first change
    std::unordered_map<TraceId, std::size_t> m_places; ///< trace -> index in m_waiting
};

} // namespace tracedeck
