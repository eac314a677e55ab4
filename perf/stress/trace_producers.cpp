// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/stress/trace_producers.h"

#include "perf/stress/stress_body.h"

#include <algorithm>
#include <fmt/format.h>
#include <future>

namespace tracedeck::stress {

namespace {

constexpr std::size_t kProducers = 2;
/// Above this rate a request carries several traces.
constexpr std::size_t kRequestsPerSecond = 200;

} // namespace

ProducerTotals TraceProducers::run(std::size_t rate, std::chrono::milliseconds duration)
{
    ProducerTotals totals;
    std::vector<std::future<ProducerTotals>> workers;
    const std::size_t producers = std::min(kProducers, rate);
    for (std::size_t i = 0; i < producers; ++i) {
        const std::size_t share = rate / producers + (i < rate % producers ? 1 : 0);
        workers.push_back(std::async(std::launch::async, [this, share, duration] { return work(share, duration); }));
    }
    for (std::future<ProducerTotals>& worker : workers) {
        const ProducerTotals part = worker.get();
        totals.sent += part.sent;
        totals.acknowledged += part.acknowledged;
        totals.errors += part.errors;
        for (const auto& [reason, count] : part.rejected)
            totals.rejected[reason] += count;
    }
    return totals;
}

ProducerTotals TraceProducers::work(std::size_t rate, std::chrono::milliseconds duration)
{
    ProducerTotals totals;
    Result<StressSocket> socket = StressSocket::connect(m_address, std::chrono::seconds(30));
    if (!socket) {
        ++totals.errors;
        return totals;
    }
    const std::size_t batch = std::max<std::size_t>(1, rate / kRequestsPerSecond);
    const auto interval = std::chrono::nanoseconds(std::chrono::seconds(1)) * static_cast<std::int64_t>(batch)
        / static_cast<std::int64_t>(rate);
    auto due = std::chrono::steady_clock::now();
    const auto end = due + duration;
    for (; due < end; due += interval) {
        std::this_thread::sleep_until(due); // the pace of the load; nothing waits for a result here
        const std::uint64_t first = m_next.fetch_add(batch);
        if (first + batch - 1 > m_times.capacity() || std::chrono::steady_clock::now() > end) {
            std::uint64_t expected = first + batch; // give the numbers back when nobody took more
            m_next.compare_exchange_strong(expected, first);
            break;
        }
        const std::int64_t now = steadyNowNs();
        for (std::uint64_t number = first; number < first + batch; ++number)
            m_times.sent(number, now);
        totals.sent += batch;
        const HttpAnswer answer =
            socket.value().ask(exportRequest(m_address, "application/x-protobuf", stressBody(first, batch, 1)));
        if (answer.status == 200) {
            totals.acknowledged += batch;
            continue;
        }
        totals.rejected[answer.status == 0 ? "no answer" : fmt::format("HTTP {}", answer.status)] += batch;
        if (answer.status == 0) {
            ++totals.errors;
            break;
        }
    }
    return totals;
}

bool TraceProducers::sendMarker()
{
    Result<StressSocket> socket = StressSocket::connect(m_address, std::chrono::seconds(30));
    const std::uint64_t number = m_next.fetch_add(1);
    if (!socket || number > m_times.capacity())
        return false;
    m_times.sent(number, steadyNowNs());
    return socket.value().ask(exportRequest(m_address, "application/x-protobuf", stressBody(number, 1, 1))).status
        == 200;
}

} // namespace tracedeck::stress
