// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/sqlite_statement.h"
#include "core/resource_identity.h"

#include <array>
#include <cstdint>
#include <set>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tracedeck {

/// A resource as one text: per key that has a value the key's number, the length and the bytes. Equal
/// identities give equal texts. Values are cut to kMaxSummaryText bytes.
[[nodiscard]] std::string packResource(const ResourceIdentity& identity);

/// Numbers for what resources say about their place (host, container, pod …). A trace keeps the numbers of
/// its resources, so a row stays small and a value is stored once. Changes gather in a pending set on the
/// writer thread as in ServiceRegistry; values are readable from every thread and stay while the store is open.
class ResourceRegistry {
public:
    /// More distinct resources than this get no number: process ids must not fill memory.
    static constexpr std::size_t kMaxResources = 50'000;
    /// Stands for "one that is not kept".
    static constexpr std::uint32_t kFurther = 0;

    /// Reads all entries that a stored request can still need; forgets the rest for good.
    [[nodiscard]] Result<void> load(Database& database);

    // Writer thread.
    /// kFurther when there is no room. The number of an empty text is not asked for.
    [[nodiscard]] std::uint32_t numberOf(std::string_view packed, std::int64_t nowNs);
    /// Writes the pending entries inside the running transaction.
    [[nodiscard]] Result<void> store(Database& database);
    void publish();
    void drop();
    /// The table was emptied: entries are written again when they are used again.
    void forgetStored();

    // Any thread.
    /// Distinct values of these resources by key; numbers that are not known are passed over. The views
    /// live as long as the registry.
    void valuesOf(const std::vector<std::uint32_t>& numbers, ResourceValues& into) const;
    [[nodiscard]] std::size_t size() const;

private:
    struct Entry {
        std::string packed;
        ResourceIdentity values{}; ///< views into `packed`
        std::int64_t lastSeenNs = 0; ///< as stored; writer thread only
        bool stored = false; ///< writer thread only
    };
    Entry& addEntry(std::uint32_t number, std::string_view packed);

    std::unordered_map<std::string_view, std::uint32_t> m_numbers; ///< keys point into entries; writer thread only
    std::uint32_t m_last = 0;
    std::set<std::uint32_t> m_pending;
    std::int64_t m_pendingNs = 0;
    mutable std::shared_mutex m_mutex; // guards m_entries
    std::unordered_map<std::uint32_t, Entry> m_entries; // nodes never move
};

} // namespace tracedeck
