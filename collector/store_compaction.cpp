// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/store_compaction.h"

#include "core/log.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace tracedeck {

namespace {

constexpr std::size_t kMostWaiting = 200'000;
constexpr std::size_t kMostCachedSpans = 500'000;
/// Counting a trace anew holds all its span ids; a larger one is counted when somebody reads it.
constexpr std::uint32_t kLargestRecount = 2'000'000;
/// Rows looked at in one step of the sweep.
constexpr std::int64_t kSweepRows = 4000;
constexpr auto kLookAgain = std::chrono::milliseconds(250);

/// The sums of these traces are right: says so, unless more came since they were looked at.
Result<void> confirm(WriterState& state, const std::vector<std::pair<TraceId, std::uint32_t>>& traces)
{
    StoreTransaction transaction(state);
    Result<void> done = transaction.begin();
    for (const auto& [trace, partCount] : traces) {
        TraceRow row;
        if (done)
            done = state.traces->find(trace, row);
        if (!done || row.id == 0 || row.exact || row.partCount != partCount)
            continue;
        row.exact = true;
        done = state.traces->update(row.summary, row);
        state.changes.push_back({trace, false, row.summary.own});
    }
    return done && !state.changes.empty() ? transaction.commit() : done;
}

} // namespace

StoreCompaction::StoreCompaction(std::string databasePath, StoreWriter& writer, std::function<std::int64_t()> now,
                                 std::int64_t lastRow)
    : m_path(std::move(databasePath)),
      m_writer(writer),
      m_now(std::move(now)),
      m_cache(kMostCachedSpans),
      m_sweepTo(lastRow),
      m_waiting(kQuietNs, kMostWaiting),
      m_thread([this] { run(); })
{ }

StoreCompaction::~StoreCompaction()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

void StoreCompaction::touched(const std::vector<TraceId>& traces)
{
    const std::int64_t now = m_now();
    const std::scoped_lock lock(m_mutex);
    for (const TraceId& trace : traces)
        m_sweepNeeded = !m_waiting.touch(trace, now) || m_sweepNeeded;
    m_wake.notify_one();
}

void StoreCompaction::run()
{
    Result<std::unique_ptr<StoreReader>> reader = StoreReader::open(m_path);
    if (!reader) {
        Log::write(LogLevel::Warning, "store", "summaries stay provisional: " + reader.error().what);
        return;
    }
    m_reader = std::move(reader).value();
    // Of this thread only: whoever sends or reads comes first.
    ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), 10);
    for (std::vector<TraceId> batch; waitForWork(batch); batch.clear()) {
        std::vector<Finding> findings;
        for (const TraceId& trace : batch) {
            if (m_stopping)
                return;
            if (std::optional<Finding> finding = look(trace))
                findings.push_back(std::move(*finding));
        }
        if (!findings.empty())
            apply(findings);
    }
}

/// Fills `batch` with traces to look at; false when it is time to end.
bool StoreCompaction::waitForWork(std::vector<TraceId>& batch)
{
    std::unique_lock lock(m_mutex);
    const auto sweeping = [this] { return m_sweepNeeded || m_sweepFrom < m_sweepTo; };
    while (!m_stopping) {
        bool swept = false;
        if (!m_writer.busy()) {
            // What was found waits in memory, so the next rows are looked at when there is room.
            swept = sweeping() && m_waiting.size() < static_cast<std::size_t>(kSweepRows);
            if (swept) {
                lock.unlock();
                sweep();
                lock.lock();
            }
            batch = m_waiting.takeQuiet(m_now(), kBatch);
            if (!batch.empty())
                return true;
        }
        // The store's clock is not the one condition variables know, so it is looked at now and then.
        if (m_waiting.empty() && !sweeping())
            m_wake.wait(lock, [&] { return m_stopping || !m_waiting.empty() || sweeping(); });
        else if (!swept)
            m_wake.wait_for(lock, kLookAgain);
    }
    return false;
}

void StoreCompaction::sweep()
{
    {
        const std::scoped_lock lock(m_mutex);
        if (std::exchange(m_sweepNeeded, false)) {
            const Result<std::int64_t> last = m_reader->database().integerOf(kLastTraceRow);
            m_sweepFrom = 0;
            m_sweepTo = last ? *last : 0;
        }
    }
    const Result<Statement*> rows =
        m_reader->database().cached("SELECT trace_id FROM trace WHERE id > ?1 AND id <= ?2 AND exact = 0 ORDER BY id");
    std::vector<TraceId> found;
    if (rows && m_sweepFrom < m_sweepTo) {
        const StatementScope scope(**rows);
        (*rows)->bind(1, m_sweepFrom).bind(2, m_sweepFrom + kSweepRows);
        while ((*rows)->next()) {
            TraceId trace;
            const std::string_view bytes = (*rows)->blob(0);
            if (bytes.size() == trace.bytes.size())
                std::copy(bytes.begin(), bytes.end(), trace.bytes.begin());
            found.push_back(trace);
        }
    }
    m_sweepFrom = rows ? std::min(m_sweepFrom + kSweepRows, m_sweepTo) : m_sweepTo;
    const std::int64_t longAgo = m_now() - kQuietNs;
    const std::scoped_lock lock(m_mutex);
    for (const TraceId& trace : found)
        m_sweepNeeded = !m_waiting.touch(trace, longAgo) || m_sweepNeeded;
}

std::optional<StoreCompaction::Known> StoreCompaction::find(const TraceId& trace)
{
    const Result<Statement*> row = m_reader->database().cached(
        "SELECT exact, part_count, spans, full_parts, parts, id FROM trace WHERE trace_id = ?");
    const Result<Statement*> chunks =
        m_reader->database().cached("SELECT parts FROM trace_part WHERE trace = ? ORDER BY sequence");
    if (!row || !chunks)
        return std::nullopt;
    const StatementScope rowScope(**row); // holds the read transaction, so row and chunks are of one moment
    const StatementScope chunkScope(**chunks);
    if (!(*row)->bindBlob(1, bytesOf(trace)).next())
        return std::nullopt;
    Known known;
    known.exact = (*row)->integer(0) != 0;
    known.partCount = static_cast<std::uint32_t>((*row)->integer(1));
    known.spans = static_cast<std::uint32_t>((*row)->integer(2));
    if ((*row)->integer(3) > 0) {
        (*chunks)->bind(1, (*row)->integer(5));
        while ((*chunks)->next())
            unpackParts((*chunks)->blob(0), known.parts);
    }
    unpackParts((*row)->blob(4), known.parts);
    return known;
}

std::optional<StoreCompaction::Finding> StoreCompaction::look(const TraceId& trace)
{
    const std::optional<Known> known = find(trace);
    if (!known || known->exact || known->spans > kLargestRecount)
        return std::nullopt;
    std::vector<std::uint64_t> spans;
    spans.reserve(known->spans);
    for (const TracePart& part : known->parts) {
        // Where a request is gone or damaged the counts stay what they are: provisional.
        if (m_stopping || !m_cache.collect(m_reader->bodies(), part.request, trace, spans))
            return std::nullopt;
    }
    std::sort(spans.begin(), spans.end());
    Finding finding{trace, known->partCount, std::nullopt};
    if (std::adjacent_find(spans.begin(), spans.end()) == spans.end())
        return finding;
    Result<std::optional<ExactSummary>> counted =
        streamTrace(*m_reader, trace, [this](std::string_view) { return !m_stopping; });
    if (counted)
        finding.recount = std::move(counted).value();
    return finding.recount ? std::optional(std::move(finding)) : std::nullopt;
}

void StoreCompaction::apply(const std::vector<Finding>& findings)
{
    m_writer.runAndWait([&findings](WriterState& state) {
        std::vector<std::pair<TraceId, std::uint32_t>> confirmed;
        for (const Finding& finding : findings) {
            if (!finding.recount)
                confirmed.emplace_back(finding.trace, finding.partCount);
        }
        Result<void> done = confirmed.empty() ? Result<void>() : confirm(state, confirmed);
        for (const Finding& finding : findings) {
            if (done && finding.recount)
                done = applyExactSummary(state, finding.trace, *finding.recount);
        }
        if (!done)
            reportWriteFailure(state, done.error());
    });
}

} // namespace tracedeck
