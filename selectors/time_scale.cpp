// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/time_scale.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace tracedeck {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

std::int64_t niceStep(double wanted)
{
    if (wanted > static_cast<double>(kSecond)) {
        constexpr std::array<std::int64_t, 17> kSeconds{1,   2,    5,    10,   20,   30,    60,    120,  300,
                                                        600, 1200, 1800, 3600, 7200, 21600, 43200, 86400};
        for (const std::int64_t seconds : kSeconds) {
            if (static_cast<double>(seconds * kSecond) >= wanted) {
                return seconds * kSecond;
            }
        }
        const double days = std::ceil(wanted / (86400.0 * static_cast<double>(kSecond)));
        return static_cast<std::int64_t>(days) * 86400 * kSecond;
    }
    std::int64_t power = 1;
    while (static_cast<double>(power * 10) < wanted) {
        power *= 10;
    }
    for (const std::int64_t factor : {1, 2, 5, 10}) {
        if (static_cast<double>(power * factor) >= wanted) {
            return power * factor;
        }
    }
    return power * 10;
}

TimeWindow keepInside(std::int64_t begin, std::int64_t length, const TimeWindow& limits)
{
    length = std::clamp<std::int64_t>(length, 1, std::max<std::int64_t>(limits.lengthNs(), 1));
    begin = std::clamp(begin, limits.beginNs, std::max(limits.beginNs, limits.endNs - length));
    return {begin, begin + length};
}

} // namespace

double pixelOfTime(const TimeWindow& window, double width, std::int64_t timeNs)
{
    const double length = static_cast<double>(std::max<std::int64_t>(window.lengthNs(), 1));
    return static_cast<double>(timeNs - window.beginNs) / length * std::max(width, 1.0);
}

std::int64_t timeOfPixel(const TimeWindow& window, double width, double pixel)
{
    const double length = static_cast<double>(std::max<std::int64_t>(window.lengthNs(), 1));
    return window.beginNs + static_cast<std::int64_t>(std::llround(pixel / std::max(width, 1.0) * length));
}

TimeWindow zoomAround(const TimeWindow& window, double factor, std::int64_t anchorNs, const TimeWindow& limits,
                      std::int64_t minimumNs)
{
    const double length = static_cast<double>(std::max<std::int64_t>(window.lengthNs(), 1));
    const double wanted = std::clamp(length * factor, static_cast<double>(std::min(minimumNs, limits.lengthNs())),
                                     static_cast<double>(std::max<std::int64_t>(limits.lengthNs(), 1)));
    const double share = static_cast<double>(anchorNs - window.beginNs) / length;
    const auto begin = anchorNs - static_cast<std::int64_t>(std::llround(share * wanted));
    return keepInside(begin, static_cast<std::int64_t>(std::llround(wanted)), limits);
}

TimeWindow panBy(const TimeWindow& window, std::int64_t deltaNs, const TimeWindow& limits)
{
    return keepInside(window.beginNs + deltaNs, window.lengthNs(), limits);
}

std::vector<std::int64_t> timeTicks(const TimeWindow& window, std::int64_t originNs, int maximum)
{
    std::vector<std::int64_t> ticks;
    if (maximum < 1 || window.lengthNs() < 1) {
        return ticks;
    }
    const std::int64_t step = niceStep(static_cast<double>(window.lengthNs()) / maximum);
    const std::int64_t offset = window.beginNs - originNs;
    std::int64_t first = offset / step * step;
    if (first < offset) {
        first += step;
    }
    for (std::int64_t at = first; originNs + at < window.endNs && static_cast<int>(ticks.size()) <= maximum;
         at += step) {
        ticks.push_back(originNs + at);
    }
    return ticks;
}

} // namespace tracedeck
