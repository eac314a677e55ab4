// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/row_plan.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

namespace tracedeck {

/// How often a memo answered from memory.
struct PlanMemoCounts {
    std::uint64_t hits = 0;
    std::uint64_t misses = 0;
};

/// Remembers the plans of the last two (snapshot, query) pairs: two, so that going back and forth
/// between two queries costs nothing. The snapshot is compared by pointer (equal sections keep their
/// pointer) and kept alive, so an address is never taken for another snapshot; the query is compared by
/// value. Switched off (`[performance] query_cache`), it derives every time. Not thread-safe.
/// Query: any value type with operator==.
template <class Query> class PlanMemo {
public:
    using Plan = std::shared_ptr<const RowPlan>;

    explicit PlanMemo(bool enabled = true) : m_enabled(enabled) { }

    /// The plan of (snapshot, query); calls derive() -> RowPlan when it is not remembered.
    template <class Table, class Derive>
    [[nodiscard]] Plan planFor(const std::shared_ptr<const Table>& snapshot, const Query& query, const Derive& derive)
    {
        if (m_enabled) {
            for (std::size_t i = 0; i < m_entries.size(); ++i) {
                if (m_entries[i].plan && m_entries[i].snapshot == snapshot && m_entries[i].query == query) {
                    ++m_counts.hits;
                    std::swap(m_entries[0], m_entries[i]); // the older entry is the one to give up
                    return m_entries[0].plan;
                }
            }
        }
        ++m_counts.misses;
        Plan plan = std::make_shared<const RowPlan>(derive());
        if (m_enabled) {
            m_entries[1] = std::move(m_entries[0]);
            m_entries[0] = Entry{snapshot, query, plan};
        }
        return plan;
    }
    [[nodiscard]] const PlanMemoCounts& counts() const noexcept { return m_counts; }
    /// Forgets everything, so that snapshots are not kept alive by a page nobody looks at.
    void clear() { m_entries = {}; }

private:
    struct Entry {
        std::shared_ptr<const void> snapshot;
        Query query{};
        Plan plan;
    };
    std::array<Entry, 2> m_entries;
    PlanMemoCounts m_counts;
    bool m_enabled = true;
};

} // namespace tracedeck
