// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace tracedeck {

/// Which rows of a merged table came from one source: those from the end of the source before up to `end`.
struct SourceRows {
    std::size_t end = 0;
    std::int64_t lastGoodNs = 0; ///< when it last answered, ns since the Unix epoch; 0 = never, or not known
    std::string label; ///< for people: "this machine"
    bool operator==(const SourceRows&) const = default;
};

/// The source of a row, by binary search; null for rows beyond the last end. `sources` have ascending ends.
[[nodiscard]] inline const SourceRows* sourceOfRow(const std::vector<SourceRows>& sources, std::size_t row)
{
    const auto found =
        std::upper_bound(sources.begin(), sources.end(), row,
                         [](std::size_t wanted, const SourceRows& source) { return wanted < source.end; });
    return found == sources.end() ? nullptr : &*found;
}

} // namespace tracedeck
