// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/turn_statistics.h"

#include <algorithm>

namespace tracedeck {

void TurnStatistics::add(std::int64_t ns)
{
    m_newest[m_count++ % kWindow] = ns;
    m_longestNs = std::max(m_longestNs, ns);
}

std::optional<std::int64_t> TurnStatistics::percentileNs(std::size_t percent) const
{
    const auto held = static_cast<std::size_t>(std::min<std::uint64_t>(m_count, kWindow));
    if (held == 0) {
        return std::nullopt;
    }
    std::array<std::int64_t, kWindow> sorted = m_newest;
    const std::size_t rank = std::clamp<std::size_t>((held * percent + 99) / 100, 1, held) - 1;
    const auto end = sorted.begin() + static_cast<std::ptrdiff_t>(held);
    std::nth_element(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(rank), end);
    return sorted[rank];
}

} // namespace tracedeck
