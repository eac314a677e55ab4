// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace tracedeck {

/// How long turns of an event loop took. Percentiles are of the newest kWindow; memory is fixed, add() costs a store.
class TurnStatistics {
public:
    static constexpr std::size_t kWindow = 1024;

    void add(std::int64_t ns);
    /// All turns so far.
    [[nodiscard]] std::uint64_t count() const noexcept { return m_count; }
    /// The longest of all turns so far, 0 before the first.
    [[nodiscard]] std::int64_t longestNs() const noexcept { return m_longestNs; }
    /// Nearest rank, `percent` from 1 to 100; nothing before the first turn.
    [[nodiscard]] std::optional<std::int64_t> percentileNs(std::size_t percent) const;

private:
    std::array<std::int64_t, kWindow> m_newest{};
    std::uint64_t m_count = 0;
    std::int64_t m_longestNs = 0;
};

} // namespace tracedeck
