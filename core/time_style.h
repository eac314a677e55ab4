// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace tracedeck {

/// How points in time are shown. Views of one moment in detail always name the date as well.
struct TimeStyle {
    enum class Kind : std::uint8_t { Local, Utc, Relative };
    Kind kind = Kind::Local;
    std::int32_t localOffsetSeconds = 0; ///< what the viewer's zone adds to UTC

    /// Offset for clock times; a relative style shows clock times (in details) in the local zone.
    [[nodiscard]] std::int32_t offsetSeconds() const { return kind == Kind::Utc ? 0 : localOffsetSeconds; }
    bool operator==(const TimeStyle&) const = default;
};

} // namespace tracedeck
