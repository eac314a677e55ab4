// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/trace_api_json.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace tracedeck::stress {

/// The books of one push client: what it was told, in which order, and what it was told to be missing.
/// Traces are the numbers 1 … n that stressTraceId() turns into ids.
class DeliveryLedger {
public:
    explicit DeliveryLedger(std::size_t mostTraces) : m_seen(mostTraces + 1) { }

    /// Called with the number of each trace delivered for the first time.
    using Delivered = std::function<void(std::uint64_t)>;
    void take(const TraceChangeMessage& message, const Delivered& delivered);

    [[nodiscard]] std::uint64_t delivered() const { return m_delivered; }
    /// Changes that a resync stood for.
    [[nodiscard]] std::uint64_t dropped() const { return m_dropped; }
    [[nodiscard]] std::uint64_t duplicates() const { return m_duplicates; }
    /// Messages whose number was not the one expected.
    [[nodiscard]] std::uint64_t gaps() const { return m_gaps; }
    /// Changes of traces that nobody produced.
    [[nodiscard]] std::uint64_t strangers() const { return m_strangers; }
    [[nodiscard]] std::uint64_t messages() const { return m_messages; }
    /// The first resync came: from here on everything must be told.
    [[nodiscard]] bool opened() const { return m_messages > 0; }
    [[nodiscard]] bool has(std::uint64_t number) const { return number < m_seen.size() && m_seen[number]; }
    /// Everything is accounted for once `produced` traces were announced.
    [[nodiscard]] bool settled(std::uint64_t produced) const { return m_delivered + m_dropped >= produced; }

private:
    std::vector<bool> m_seen;
    std::uint64_t m_nextSequence = 0;
    std::uint64_t m_messages = 0;
    std::uint64_t m_delivered = 0;
    std::uint64_t m_dropped = 0;
    std::uint64_t m_duplicates = 0;
    std::uint64_t m_gaps = 0;
    std::uint64_t m_strangers = 0;
};

} // namespace tracedeck::stress
