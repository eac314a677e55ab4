// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "perf/stress/stress_options.h"
#include "perf/stress/stress_socket.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace tracedeck::stress {

/// What one sender, or all together, sent and was answered, in spans.
struct SenderBooks {
    std::uint64_t sent = 0;
    std::uint64_t acknowledged = 0; ///< promised to be stored
    std::map<std::string, std::uint64_t> rejected; ///< by reason
    std::uint64_t errors = 0; ///< broken connections
    std::vector<std::int64_t> latencies; ///< of acknowledged requests, ns

    void add(SenderBooks&& other);
    [[nodiscard]] std::uint64_t rejectedTotal() const;
};

/// Spans of one trace in the bodies a sender makes.
inline constexpr std::size_t kSpansPerStressTrace = 8;

/// One connection that exports until the time is over. `nextTrace` is shared by all senders.
class SpanSender {
public:
    SpanSender(std::string address, const StressOptions& options, std::atomic<std::uint64_t>& nextTrace)
        : m_address(std::move(address)), m_options(options), m_nextTrace(nextTrace)
    { }
    [[nodiscard]] SenderBooks run();

private:
    enum class Shape : std::uint8_t { Good, BrokenSpans, BrokenBody, WrongType, Retry };
    [[nodiscard]] static Shape shapeOf(std::uint64_t request);
    [[nodiscard]] bool sendOne(StressSocket& socket, std::uint64_t request);
    void book(const HttpAnswer& answer, Shape shape, std::uint64_t good, std::uint64_t broken, std::int64_t took);

    std::string m_address;
    const StressOptions& m_options;
    std::atomic<std::uint64_t>& m_nextTrace;
    std::string m_previous; ///< last body that was taken
    std::uint64_t m_previousSpans = 0;
    SenderBooks m_books;
};

} // namespace tracedeck::stress
