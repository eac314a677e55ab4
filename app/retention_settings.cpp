// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/retention_settings.h"

#include "app/settings_store.h"

#include <algorithm>
#include <cmath>

namespace tracedeck {

const std::array<RetentionFigure, 4>& retentionFigures()
{
    static constexpr std::array<RetentionFigure, 4> kFigures{{{"storage.days", 7, 1, 3650, " d"},
                                                              {"storage.gib", 2, 1, 10'000, " GiB"},
                                                              {"storage.ownHours", 24, 1, 8760, " h"},
                                                              {"storage.ownMib", 50, 1, 100'000, " MiB"}}};
    return kFigures;
}

RetentionLimits retentionFrom(const SettingsStore& settings)
{
    const auto figure = [&settings](std::size_t at) {
        const RetentionFigure& one = retentionFigures()[at];
        const double kept = settings.value(QString::fromLatin1(one.path)).toDouble(one.fallback);
        return static_cast<std::int64_t>(std::llround(std::clamp(kept, one.least, one.most)));
    };
    constexpr std::int64_t kHourNs = std::int64_t{3600} * 1'000'000'000;
    RetentionLimits limits;
    limits.retentionNs = figure(0) * 24 * kHourNs;
    limits.retentionBytes = static_cast<std::uint64_t>(figure(1)) << 30U;
    limits.ownRetentionNs = figure(2) * kHourNs;
    limits.ownRetentionBytes = static_cast<std::uint64_t>(figure(3)) << 20U;
    return limits;
}

} // namespace tracedeck
