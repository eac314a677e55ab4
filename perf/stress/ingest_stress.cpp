// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/stress/ingest_stress.h"

#include "formats/trace_api_json.h"
#include "perf/stress/span_sender.h"
#include "perf/stress/stress_body.h"
#include "perf/stress/stress_collector.h"

#include <fmt/format.h>
#include <future>
#include <string>
#include <vector>

namespace tracedeck::stress {

namespace {

Result<StoreStatus> statusOf(const StressCollector& collector)
{
    Result<StressSocket> socket = StressSocket::connect(collector.address(), std::chrono::seconds(30));
    if (!socket)
        return socket.error();
    const HttpAnswer answer =
        socket.value().ask(getRequest(collector.address(), "/api/v1/status", collector.ownerToken()));
    return decodeStoreStatus(answer.body);
}

/// Rows of the list: for each trace its number of spans, over all traces that were made.
Result<std::uint64_t> countListed(const StressCollector& collector, std::uint64_t mostPages)
{
    std::uint64_t spans = 0;
    std::string cursor;
    Result<StressSocket> socket = StressSocket::connect(collector.address(), std::chrono::seconds(30));
    if (!socket)
        return socket.error();
    for (std::uint64_t page = 0; page < mostPages; ++page) {
        const std::string target =
            "/api/v1/traces?limit=1000&order=start-asc" + (cursor.empty() ? std::string() : "&cursor=" + cursor);
        const HttpAnswer answer = socket.value().ask(getRequest(collector.address(), target, collector.ownerToken()));
        const Result<TraceListPage> decoded = decodeTraceListPage(answer.body);
        if (!decoded)
            return decoded.error();
        for (std::uint32_t row = 0; row < decoded->traces.rows(); ++row)
            spans += decoded->traces.spanCount[row];
        cursor = decoded->nextCursor;
        if (cursor.empty())
            return spans;
    }
    return makeError(ErrorCode::TooLarge, "list", "the list does not end");
}

void judge(StressReport& report, const SenderBooks& books, const StoreStatus& status, std::uint64_t listed)
{
    const std::uint64_t booked = books.acknowledged + books.rejectedTotal();
    if (books.sent != booked)
        report.problems.push_back(fmt::format("sent {} = acknowledged {} + rejected {} does not hold", books.sent,
                                              books.acknowledged, books.rejectedTotal()));
    if (status.spans != books.acknowledged)
        report.problems.push_back(
            fmt::format("{} spans were acknowledged, {} are stored", books.acknowledged, status.spans));
    if (listed != books.acknowledged)
        report.problems.push_back(
            fmt::format("{} spans were acknowledged, the listed traces have {}", books.acknowledged, listed));
    const auto partial = books.rejected.find("partial success: no trace id");
    if (partial != books.rejected.end() && status.rejected < partial->second)
        report.problems.push_back(
            fmt::format("{} spans were refused one by one, the status counts {}", partial->second, status.rejected));
    if (books.errors > 0)
        report.problems.push_back(fmt::format("{} connections broke", books.errors));
    if (books.acknowledged == 0)
        report.problems.emplace_back("nothing was stored, so nothing was proved");
}

} // namespace

Result<StressReport> runIngestStress(const StressOptions& options)
{
    const auto collector = StressCollector::start(options.listenHost, 0, 1);
    if (!collector)
        return collector.error();
    std::atomic<std::uint64_t> nextTrace{1};
    std::vector<std::future<SenderBooks>> senders;
    const auto begin = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < options.clients; ++i)
        senders.push_back(std::async(
            std::launch::async, [&] { return SpanSender(collector.value()->address(), options, nextTrace).run(); }));
    SenderBooks books;
    for (std::future<SenderBooks>& sender : senders)
        books.add(sender.get());
    StressReport report;
    report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    report.scenario = "ingest";
    report.attempted = options.clients;
    report.failed = std::min<std::uint64_t>(books.errors, options.clients);
    report.successful = report.attempted - report.failed;
    const Result<StoreStatus> status = statusOf(*collector.value());
    if (!status)
        return status.error();
    const Result<std::uint64_t> listed = countListed(*collector.value(), nextTrace.load() / 1000 + 2);
    if (!listed)
        return listed.error();
    report.sent = report.expected = books.sent;
    report.produced = books.acknowledged;
    report.received = report.delivered = status->spans;
    report.rejected = books.rejected;
    report.errors = books.errors;
    const std::uint64_t known = status->spans + books.rejectedTotal();
    report.lost = known < books.sent ? books.sent - known : 0;
    report.duplicates = known > books.sent ? known - books.sent : 0;
    report.latency = summarizeLatency(std::move(books.latencies));
    judge(report, books, *status, *listed);
    return report;
}

} // namespace tracedeck::stress
