// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace tracedeck {

/// The span of time a date or time names, half open: a day for a date, a second for hh:mm:ss.
struct MomentRange {
    std::int64_t beginNs = 0; ///< since the Unix epoch, UTC
    std::int64_t endNs = 0;
    bool operator==(const MomentRange&) const = default;
};

/// Reads YYYY-MM-DD[(T|blank)hh:mm[:ss[.fraction]]][Z|±hh:mm]; UTC when no zone is given. Nothing for text
/// that is no such time, dates that do not exist and years outside 1678 … 2261.
[[nodiscard]] std::optional<MomentRange> parseMoment(std::string_view text);

} // namespace tracedeck
