// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/macro/collector/load_run.h"

#include "formats/trace_api_json.h"
#include "perf/macro/collector/body_sender.h"
#include "perf/stress/latency_summary.h"
#include "perf/stress/push_clients.h"
#include "perf/stress/stress_collector.h"
#include "perf/stress/stress_socket.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <fmt/format.h>
#include <future>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

namespace tracedeck::perf {

namespace {

using stress::steadyNowNs;
using stress::StressCollector;
using stress::StressSocket;

constexpr std::size_t kKinds = 5;
constexpr std::array<const char*, kKinds> kKindNames{"status", "list", "list-duration", "trace", "services"};

struct QueryTimes {
    std::array<std::vector<std::int64_t>, kKinds> latencies;
    std::array<std::uint64_t, kKinds> errors{};
};

struct IngestTimes {
    std::vector<std::int64_t> latencies;
    std::uint64_t busy = 0; ///< answered 429 or 503 and sent again
    std::uint64_t errors = 0;
};

std::string targetOf(std::size_t kind, std::uint64_t round, std::uint64_t traces)
{
    switch (kind) {
    case 0:
        return "/api/v1/status";
    case 1:
        return "/api/v1/traces?limit=200&no_cache=1";
    case 2:
        return "/api/v1/traces?limit=200&order=duration-desc&no_cache=1";
    case 3:
        return "/api/v1/traces/" + OtlpLoad::traceId(round * 7919 % traces).toHex() + "?format=protobuf&no_cache=1";
    default:
        return "/api/v1/services?no_cache=1";
    }
}

QueryTimes readUntil(const StressCollector& collector, std::uint64_t seed, std::chrono::milliseconds pause,
                     std::uint64_t traces, const std::atomic<bool>& stop)
{
    QueryTimes times;
    auto socket = StressSocket::connect(collector.address(), std::chrono::seconds(60));
    for (std::uint64_t round = seed; socket.ok() && !stop; ++round) {
        const std::size_t kind = round % kKinds;
        const std::string request =
            stress::getRequest(collector.address(), targetOf(kind, round, traces), collector.ownerToken());
        const std::int64_t before = steadyNowNs();
        const int status = socket.value().ask(request).status;
        if (status == 200)
            times.latencies[kind].push_back(steadyNowNs() - before);
        else if (status != 404) // a trace that has not been sent yet
            ++times.errors[kind];
        if (status == 0)
            socket = StressSocket::connect(collector.address(), std::chrono::seconds(60));
        if (pause.count() > 0)
            std::this_thread::sleep_for(pause); // the pace of a reader
    }
    return times;
}

class Readers {
public:
    Readers(const StressCollector& collector, std::size_t count, std::chrono::milliseconds pause, std::uint64_t traces)
    {
        for (std::size_t i = 0; i < count; ++i)
            m_readers.push_back(std::async(std::launch::async, [this, &collector, i, pause, traces] {
                return readUntil(collector, i * 1001, pause, traces, m_stop);
            }));
    }
    QueryTimes finish()
    {
        m_stop = true;
        QueryTimes all;
        for (std::future<QueryTimes>& reader : m_readers) {
            const QueryTimes part = reader.get();
            for (std::size_t kind = 0; kind < kKinds; ++kind) {
                all.latencies[kind].insert(all.latencies[kind].end(), part.latencies[kind].begin(),
                                           part.latencies[kind].end());
                all.errors[kind] += part.errors[kind];
            }
        }
        return all;
    }

private:
    std::atomic<bool> m_stop{false};
    std::vector<std::future<QueryTimes>> m_readers;
};

/// Sends bodies until `spans` are in the store.
class Writers {
public:
    Writers(const StressCollector& collector, OtlpLoad& load, bool grpc)
        : m_collector(collector), m_load(load), m_grpc(grpc)
    { }

    IngestTimes run(std::size_t count, std::uint64_t bodies)
    {
        m_left = static_cast<std::int64_t>(bodies);
        std::vector<std::future<IngestTimes>> writers;
        for (std::size_t i = 0; i < count; ++i)
            writers.push_back(std::async(std::launch::async, [this] { return write(); }));
        IngestTimes all;
        for (std::future<IngestTimes>& writer : writers) {
            const IngestTimes part = writer.get();
            all.latencies.insert(all.latencies.end(), part.latencies.begin(), part.latencies.end());
            all.busy += part.busy;
            all.errors += part.errors;
        }
        return all;
    }

private:
    IngestTimes write()
    {
        IngestTimes times;
        Result<std::unique_ptr<BodySender>> sender = m_grpc
            ? Result<std::unique_ptr<BodySender>>(grpcSender(m_collector.grpcAddress()))
            : httpSender(m_collector.address());
        if (!sender)
            ++times.errors;
        while (sender.ok() && m_left-- > 0) {
            std::string body;
            {
                const std::lock_guard lock(m_mutex);
                body = m_load.nextBody();
            }
            const std::int64_t before = steadyNowNs();
            SendOutcome outcome = sender.value()->send(body);
            for (; outcome == SendOutcome::Busy; outcome = sender.value()->send(body)) {
                ++times.busy;
                std::this_thread::sleep_for(std::chrono::milliseconds(20)); // it asked for patience
            }
            times.latencies.push_back(steadyNowNs() - before);
            if (outcome == SendOutcome::Taken)
                continue;
            ++times.errors;
            break;
        }
        return times;
    }

    const StressCollector& m_collector;
    std::mutex m_mutex;
    OtlpLoad& m_load; ///< under m_mutex
    bool m_grpc;
    std::atomic<std::int64_t> m_left{0};
};

PerfResult resultOf(std::string name, std::vector<std::int64_t> latencies, std::uint64_t errors)
{
    PerfResult result;
    result.suite = "collector";
    result.name = std::move(name);
    result.environment = currentPerfEnvironment();
    const stress::LatencySummary summary = stress::summarizeLatency(std::move(latencies));
    result.samples = summary.samples;
    result.metrics["p50_ms"] = {summary.p50, MetricKind::LatencyMs, true};
    result.metrics["p95_ms"] = {summary.p95, MetricKind::LatencyMs, true};
    result.metrics["p99_ms"] = {summary.p99, MetricKind::LatencyMs, true};
    result.metrics["max_ms"] = {summary.max, MetricKind::LatencyMs, true};
    result.metrics["errors"] = {static_cast<double>(errors), MetricKind::Count, true};
    return result;
}

void addQueries(std::vector<PerfResult>& results, const char* phase, std::uint64_t size, QueryTimes times)
{
    for (std::size_t kind = 0; kind < kKinds; ++kind) {
        if (!times.latencies[kind].empty() || times.errors[kind] > 0)
            results.push_back(resultOf(fmt::format("{}/{}/{}", phase, kKindNames[kind], size),
                                       std::move(times.latencies[kind]), times.errors[kind]));
    }
}

Result<StoreStatus> statusOf(const StressCollector& collector)
{
    auto socket = StressSocket::connect(collector.address(), std::chrono::seconds(60));
    if (!socket)
        return socket.error();
    return decodeStoreStatus(
        socket.value().ask(stress::getRequest(collector.address(), "/api/v1/status", collector.ownerToken())).body);
}

} // namespace

Result<std::vector<PerfResult>> runCollectorLoad(const LoadScenario& scenario)
{
    const auto collector = StressCollector::start("127.0.0.1", 0, 1, scenario.grpc);
    if (!collector)
        return collector.error();
    const StressCollector& server = *collector.value();
    OtlpLoad load(scenario.shape);
    Writers writers(server, load, scenario.grpc);
    std::vector<PerfResult> results;
    std::uint64_t sent = 0;
    for (const std::uint64_t size : scenario.sizes) {
        const std::uint64_t bodies = (size - sent + OtlpLoad::kSpansPerBody - 1) / OtlpLoad::kSpansPerBody;
        const std::uint64_t traces = std::max<std::uint64_t>(1, size / OtlpLoad::kSpansPerTrace);
        Readers during(server, scenario.readers, scenario.readerPause, traces);
        const std::int64_t begin = steadyNowNs();
        IngestTimes ingest = writers.run(scenario.writers, bodies);
        const double seconds = static_cast<double>(steadyNowNs() - begin) / 1e9;
        addQueries(results, "query-during-ingest", size, during.finish());
        const std::uint64_t added = bodies * OtlpLoad::kSpansPerBody;
        sent += added;
        const Result<StoreStatus> status = statusOf(server);
        if (!status)
            return status.error();
        PerfResult result = resultOf(fmt::format("ingest/{}", size), std::move(ingest.latencies), ingest.errors);
        result.metrics["spans_per_second"] = {static_cast<double>(added) / seconds, MetricKind::Rate, false};
        result.metrics["refused_busy"] = {static_cast<double>(ingest.busy), MetricKind::Count, true};
        result.metrics["lost_spans"] = {static_cast<double>(sent) - static_cast<double>(status->spans),
                                        MetricKind::Count, true};
        result.metrics["stored_bytes_per_span_bytes"] = {
            static_cast<double>(status->databaseBytes) / static_cast<double>(sent), MetricKind::Bytes, true};
        results.push_back(std::move(result));
        Readers alone(server, scenario.readers, std::chrono::milliseconds(0), traces);
        std::this_thread::sleep_for(scenario.queryTime); // the length of the measurement
        addQueries(results, "query", size, alone.finish());
    }
    return results;
}

} // namespace tracedeck::perf
