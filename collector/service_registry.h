// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/packed_list.h"
#include "collector/sqlite_statement.h"
#include "core/store_status.h"

#include <cstdint>
#include <deque>
#include <map>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace tracedeck {

/// Numbers, names and counters of all services. A name used by Tracedeck's own spans and by others has
/// two entries. Changes gather in a pending set on the writer thread; publish() makes them visible after
/// COMMIT, drop() forgets them after a rollback. Names are readable from every thread and never removed,
/// so a reader with an old snapshot still finds them.
class ServiceRegistry {
public:
    /// More distinct names than this share one entry: an attribute used as a service name must not fill memory.
    static constexpr std::size_t kMaxServices = 20'000;
    static constexpr const char* kFurtherName = "(further services)";

    [[nodiscard]] Result<void> load(Database& database);

    // Writer thread.
    [[nodiscard]] std::uint32_t numberOf(std::string_view name, bool own);
    void count(std::uint32_t service, std::int64_t spans, std::int64_t errors, std::int64_t seenNs);
    /// Writes the pending changes inside the running transaction.
    [[nodiscard]] Result<void> store(Database& database);
    void publish();
    void drop();
    /// Pending: every counter back to zero.
    void countNothing();

    // Any thread.
    /// Empty for a number never given. The view lives as long as the registry.
    [[nodiscard]] std::string_view nameOf(std::uint32_t service) const;
    /// Names of the shares of one trace, in their order, under one lock.
    void namesOf(const std::vector<ServiceShare>& shares, std::vector<std::string_view>& into) const;
    /// Services with spans, by name.
    [[nodiscard]] std::vector<ServiceSummary> list(bool includeOwn) const;

private:
    struct Change {
        std::int64_t spans = 0;
        std::int64_t errors = 0;
        std::int64_t seenNs = 0;
    };
    struct Numbers {
        std::unordered_map<std::string, std::uint32_t> byName;
        std::string lastName;
        std::uint32_t last = 0;
        bool hasLast = false;
    };
    std::uint32_t addEntry(std::string_view name, bool own);

    Numbers m_numbers[2]; // others, own
    std::map<std::uint32_t, Change> m_pending;
    mutable std::shared_mutex m_mutex; // guards m_entries
    std::deque<ServiceSummary> m_entries; // by number, never moved; spans and errors as committed
};

} // namespace tracedeck
