// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/stall_log.h"

#include "core/number_format.h"

#include <utility>

namespace tracedeck {

namespace {

constexpr std::int64_t kLinePauseNs = 1'000'000'000;

std::string milliseconds(std::int64_t ns)
{
    return formatDuration(ns).joined();
}

} // namespace

std::string stallText(const Stall& stall)
{
    std::string text = "The window stood still for " + milliseconds(stall.wallNs) + ", " + milliseconds(stall.cpuNs)
        + " of them at work: ";
    if (!stall.stage.empty()) {
        return text + stall.stage + " of " + formatCount(stall.stageRows) + " rows took " + milliseconds(stall.stageNs);
    }
    text += "no stage of a refresh ran";
    return stall.event.empty() ? text : text + "; longest was " + stall.event + ", " + milliseconds(stall.eventNs);
}

std::optional<std::string> StallLog::line(const Stall& stall, std::int64_t nowNs)
{
    ++m_untold;
    if (m_toldNs && nowNs - *m_toldNs < kLinePauseNs) {
        return std::nullopt;
    }
    m_toldNs = nowNs;
    const std::uint64_t stands = std::exchange(m_untold, 0);
    return stands == 1 ? stallText(stall)
                       : stallText(stall) + " (the last of " + formatCount(stands) + " since the line before)";
}

} // namespace tracedeck
