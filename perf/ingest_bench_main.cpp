// SPDX-License-Identifier: GPL-3.0-or-later
// tracedeck-ingest-bench: durable ingest and store queries, one JSON line per case.
#include "collector/ingest_pipeline.h"
#include "collector/trace_store.h"
#include "perf/otlp_load.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fmt/core.h>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tracedeck::perf {
namespace {

struct BenchOptions {
    std::uint64_t spans = 1'000'000;
    std::string shape = "all";
    std::string directory;
    bool fullSync = false;
};

double cpuSeconds()
{
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

double wallSeconds()
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// Submits all bodies and waits until the last one is committed. Exits on a refusal.
void ingest(IngestPipeline& pipeline, std::vector<std::string> bodies)
{
    std::vector<std::promise<void>> answers(bodies.size());
    for (std::size_t i = 0; i < bodies.size(); ++i) {
        pipeline.submit({OtlpSignal::Traces, OtlpEncoding::Protobuf, std::move(bodies[i])},
                        [&answers, i](Result<IngestOutcome> outcome) {
                            if (!outcome) {
                                fmt::print(stderr, "refused: {}\n", outcome.error().what);
                                std::exit(1);
                            }
                            answers[i].set_value();
                        });
    }
    for (std::promise<void>& answer : answers) {
        answer.get_future().wait();
    }
}

void measureIngest(IngestPipeline& pipeline, TraceStore& store, OtlpLoad& load, const char* shape, std::uint64_t spans)
{
    constexpr std::size_t kBodiesPerRound = 200;
    double cpu = 0;
    double wall = 0;
    std::uint64_t bodyBytes = 0;
    std::uint64_t done = 0;
    while (done < spans) {
        std::vector<std::string> bodies;
        for (std::size_t i = 0; i < kBodiesPerRound && done < spans; ++i, done += OtlpLoad::kSpansPerBody) {
            bodies.push_back(load.nextBody());
            bodyBytes += bodies.back().size();
        }
        const double cpuBefore = cpuSeconds();
        const double wallBefore = wallSeconds();
        ingest(pipeline, std::move(bodies));
        cpu += cpuSeconds() - cpuBefore;
        wall += wallSeconds() - wallBefore;
    }
    const StoreStatus status = store.status();
    const auto count = static_cast<double>(done);
    fmt::print("{{\"case\":\"ingest/{}\",\"spans\":{},\"spans_per_cpu_s\":{:.0f},\"spans_per_wall_s\":{:.0f},"
               "\"wire_bytes_per_span\":{:.1f},\"stored_bytes_per_span\":{:.1f},\"traces\":{}}}\n",
               shape, done, count / cpu, count / wall, static_cast<double>(bodyBytes) / count,
               static_cast<double>(status.databaseBytes) / count, status.traces);
}

void measureQuery(std::string_view shape, std::string_view name, std::uint64_t spans,
                  const std::function<std::uint64_t(int)>& query)
{
    constexpr int kRuns = 60;
    std::vector<double> times;
    std::uint64_t rows = 0;
    for (int run = 0; run < kRuns; ++run) {
        const double before = wallSeconds();
        rows = query(run);
        times.push_back((wallSeconds() - before) * 1e3);
    }
    const double first = times.front();
    std::sort(times.begin(), times.end());
    fmt::print("{{\"case\":\"query/{}/{}\",\"spans\":{},\"rows\":{},\"median_ms\":{:.3f},\"p95_ms\":{:.3f},"
               "\"first_ms\":{:.3f}}}\n",
               shape, name, spans, rows, times[times.size() / 2], times[times.size() * 95 / 100], first);
}

std::uint64_t pageRows(const TraceStore& store, const TraceListRequest& request)
{
    const Result<TraceListPage> page = store.listTraces(request);
    if (!page) {
        fmt::print(stderr, "page: {}\n", page.error().what);
        std::exit(1);
    }
    return page->traces.rows();
}

std::uint64_t traceBytes(const TraceStore& store, const TraceId& id)
{
    std::uint64_t bytes = 0;
    const Result<void> read = store.readTrace(id, [&bytes](std::string_view body) {
        bytes += body.size();
        return true;
    });
    if (!read) {
        fmt::print(stderr, "trace: {}\n", read.error().what);
        std::exit(1);
    }
    return bytes;
}

void measurePages(const TraceStore& store, const std::string& shape, std::uint64_t spans)
{
    const std::pair<const char*, TraceOrder> orders[] = {{"start", TraceOrder::StartDescending},
                                                         {"duration", TraceOrder::DurationDescending},
                                                         {"spans", TraceOrder::SpansDescending},
                                                         {"errors", TraceOrder::ErrorsDescending}};
    for (const auto& [name, order] : orders) {
        TraceListRequest request;
        request.order = order;
        measureQuery(shape, fmt::format("page-{}", name), spans, [&](int) { return pageRows(store, request); });
        request.cursor = store.listTraces(request)->nextCursor;
        measureQuery(shape, fmt::format("page-2-{}", name), spans, [&](int) { return pageRows(store, request); });
    }
    TraceListRequest errors;
    errors.errorsOnly = true;
    measureQuery(shape, "page-errors-only", spans, [&](int) { return pageRows(store, errors); });
    TraceListRequest query;
    query.query = "duration>4ms service:cart";
    measureQuery(shape, "page-query", spans, [&](int) { return pageRows(store, query); });
}

void runShape(const BenchOptions& options, LoadShape shape, const std::string& name)
{
    StoreOptions storeOptions;
    storeOptions.dataDir = options.directory + "/ingest-bench-" + name;
    storeOptions.fullSync = options.fullSync;
    storeOptions.retentionBytes = std::uint64_t{1} << 40U;
    std::filesystem::remove_all(storeOptions.dataDir);
    Result<std::unique_ptr<TraceStore>> opened = TraceStore::open(storeOptions);
    if (!opened) {
        fmt::print(stderr, "open: {}\n", opened.error().what);
        std::exit(1);
    }
    TraceStore& store = *opened.value();
    auto pipelineOwner = std::make_unique<IngestPipeline>(store, IngestLimits{});
    IngestPipeline& pipeline = *pipelineOwner;
    OtlpLoad load(shape);
    measureIngest(pipeline, store, load, name.c_str(), options.spans);
    const TraceId big = OtlpLoad::traceId(~std::uint64_t{0});
    ingest(pipeline, OtlpLoad::bigTrace(big, 1000));
    measureQuery(name, "status", options.spans, [&](int) { return store.status().traces; });
    measureQuery(name, "services", options.spans, [&](int) { return store.services(true)->size(); });
    measurePages(store, name, options.spans);
    measureQuery(name, "trace-1000-spans", options.spans, [&](int) { return traceBytes(store, big); });
    const std::uint64_t traces = shape == LoadShape::Lone ? options.spans : options.spans / OtlpLoad::kSpansPerTrace;
    measureQuery(name, "trace-any", options.spans, [&](int run) {
        return traceBytes(store, OtlpLoad::traceId(static_cast<std::uint64_t>(run) * traces / 61));
    });
    pipelineOwner.reset();
    opened.value().reset();
    std::filesystem::remove_all(storeOptions.dataDir);
}

int runBench(int argc, char** argv)
{
    BenchOptions options;
    options.directory = (std::filesystem::temp_directory_path() / "tracedeck-ingest-bench").string();
    for (int i = 1; i < argc; ++i) {
        const std::string_view argument = argv[i];
        const bool hasValue = i + 1 < argc;
        if (argument == "--spans" && hasValue) {
            options.spans = std::strtoull(argv[++i], nullptr, 10);
        } else if (argument == "--shape" && hasValue) {
            options.shape = argv[++i];
        } else if (argument == "--dir" && hasValue) {
            options.directory = argv[++i];
        } else if (argument == "--sync-full") {
            options.fullSync = true;
        } else {
            fmt::print(stderr,
                       "usage: tracedeck-ingest-bench [--spans N] [--shape grouped|scattered|lone|all] [--dir DIR]"
                       " [--sync-full]\n");
            return 2;
        }
    }
    const std::pair<const char*, LoadShape> shapes[] = {
        {"grouped", LoadShape::Grouped}, {"scattered", LoadShape::Scattered}, {"lone", LoadShape::Lone}};
    for (const auto& [name, shape] : shapes) {
        if (options.shape == "all" || options.shape == name) {
            runShape(options, shape, name);
        }
    }
    return 0;
}

} // namespace
} // namespace tracedeck::perf

int main(int argc, char** argv)
{
    return tracedeck::perf::runBench(argc, argv);
}
