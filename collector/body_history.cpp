// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/body_history.h"

#include <cstdlib>
#include <cstring>
#include <xxhash.h>

namespace tracedeck {

BodyHash hashBody(OtlpSignal signal, OtlpEncoding encoding, std::string_view body)
{
    const std::uint64_t seed = static_cast<std::uint64_t>(signal) * 2 + static_cast<std::uint64_t>(encoding) + 1;
    const XXH128_hash_t hash = XXH3_128bits_withSeed(body.data(), body.size(), seed);
    return {{hash.low64, hash.high64}};
}

Result<void> BodyHistory::load(Database& database, std::int64_t nowNs)
{
    Result<Statement> rows =
        database.prepare("SELECT id, hash, received_ns, accepted, rejected, reason FROM recent_body ORDER BY id");
    if (!rows) {
        return rows.error();
    }
    Statement& row = rows.value();
    while (row.next()) {
        BodyHash hash;
        if (row.blob(1).size() != sizeof(hash.words)) {
            continue;
        }
        std::memcpy(hash.words.data(), row.blob(1).data(), sizeof(hash.words));
        Entry entry{row.integer(2), row.integer(0), {}};
        entry.outcome.accepted = static_cast<std::uint64_t>(row.integer(3));
        entry.outcome.rejected = static_cast<std::uint64_t>(row.integer(4));
        entry.outcome.rejectReason = row.text(5);
        m_lastRow = entry.row;
        m_ages.push_back({hash, entry.receivedNs, entry.row});
        if (std::llabs(nowNs - entry.receivedNs) <= kWindowNs) {
            m_entries.insert_or_assign(hash, std::move(entry));
        }
    }
    return row.ended() ? Result<void>() : Result<void>(database.failure("read the recent bodies"));
}

const IngestOutcome* BodyHistory::find(const BodyHash& hash, std::int64_t nowNs) const
{
    const auto found = m_entries.find(hash);
    // The absolute difference: a clock that was set back must not make old bodies look new for ever.
    if (found == m_entries.end() || std::llabs(nowNs - found->second.receivedNs) > kWindowNs) {
        return nullptr;
    }
    return &found->second.outcome;
}

void BodyHistory::add(const BodyHash& hash, std::int64_t nowNs, const IngestOutcome& outcome)
{
    m_entries.insert_or_assign(hash, Entry{nowNs, m_lastRow + static_cast<std::int64_t>(m_added.size()) + 1, outcome});
    m_added.push_back(hash);
}

bool BodyHistory::expired(const Age& age, std::int64_t nowNs) const
{
    return std::llabs(nowNs - age.receivedNs) > kWindowNs;
}

Result<void> BodyHistory::store(Database& database, std::int64_t nowNs)
{
    const Result<Statement*> insert = database.cached(
        "INSERT INTO recent_body(id, hash, received_ns, accepted, rejected, reason) VALUES(?, ?, ?, ?, ?, ?)");
    if (!insert) {
        return insert.error();
    }
    for (const BodyHash& hash : m_added) {
        const Entry& entry = m_entries.find(hash)->second;
        const std::string_view bytes(reinterpret_cast<const char*>(hash.words.data()), sizeof(hash.words));
        (*insert)->bind(1, entry.row).bindBlob(2, bytes).bind(3, entry.receivedNs);
        (*insert)->bind(4, static_cast<std::int64_t>(entry.outcome.accepted));
        (*insert)->bind(5, static_cast<std::int64_t>(entry.outcome.rejected));
        (*insert)->bindText(6, entry.outcome.rejectReason);
        if (!(*insert)->run()) {
            return database.failure("remember a body");
        }
    }
    m_expiring = 0;
    const std::size_t total = m_ages.size() + m_added.size();
    while (m_expiring < m_ages.size() && (expired(m_ages[m_expiring], nowNs) || total - m_expiring > kMaxEntries)) {
        ++m_expiring;
    }
    if (m_expiring > 0) {
        const Result<Statement*> remove = database.cached("DELETE FROM recent_body WHERE id <= ?");
        if (!remove) {
            return remove.error();
        }
        (*remove)->bind(1, m_ages[m_expiring - 1].row);
        if (!(*remove)->run()) {
            return database.failure("forget old bodies");
        }
    }
    return {};
}

Result<void> BodyHistory::forgetAll(Database& database)
{
    Result<void> done = database.execute("DELETE FROM recent_body");
    if (done) {
        m_entries.clear();
        m_ages.clear();
        m_added.clear();
        m_expiring = 0;
    }
    return done;
}

void BodyHistory::publish()
{
    for (std::size_t i = 0; i < m_expiring; ++i) {
        const auto found = m_entries.find(m_ages.front().hash);
        if (found != m_entries.end() && found->second.row == m_ages.front().row) {
            m_entries.erase(found);
        }
        m_ages.pop_front();
    }
    m_expiring = 0;
    for (const BodyHash& hash : m_added) {
        const Entry& entry = m_entries.find(hash)->second;
        m_ages.push_back({hash, entry.receivedNs, entry.row});
        m_lastRow = entry.row;
    }
    m_added.clear();
}

void BodyHistory::drop()
{
    for (const BodyHash& hash : m_added) {
        m_entries.erase(hash);
    }
    m_added.clear();
    m_expiring = 0;
}

} // namespace tracedeck
