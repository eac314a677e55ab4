// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/engine_rates.h"

namespace tracedeck {
namespace {

constexpr std::int64_t kLongestNs = 60'000'000'000;

std::optional<double> perSecond(const std::optional<std::uint64_t>& before, const std::optional<std::uint64_t>& now,
                                double seconds)
{
    if (!before || !now || *now < *before) {
        return std::nullopt;
    }
    return static_cast<double>(*now - *before) / seconds;
}

} // namespace

EngineRates engineRates(const EngineSample& before, std::int64_t beforeNs, const EngineSample& now, std::int64_t nowNs,
                        const EngineRates& previous)
{
    const std::int64_t elapsed = nowNs - beforeNs;
    if (elapsed == 0) {
        return previous;
    }
    EngineRates rates;
    if (elapsed < 0 || elapsed > kLongestNs) {
        return rates;
    }
    constexpr double kNsPerSec = 1e9;
    const double seconds = static_cast<double>(elapsed) / kNsPerSec;
    rates.pending = false;
    if (const auto nsPerSec = perSecond(before.cpuNs, now.cpuNs, seconds)) {
        rates.cpus = *nsPerSec / kNsPerSec;
    }
    rates.rxBytesPerSec = perSecond(before.rxBytes, now.rxBytes, seconds);
    rates.txBytesPerSec = perSecond(before.txBytes, now.txBytes, seconds);
    rates.readBytesPerSec = perSecond(before.readBytes, now.readBytes, seconds);
    rates.writeBytesPerSec = perSecond(before.writtenBytes, now.writtenBytes, seconds);
    return rates;
}

} // namespace tracedeck
