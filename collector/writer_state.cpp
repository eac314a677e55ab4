// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/writer_state.h"

#include <algorithm>

namespace tracedeck {
namespace {

std::uint64_t fileBytes(Database& database)
{
    const Result<std::int64_t> pages = database.integerOf("PRAGMA page_count");
    const Result<std::int64_t> size = database.integerOf("PRAGMA page_size");
    return pages && size ? static_cast<std::uint64_t>(*pages) * static_cast<std::uint64_t>(*size) : 0;
}

std::string problemSentence(const Error& error)
{
    switch (error.code) {
    case ErrorCode::StorageFull:
        return "The disk is full: new traces are refused until there is room.";
    case ErrorCode::ReadOnly:
        return "The data directory cannot be written: new traces are refused.";
    case ErrorCode::Corrupt:
        return "The trace database is damaged: it is left as it is and takes no new traces.";
    default:
        return "New traces cannot be stored: " + error.what;
    }
}

} // namespace

Result<void> loadWriterState(WriterState& state)
{
    Result<StoreCounters> counters = loadCounters(state.database);
    if (!counters) {
        return counters.error();
    }
    state.counters = *counters;
    Result<void> loaded = state.services.load(state.database);
    if (loaded) {
        loaded = state.resources.load(state.database);
    }
    if (loaded) {
        loaded = state.history.load(state.database, state.now());
    }
    if (!loaded) {
        return loaded;
    }
    Result<TraceRows> rows = TraceRows::open(state.database);
    if (!rows) {
        return rows.error();
    }
    state.traces = std::make_unique<TraceRows>(std::move(rows).value());
    state.board.setLimits(state.options.retentionNs, state.options.retentionBytes);
    state.board.publish(state.counters, fileBytes(state.database));
    return {};
}

StoreTransaction::~StoreTransaction()
{
    if (m_open) {
        rollBack();
    }
}

Result<void> StoreTransaction::begin()
{
    if (m_state.corrupt) {
        return makeError(ErrorCode::Corrupt, "trace store", "the trace database is damaged",
                         "Move the file away or choose another data directory.");
    }
    Result<void> begun = m_state.database.execute("BEGIN IMMEDIATE");
    m_open = begun.ok();
    return begun;
}

Result<void> StoreTransaction::commit()
{
    const std::uint64_t rejections = m_state.board.unstoredRejections();
    const bool own = std::any_of(m_state.changes.begin(), m_state.changes.end(), [](const auto& c) { return c.own; });
    const bool other =
        std::any_of(m_state.changes.begin(), m_state.changes.end(), [](const auto& c) { return !c.own; });
    m_state.counters.ownGeneration += own || m_state.removed ? 1 : 0;
    m_state.counters.otherGeneration += other || m_state.removed ? 1 : 0;
    m_state.counters.rejected += static_cast<std::int64_t>(rejections);
    Result<void> done = m_state.services.store(m_state.database);
    if (done) {
        done = m_state.resources.store(m_state.database);
    }
    if (done) {
        done = m_state.history.store(m_state.database, m_state.now());
    }
    if (done) {
        done = storeCounters(m_state.database, m_state.counters);
    }
    if (done) {
        done = m_state.database.execute("COMMIT");
    }
    if (!done) {
        rollBack();
        return done;
    }
    m_open = false;
    m_state.services.publish();
    m_state.resources.publish();
    m_state.history.publish();
    m_state.board.rejectionsStored(rejections);
    m_state.board.publish(m_state.counters, fileBytes(m_state.database));
    const bool tell = m_state.listener && (m_state.removed || !m_state.changes.empty());
    const std::vector<TraceChange> changes = m_state.removed ? std::vector<TraceChange>() : std::move(m_state.changes);
    m_state.changes.clear();
    m_state.removed = false;
    if (tell) {
        m_state.listener(changes);
    }
    if (m_state.provisionalListener && !m_state.provisional.empty()) {
        m_state.provisionalListener(m_state.provisional);
    }
    m_state.provisional.clear();
    return {};
}

void StoreTransaction::rollBack()
{
    m_open = false;
    if (m_state.database.inTransaction()) {
        static_cast<void>(m_state.database.execute("ROLLBACK"));
    }
    m_state.services.drop();
    m_state.resources.drop();
    m_state.history.drop();
    m_state.counters = m_state.board.counters();
    m_state.changes.clear();
    m_state.provisional.clear();
    m_state.removed = false;
}

void reportWriteFailure(WriterState& state, const Error& error)
{
    state.corrupt = state.corrupt || error.code == ErrorCode::Corrupt;
    state.board.setProblem(problemSentence(error), error.code == ErrorCode::ReadOnly);
}

} // namespace tracedeck
