// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/trace_store.h"

#include "collector/store_schema.h"
#include "collector/trace_list_page.h"
#include "collector/trace_reader.h"
#include "collector/trace_store_impl.h"

#include <chrono>
#include <utility>

namespace tracedeck {
namespace {

// A query that matches little answers after this long with what it has and a cursor to go on.
constexpr std::int64_t kScanBudgetNs = 150'000'000;
constexpr const char* kDatabaseName = "/traces.db";

std::int64_t systemNow()
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

/// Takes everything out in one go, or trace by trace around the pinned ones.
Result<void> clearStore(WriterState& state, bool includePinned)
{
    const Result<std::int64_t> pinned =
        state.database.integerOf("SELECT count(*) FROM (SELECT 1 FROM trace WHERE pinned = 1 LIMIT 1)");
    if (!pinned) {
        return pinned.error();
    }
    StoreTransaction transaction(state);
    Result<void> done = transaction.begin();
    if (done && (includePinned || *pinned == 0)) {
        done = removeAll(state);
    } else if (done) {
        done = removeUnpinned(state);
    }
    if (done) {
        done = state.history.forgetAll(state.database);
    }
    if (done) {
        done = transaction.commit();
    }
    if (done) {
        done = state.database.execute("PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE)");
    }
    return done;
}

} // namespace

TraceStore::Impl::Impl(const StoreOptions& storeOptions)
    : options(storeOptions), path(storeOptions.dataDir + kDatabaseName), marker(storeOptions.dataDir), readers(path)
{ }

TraceStore::Impl::~Impl()
{
    check.reset();
    if (writer) {
        writer->runAndWait([](WriterState& state) { state.provisionalListener = nullptr; });
        compaction.reset(); // it posts to the writer
        writer->stop();
        if (!writer->foundDamage()) {
            marker.remove();
        }
    }
}

TraceStore::TraceStore(std::unique_ptr<Impl> impl) : m_impl(std::move(impl))
{ }

TraceStore::~TraceStore() = default;

Result<std::unique_ptr<TraceStore>> TraceStore::open(StoreOptions options)
{
    if (!options.now) {
        options.now = systemNow;
    }
    if (Result<void> ready = prepareDataDirectory(options.dataDir); !ready) {
        return ready.error();
    }
    auto impl = std::make_unique<Impl>(options);
    Result<Database> database = openStoreDatabase(impl->path, options.fullSync);
    if (!database) {
        return database.error();
    }
    auto state = std::make_unique<WriterState>(options, std::move(database).value(), impl->services, impl->resources,
                                               impl->board);
    if (Result<void> loaded = loadWriterState(*state); !loaded) {
        return loaded.error();
    }
    const Result<std::int64_t> lastRow = state->database.integerOf(StoreCompaction::kLastTraceRow);
    if (!lastRow) {
        return lastRow.error();
    }
    const Result<bool> unclean = impl->marker.set();
    if (!unclean) {
        return unclean.error();
    }
    Impl& parts = *impl;
    parts.writer = std::make_unique<StoreWriter>(std::move(state));
    parts.compaction = std::make_unique<StoreCompaction>(parts.path, *parts.writer, options.now, *lastRow);
    parts.writer->runAndWait([compaction = parts.compaction.get()](WriterState& running) {
        running.provisionalListener = [compaction](const std::vector<TraceId>& traces) { compaction->touched(traces); };
    });
    if (*unclean) {
        parts.check = std::make_unique<IntegrityCheck>(parts.path, [&parts](const std::string& what) {
            parts.writer->post([what](WriterState& damaged) {
                reportWriteFailure(damaged, makeError(ErrorCode::Corrupt, "trace store", what));
            });
        });
    }
    return std::unique_ptr<TraceStore>(new TraceStore(std::move(impl)));
}

Result<TraceListPage> TraceStore::listTraces(const TraceListRequest& request) const
{
    const Result<ReaderPool::Lease> reader = m_impl->readers.borrow();
    if (!reader) {
        return reader.error();
    }
    const StoreCounters counters = m_impl->board.counters();
    const std::int64_t total = counters.otherTraces + (request.includeOwn ? counters.ownTraces : 0);
    return readTraceListPage(**reader, {m_impl->services, m_impl->resources}, request,
                             {static_cast<std::uint64_t>(total), m_impl->options.now(), kScanBudgetNs});
}

Result<void> TraceStore::readTrace(const TraceId& id, const std::function<bool(std::string_view)>& sink) const
{
    const Result<ReaderPool::Lease> reader = m_impl->readers.borrow();
    if (!reader) {
        return reader.error();
    }
    Result<std::optional<ExactSummary>> read = streamTrace(**reader, id, sink);
    if (!read) {
        return read.error();
    }
    if (std::optional<ExactSummary> counted = std::move(read).value()) {
        m_impl->writer->post([id, exact = std::move(*counted)](WriterState& state) {
            if (const Result<void> applied = applyExactSummary(state, id, exact); !applied) {
                reportWriteFailure(state, applied.error());
            }
        });
    }
    return {};
}

Result<void> TraceStore::readLogs(const TraceId& id, const std::function<bool(std::string_view)>& sink) const
{
    const Result<ReaderPool::Lease> reader = m_impl->readers.borrow();
    return reader ? streamLogs(**reader, id, sink) : Result<void>(reader.error());
}

Result<std::vector<ServiceSummary>> TraceStore::services(bool includeOwn) const
{
    return m_impl->services.list(includeOwn);
}

StoreStatus TraceStore::status() const
{
    return m_impl->board.status();
}

void TraceStore::noteRejected(const std::string& reason)
{
    m_impl->board.noteRejected(1, reason, m_impl->options.now());
}

void TraceStore::setPinned(const TraceId& id, bool pinned)
{
    m_impl->writer->runAndWait([&id, pinned](WriterState& state) {
        if (const Result<void> done = pinTrace(state, id, pinned); !done) {
            reportWriteFailure(state, done.error());
        }
    });
}

Result<void> TraceStore::clear(bool includePinned)
{
    Result<void> done = makeError(ErrorCode::Busy, "trace store", "the collector is stopping", {}, true);
    m_impl->writer->runAndWait([&](WriterState& state) { done = clearStore(state, includePinned); });
    return done;
}

void TraceStore::setRetention(const RetentionLimits& limits)
{
    m_impl->writer->post([limits](WriterState& state) {
        static_cast<RetentionLimits&>(state.options) = limits;
        state.board.setLimits(limits.retentionNs, limits.retentionBytes);
        state.limitsChanged = true;
    });
}

void TraceStore::setChangeListener(std::function<void(const std::vector<TraceChange>&)> listener)
{
    m_impl->writer->runAndWait([&](WriterState& state) { state.listener = std::move(listener); });
}

} // namespace tracedeck
