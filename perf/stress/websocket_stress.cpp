// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/stress/websocket_stress.h"

#include "perf/stress/push_clients.h"
#include "perf/stress/stress_collector.h"
#include "perf/stress/trace_producers.h"

#include <fmt/format.h>
#include <functional>
#include <thread>

namespace tracedeck::stress {

namespace {

constexpr std::size_t kMostStreamsNamed = 10;

/// Waits until `done` says so, at most `patience`.
bool waitFor(std::chrono::milliseconds patience, const std::function<bool()>& done)
{
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (!done()) {
        if (std::chrono::steady_clock::now() > deadline)
            return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return true;
}

/// Connects client after client, spread over the tokens so that all but the last are full.
void connectAll(PushClients& clients, const StressCollector& collector, const StressOptions& options,
                StressReport& report)
{
    for (std::size_t i = 0; i < options.clients; ++i) {
        const std::string& token = collector.readTokens()[i / options.perClientCap];
        ++report.attempted;
        const bool connected = clients.connect(collector.address(), token, i < options.slowClients).status == 101;
        ++(connected ? report.successful : report.failed);
        std::this_thread::sleep_for(options.stagger);
    }
}

/// One client too many on every full token: each must be refused, with a reason.
void tryOverCap(PushClients& clients, const StressCollector& collector, const StressOptions& options,
                StressReport& report)
{
    for (std::size_t token = 0; token < options.clients / options.perClientCap; ++token) {
        ++report.overCapAttempted;
        const HttpAnswer answer = clients.connect(collector.address(), collector.readTokens()[token], false);
        if (answer.status == 101)
            continue;
        ++report.overCapRefused;
        report.overCapStatus = answer.status;
        report.overCapReason = answer.body;
    }
}

void keepBooks(const PushClients& clients, std::uint64_t produced, std::uint64_t marker, StressReport& report)
{
    std::size_t index = 0;
    for (const auto& client : clients.clients()) {
        const DeliveryLedger& ledger = client->ledger;
        const std::uint64_t known = ledger.delivered() + ledger.dropped();
        const std::uint64_t missing = known < produced ? produced - known : 0;
        // What stands before the marker in the queue cannot come any more once the marker has come.
        const bool over = client->gone || ledger.has(marker);
        report.expected += produced;
        report.delivered += ledger.delivered();
        report.dropped["resync"] += ledger.dropped();
        report.duplicates += ledger.duplicates();
        report.sequenceGaps += ledger.gaps();
        (over ? report.lost : report.inFlight) += missing;
        const bool tooMany = known > produced || ledger.strangers() > 0;
        if ((missing > 0 || tooMany || ledger.duplicates() + ledger.gaps() > 0)
            && report.problems.size() < kMostStreamsNamed)
            report.problems.push_back(
                fmt::format("stream {}: produced {} = delivered {} + dropped {} + {} {} does not hold, {} duplicates, "
                            "{} gaps, {} unknown",
                            index, produced, ledger.delivered(), ledger.dropped(), over ? "lost" : "in flight", missing,
                            ledger.duplicates(), ledger.gaps(), ledger.strangers()));
        ++index;
    }
    report.received = report.delivered;
}

void judge(StressReport& report)
{
    if (report.failed > 0)
        report.problems.push_back(fmt::format("{} connections within the cap failed", report.failed));
    if (report.errors > 0)
        report.problems.push_back(fmt::format("{} connections or messages broke", report.errors));
    if (report.overCapRefused != report.overCapAttempted)
        report.problems.push_back(
            fmt::format("{} connections over the cap were let in", report.overCapAttempted - report.overCapRefused));
    else if (report.overCapAttempted > 0 && (report.overCapStatus != 429 || report.overCapReason.empty()))
        report.problems.emplace_back("the refusal over the cap gave no reason");
    if (report.produced == 0)
        report.problems.emplace_back("nothing was produced, so nothing was proved");
}

} // namespace

Result<StressReport> runWebSocketStress(const StressOptions& options)
{
    const auto collector = StressCollector::start(options.listenHost, options.tokens(), options.perClientCap);
    if (!collector)
        return collector.error();
    StressReport report;
    report.scenario = "ws";
    report.tokens = options.tokens();
    report.perClientCap = options.perClientCap;
    const auto seconds = static_cast<std::size_t>(options.duration.count() + 999) / 1000;
    SendTimes times(options.rate * (seconds + 1) + options.rate + 16);
    PushClients clients(times, options.planted);
    connectAll(clients, *collector.value(), options, report);
    tryOverCap(clients, *collector.value(), options, report);
    clients.start();
    if (!waitFor(options.settle, [&] { return clients.allOpened(); }))
        report.problems.emplace_back("not every client was greeted");

    TraceProducers producers(collector.value()->address(), times);
    const auto begin = std::chrono::steady_clock::now();
    const ProducerTotals totals = producers.run(options.rate, options.duration);
    report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    const bool marked = producers.sendMarker();
    if (!marked)
        report.problems.emplace_back("the closing trace could not be sent");
    report.sent = totals.sent + (marked ? 1 : 0);
    report.produced = totals.acknowledged + (marked ? 1 : 0);
    report.rejected = totals.rejected;
    clients.release();
    // Whether it settles or not, the books say what is missing.
    static_cast<void>(
        waitFor(options.settle, [&] { return clients.allSettled(report.produced, producers.lastNumber()); }));
    clients.stop();
    report.errors = clients.errors() + totals.errors;
    keepBooks(clients, report.produced, producers.lastNumber(), report);
    report.latency = summarizeLatency(clients.latencies());
    judge(report);
    return report;
}

} // namespace tracedeck::stress
