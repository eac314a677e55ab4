// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/stress/span_sender.h"

#include "perf/stress/push_clients.h"
#include "perf/stress/stress_body.h"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <numeric>
#include <utility>

namespace tracedeck::stress {

namespace {

constexpr std::uint64_t kBrokenSpans = 5;
constexpr const char* kProtobuf = "application/x-protobuf";

} // namespace

void SenderBooks::add(SenderBooks&& other)
{
    sent += other.sent;
    acknowledged += other.acknowledged;
    errors += other.errors;
    for (const auto& [reason, count] : other.rejected)
        rejected[reason] += count;
    latencies.insert(latencies.end(), other.latencies.begin(), other.latencies.end());
}

std::uint64_t SenderBooks::rejectedTotal() const
{
    return std::accumulate(rejected.begin(), rejected.end(), std::uint64_t{0},
                           [](std::uint64_t sum, const auto& entry) { return sum + entry.second; });
}

SpanSender::Shape SpanSender::shapeOf(std::uint64_t request)
{
    switch (request % 16) {
    case 3:
        return Shape::BrokenSpans;
    case 7:
        return Shape::BrokenBody;
    case 11:
        return Shape::WrongType;
    case 15:
        return Shape::Retry;
    default:
        return Shape::Good;
    }
}

SenderBooks SpanSender::run()
{
    const auto end = std::chrono::steady_clock::now() + m_options.duration;
    Result<StressSocket> socket = StressSocket::connect(m_address, std::chrono::seconds(30));
    for (std::uint64_t request = 0; socket.ok() && std::chrono::steady_clock::now() < end; ++request) {
        if (sendOne(socket.value(), request))
            continue;
        socket = StressSocket::connect(m_address, std::chrono::seconds(30)); // a refusal may end the connection
    }
    if (!socket)
        ++m_books.errors;
    return std::move(m_books);
}

bool SpanSender::sendOne(StressSocket& socket, std::uint64_t request)
{
    Shape shape = shapeOf(request);
    if (shape == Shape::Retry && m_previous.empty())
        shape = Shape::Good;
    const std::size_t traces = std::max<std::size_t>(1, m_options.spansPerBody / kSpansPerStressTrace);
    std::uint64_t good = traces * kSpansPerStressTrace;
    const std::uint64_t broken = shape == Shape::BrokenSpans ? kBrokenSpans : 0;
    std::string body;
    if (shape == Shape::Retry) {
        body = m_previous;
        good = m_previousSpans;
    } else {
        body = stressBody(m_nextTrace.fetch_add(traces), traces, kSpansPerStressTrace, broken);
    }
    if (shape == Shape::BrokenBody)
        body.resize(body.size() - 3);
    m_books.sent += good + broken;
    if (m_options.planted == PlantedFault::Loss && request % 16 == 5) {
        m_books.acknowledged += good; // claims that it was taken, and never sent it
        return true;
    }
    const std::int64_t before = steadyNowNs();
    const HttpAnswer answer =
        socket.ask(exportRequest(m_address, shape == Shape::WrongType ? "text/plain" : kProtobuf, body));
    book(answer, shape, good, broken, steadyNowNs() - before);
    if (answer.status == 200 && shape == Shape::Good) {
        m_previous = std::move(body);
        m_previousSpans = good;
    }
    return answer.status != 0 && answer.head.find("Connection: close") == std::string::npos;
}

void SpanSender::book(const HttpAnswer& answer, Shape shape, std::uint64_t good, std::uint64_t broken,
                      std::int64_t took)
{
    if (answer.status == 0) {
        ++m_books.errors;
        m_books.rejected["no answer"] += good + broken;
        return;
    }
    if (answer.status != 200) {
        m_books.rejected[fmt::format("HTTP {}", answer.status)] += good + broken;
        return;
    }
    m_books.latencies.push_back(took);
    if (broken > 0)
        m_books.rejected["partial success: no trace id"] += broken;
    if (shape == Shape::Retry)
        m_books.rejected["exact retry, stored before"] += good;
    else
        m_books.acknowledged += good;
}

} // namespace tracedeck::stress
