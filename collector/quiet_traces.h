// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <unordered_map>
#include <utility>
#include <vector>

namespace tracedeck {

/// Traces that wait until nothing more was added to them for a while. Not thread-safe.
class QuietTraces {
public:
    QuietTraces(std::int64_t quietNs, std::size_t most) : m_quietNs(quietNs), m_most(most) { }

    /// Something was added to a trace. False when there are too many: all are forgotten, and whoever asked
    /// must find them again in the store.
    [[nodiscard]] bool touch(const TraceId& trace, std::int64_t nowNs);
    /// The traces that have been quiet, at most `count`, the ones touched first before the others. A clock
    /// that was set back makes nobody wait for it.
    [[nodiscard]] std::vector<TraceId> takeQuiet(std::int64_t nowNs, std::size_t count);
    [[nodiscard]] bool empty() const { return m_touched.empty(); }
    [[nodiscard]] std::size_t size() const { return m_touched.size(); }

private:
    std::int64_t m_quietNs;
    std::size_t m_most;
    std::unordered_map<TraceId, std::int64_t> m_touched;
    std::deque<std::pair<std::int64_t, TraceId>> m_order; ///< may hold older touches of a trace as well
};

} // namespace tracedeck
