// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace tracedeck {

/// Points in time as text. `ns` is since the Unix epoch, UTC; `utcOffsetSeconds` is what the viewer's
/// zone adds at that moment (0 = UTC), passed in because these functions know no clock and no zone.
/// Every int64 is a valid time (years 1677 to 2262); fractions are cut, never rounded up.

/// "10:42:07.318".
[[nodiscard]] std::string formatClockTime(std::int64_t ns, std::int32_t utcOffsetSeconds);
/// "21 Nov 10:42:07.318"; the year stays out because a list spans days, not years.
[[nodiscard]] std::string formatDayAndTime(std::int64_t ns, std::int32_t utcOffsetSeconds);
/// "2026-11-21 10:42:07", the unambiguous form for details.
[[nodiscard]] std::string formatDateAndTime(std::int64_t ns, std::int32_t utcOffsetSeconds);
/// ISO 8601 in UTC with as many digits as the value needs (0, 3, 6 or 9): "2026-11-21T10:42:07.318Z".
[[nodiscard]] std::string formatIsoUtc(std::int64_t ns);

} // namespace tracedeck
