// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "perf/stress/push_clients.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <string>

namespace tracedeck::stress {

/// What exporting came to, in traces.
struct ProducerTotals {
    std::uint64_t sent = 0;
    std::uint64_t acknowledged = 0;
    std::uint64_t errors = 0; ///< connections that broke
    std::map<std::string, std::uint64_t> rejected; ///< by HTTP status
};

/// Exports traces of one span each, `rate` a second for `duration`, over two connections. Numbers are
/// given out in order; every one is sent once.
class TraceProducers {
public:
    TraceProducers(std::string address, SendTimes& times) : m_address(std::move(address)), m_times(times) { }
    [[nodiscard]] ProducerTotals run(std::size_t rate, std::chrono::milliseconds duration);
    /// One more trace after run(): whoever was told of it was told of everything before.
    [[nodiscard]] bool sendMarker();
    [[nodiscard]] std::uint64_t lastNumber() const { return m_next - 1; }

private:
    [[nodiscard]] ProducerTotals work(std::size_t rate, std::chrono::milliseconds duration);
    std::string m_address;
    SendTimes& m_times;
    std::atomic<std::uint64_t> m_next{1};
};

} // namespace tracedeck::stress
