// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/store_retention.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace tracedeck {
namespace {

// Once over the limit, make some room so that not every commit is followed by a removal.
std::uint64_t lowWater(std::uint64_t limit)
{
    return limit - limit / 20;
}

// Free pages are reused by SQLite anyway; only a real surplus goes back to the file system.
constexpr std::int64_t kSurplusPages = 2048;

} // namespace

std::uint64_t usedBytes(Database& database)
{
    const Result<std::int64_t> pages = database.integerOf("PRAGMA page_count");
    const Result<std::int64_t> free = database.integerOf("PRAGMA freelist_count");
    const Result<std::int64_t> size = database.integerOf("PRAGMA page_size");
    return pages && free && size ? static_cast<std::uint64_t>((*pages - *free) * *size) : 0;
}

bool StoreRetention::step(WriterState& state, bool idle)
{
    if (state.corrupt) {
        return false;
    }
    const std::int64_t now = state.now();
    if (std::exchange(state.limitsChanged, false)) {
        m_phase = Phase::Done; // a pass under way works with the limits of before
        m_nextPassNs = now;
    }
    if (m_phase == Phase::Done) {
        // "now < last" is a clock that was set back: do not wait until it catches up.
        if (now < m_nextPassNs && now >= m_lastPassNs) {
            return false;
        }
        m_lastPassNs = now;
        m_nextPassNs = now + kPassEveryNs;
        enter(Phase::OwnAge, state);
    }
    if (m_phase == Phase::Vacuum) {
        if (!vacuumSlice(state, idle)) {
            m_phase = Phase::Done;
        }
        return m_phase != Phase::Done;
    }
    if (phaseHasWork(state)) {
        const Result<bool> removed = removeSlice(state);
        if (!removed) {
            reportWriteFailure(state, removed.error());
            m_phase = Phase::Done;
            return false;
        }
        if (*removed) {
            return true;
        }
    }
    enter(static_cast<Phase>(static_cast<int>(m_phase) + 1), state);
    return true;
}

void StoreRetention::enter(Phase phase, const WriterState& state)
{
    m_phase = phase;
    m_cursor = {};
    m_rule = {};
    if (phase == Phase::OwnAge) {
        m_rule.receivedBefore = state.now() - state.options.ownRetentionNs;
    } else if (phase == Phase::OtherAge) {
        m_rule.receivedBefore = state.now() - state.options.retentionNs;
    } else if (phase == Phase::Size) {
        // First only traces that ended long ago; one that still grows must not lose its head.
        m_rule.newestRequest = state.counters.lastRequest - state.counters.lastRequest / 16;
    }
}

bool StoreRetention::phaseHasWork(WriterState& state)
{
    if (m_phase == Phase::OwnSize) {
        const std::uint64_t limit = state.options.ownRetentionBytes;
        const auto bytes = static_cast<std::uint64_t>(std::max<std::int64_t>(0, state.counters.ownBytes));
        return bytes > (m_cursor.id == 0 ? limit : lowWater(limit));
    }
    if (m_phase == Phase::Size || m_phase == Phase::SizeAnyTrace) {
        const std::uint64_t limit = state.options.retentionBytes;
        return usedBytes(state.database) > (m_cursor.id == 0 ? limit : lowWater(limit));
    }
    return true;
}

Result<std::vector<StoredRequest>> StoreRetention::oldest(WriterState& state)
{
    const bool own = m_phase == Phase::OwnAge || m_phase == Phase::OwnSize;
    const Result<Statement*> rows = state.database.cached(
        "SELECT id, received_ns, signal FROM request WHERE own = ?1 AND received_ns >= ?2 AND received_ns < ?4"
        " AND (received_ns > ?2 OR id > ?3) ORDER BY received_ns, id LIMIT ?5");
    if (!rows) {
        return rows.error();
    }
    const StatementScope scope(**rows);
    Statement& row = **rows;
    row.bind(1, own ? 1 : 0).bind(2, m_cursor.receivedNs).bind(3, m_cursor.id).bind(4, m_rule.receivedBefore);
    row.bind(5, kSliceRequests);
    std::vector<StoredRequest> requests;
    while (row.next()) {
        requests.push_back({row.integer(0), row.integer(1), static_cast<int>(row.integer(2))});
    }
    return row.ended() ? Result<std::vector<StoredRequest>>(std::move(requests))
                       : Result<std::vector<StoredRequest>>(state.database.failure("find old requests"));
}

Result<bool> StoreRetention::removeSlice(WriterState& state)
{
    const Result<std::vector<StoredRequest>> requests = oldest(state);
    if (!requests) {
        return requests.error();
    }
    if (requests->empty()) {
        return false;
    }
    StoreTransaction transaction(state);
    Result<void> done = transaction.begin();
    for (const StoredRequest& request : *requests) {
        if (done) {
            done = removeFromRequest(state, request, m_rule);
        }
    }
    if (done) {
        done = transaction.commit();
    }
    if (!done) {
        return done.error();
    }
    m_cursor = {requests->back().receivedNs, requests->back().id};
    return true;
}

bool StoreRetention::vacuumSlice(WriterState& state, bool idle)
{
    const Result<std::int64_t> free = state.database.integerOf("PRAGMA freelist_count");
    if (!idle || !free || *free < kSurplusPages) {
        return false;
    }
    return state.database.execute("PRAGMA incremental_vacuum(" + std::to_string(kVacuumPages) + ")").ok();
}

} // namespace tracedeck
