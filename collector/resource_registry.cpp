// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/resource_registry.h"

#include "collector/trace_summary.h"

#include <algorithm>
#include <limits>
#include <mutex>

namespace tracedeck {
namespace {

// A resource in use is written again at most this often; what no stored request is young enough to use, goes.
constexpr std::int64_t kRenewNs = std::int64_t{1'800} * 1'000'000'000;
constexpr std::int64_t kMarginNs = 2 * kRenewNs;
constexpr std::size_t kLengthBytes = 2;

/// The views point into `packed`. Damage ends the list.
ResourceIdentity unpackResource(std::string_view packed)
{
    ResourceIdentity identity{};
    while (packed.size() > kLengthBytes) {
        const auto key = static_cast<std::size_t>(static_cast<unsigned char>(packed[0]));
        const std::size_t length = static_cast<unsigned char>(packed[1])
            | static_cast<std::size_t>(static_cast<unsigned char>(packed[2])) << 8U;
        packed.remove_prefix(1 + kLengthBytes);
        if (key >= kResourceKeyCount || length > packed.size()) {
            break;
        }
        identity[key] = packed.substr(0, length);
        packed.remove_prefix(length);
    }
    return identity;
}

std::int64_t oldestRequest(Database& database)
{
    std::int64_t oldest = std::numeric_limits<std::int64_t>::max();
    for (const char* own : {"0", "1"}) { // each a look at one end of an index
        const Result<std::int64_t> found = database.integerOf(
            std::string("SELECT coalesce(min(received_ns), 9223372036854775807) FROM request WHERE own = ") + own);
        oldest = std::min(oldest, found ? *found : 0);
    }
    return oldest;
}

} // namespace

std::string packResource(const ResourceIdentity& identity)
{
    std::string packed;
    for (std::size_t key = 0; key < kResourceKeyCount; ++key) {
        const std::string_view value = cutSummaryText(identity[key]);
        if (!value.empty()) {
            packed.push_back(static_cast<char>(key));
            packed.push_back(static_cast<char>(value.size() & 0xFFU));
            packed.push_back(static_cast<char>(value.size() >> 8U));
            packed += value;
        }
    }
    return packed;
}

ResourceRegistry::Entry& ResourceRegistry::addEntry(std::uint32_t number, std::string_view packed)
{
    Entry& entry = m_entries[number];
    entry.packed = packed;
    entry.values = unpackResource(entry.packed);
    m_numbers[entry.packed] = number;
    m_last = std::max(m_last, number);
    return entry;
}

Result<void> ResourceRegistry::load(Database& database)
{
    const std::int64_t oldest = oldestRequest(database);
    const std::int64_t bound = oldest - std::min(kMarginNs, oldest);
    Result<Statement> stale = database.prepare("DELETE FROM resource WHERE last_seen_ns < ?");
    Result<Statement> rows = database.prepare("SELECT id, packed, last_seen_ns FROM resource ORDER BY id");
    if (!stale || !rows) {
        return stale ? rows.error() : stale.error();
    }
    if (!stale.value().bind(1, bound).run()) {
        return database.failure("forget old resources");
    }
    const std::unique_lock lock(m_mutex);
    while (rows.value().next()) {
        if (rows.value().integer(0) <= 0 || rows.value().integer(0) > std::numeric_limits<std::uint32_t>::max()) {
            continue;
        }
        Entry& entry = addEntry(static_cast<std::uint32_t>(rows.value().integer(0)), rows.value().blob(1));
        entry.lastSeenNs = rows.value().integer(2);
        entry.stored = true;
    }
    return rows.value().ended() ? Result<void>() : Result<void>(database.failure("read the resources"));
}

std::uint32_t ResourceRegistry::numberOf(std::string_view packed, std::int64_t nowNs)
{
    const auto found = m_numbers.find(packed);
    std::uint32_t number = kFurther;
    if (found != m_numbers.end()) {
        number = found->second;
    } else if (m_numbers.size() < kMaxResources) {
        const std::unique_lock lock(m_mutex);
        number = m_last + 1;
        addEntry(number, packed);
    } else {
        return kFurther;
    }
    const Entry& entry = m_entries.find(number)->second; // only this thread adds
    if (!entry.stored || nowNs - entry.lastSeenNs > kRenewNs) {
        m_pending.insert(number);
        m_pendingNs = std::max(m_pendingNs, nowNs);
    }
    return number;
}

Result<void> ResourceRegistry::store(Database& database)
{
    if (m_pending.empty()) {
        return {};
    }
    const Result<Statement*> put = database.cached("INSERT INTO resource(id, packed, last_seen_ns) VALUES(?1, ?2, ?3)"
                                                   " ON CONFLICT(id) DO UPDATE SET last_seen_ns = ?3");
    if (!put) {
        return put.error();
    }
    for (const std::uint32_t number : m_pending) {
        const Entry& entry = m_entries.find(number)->second;
        (*put)->bind(1, number).bindBlob(2, entry.packed).bind(3, std::max(entry.lastSeenNs, m_pendingNs));
        if (!(*put)->run()) {
            return database.failure("store a resource");
        }
    }
    return {};
}

void ResourceRegistry::publish()
{
    for (const std::uint32_t number : m_pending) {
        Entry& entry = m_entries.find(number)->second;
        entry.lastSeenNs = std::max(entry.lastSeenNs, m_pendingNs);
        entry.stored = true;
    }
    drop();
}

void ResourceRegistry::drop()
{
    m_pending.clear();
    m_pendingNs = 0;
}

void ResourceRegistry::forgetStored()
{
    for (auto& [number, entry] : m_entries) {
        entry.stored = false;
    }
}

void ResourceRegistry::valuesOf(const std::vector<std::uint32_t>& numbers, ResourceValues& into) const
{
    for (std::vector<std::string_view>& values : into) {
        values.clear();
    }
    const std::shared_lock lock(m_mutex);
    for (const std::uint32_t number : numbers) {
        const auto found = m_entries.find(number);
        if (found == m_entries.end()) {
            continue;
        }
        for (std::size_t key = 0; key < kResourceKeyCount; ++key) {
            const std::string_view value = found->second.values[key];
            if (!value.empty() && std::find(into[key].begin(), into[key].end(), value) == into[key].end()) {
                into[key].push_back(value);
            }
        }
    }
}

std::size_t ResourceRegistry::size() const
{
    const std::shared_lock lock(m_mutex);
    return m_entries.size();
}

} // namespace tracedeck
