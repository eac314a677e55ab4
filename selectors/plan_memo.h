// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/performance_switches.h"

#include <array>
#include <cstdint>
#include <memory>
#include <utility>

namespace tracedeck {

/// How often a memo answered from memory.
struct PlanMemoCounts {
    std::uint64_t hits = 0;
    std::uint64_t misses = 0;
};

/// Remembers what the last two questions about one snapshot gave: two, so that going back and forth between two
/// queries costs nothing. The snapshot is compared by pointer (equal sections keep their pointer) and kept alive, so
/// an address is never taken for another snapshot; another snapshot drops what was remembered, so never more than
/// one is held. The query is compared by value. With performanceSwitches().queryCache off it derives every time.
/// Not thread-safe. Query: any value with operator==; Answer: a value that is cheap to copy.
template <class Query, class Answer> class PlanMemo {
public:
    /// The answer to (snapshot, query); calls derive() -> Answer when it is not remembered.
    template <class Table, class Derive>
    [[nodiscard]] Answer answerFor(const std::shared_ptr<const Table>& snapshot, const Query& query,
                                   const Derive& derive)
    {
        if (m_snapshot != snapshot || !performanceSwitches().queryCache) {
            clear();
        }
        for (std::size_t i = 0; i < m_entries.size(); ++i) {
            if (m_entries[i].known && m_entries[i].query == query) {
                ++m_counts.hits;
                std::swap(m_entries[0], m_entries[i]); // the older entry is the one to give up
                return m_entries[0].answer;
            }
        }
        ++m_counts.misses;
        m_entries[1] = std::move(m_entries[0]);
        m_entries[0] = Entry{query, derive(), true};
        m_snapshot = snapshot;
        return m_entries[0].answer;
    }
    [[nodiscard]] const PlanMemoCounts& counts() const noexcept { return m_counts; }
    /// Forgets everything, so that a snapshot is not kept alive by a page nobody looks at.
    void clear()
    {
        m_entries = {};
        m_snapshot.reset();
    }

private:
    struct Entry {
        Query query{};
        Answer answer{};
        bool known = false;
    };
    std::shared_ptr<const void> m_snapshot;
    std::array<Entry, 2> m_entries;
    PlanMemoCounts m_counts;
};

} // namespace tracedeck
