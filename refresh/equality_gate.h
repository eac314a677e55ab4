// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet_snapshot.h"

#include <cstdint>
#include <string_view>

namespace tracedeck {

/// Decides whether an answer of one source says anything new, cheapest test first. Not thread-safe: one
/// gate per source, used by one fetch at a time.
class EqualityGate {
public:
    struct Outcome {
        bool infrastructureChanged = false;
        bool workloadsChanged = false;
        bool warningsChanged = false;
        [[nodiscard]] bool changed() const noexcept
        {
            return infrastructureChanged || workloadsChanged || warningsChanged;
        }
    };
    struct Counters {
        std::uint64_t sameBytes = 0; ///< ended before decoding
        std::uint64_t unchanged = 0; ///< all sections equal
        std::uint64_t changed = 0;
    };

    /// For sources with a payload: true when it has the length and XXH3-64 of the previous one, so
    /// decoding can be left out. The payload itself is not kept. Cost: one hash over it.
    [[nodiscard]] bool sameBytes(std::string_view payload);

    /// Compares each section deeply with the one admitted before and puts the old pointer in place of an
    /// equal one. Volatile fields do not count. Null sections stand for empty tables.
    [[nodiscard]] Outcome admit(FleetSnapshot& incoming);

    [[nodiscard]] const Counters& counters() const noexcept { return m_counters; }

private:
    FleetSnapshot m_last;
    bool m_hasLast = false;
    std::uint64_t m_bytes = 0;
    std::uint64_t m_hash = 0;
    bool m_hasHash = false;
    Counters m_counters;
};

} // namespace tracedeck
