// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/counter_history.h"

namespace tracedeck {

void CounterHistory::beginRound(std::int64_t monotonicNs)
{
    m_previous.swap(m_current);
    m_current.clear();
    m_previousNs = m_nowNs;
    m_nowNs = monotonicNs;
    ++m_rounds;
}

std::optional<double> CounterHistory::elapsedSeconds() const
{
    const std::int64_t elapsedNs = m_nowNs - m_previousNs;
    if (m_rounds < 2 || elapsedNs <= 0 || elapsedNs > 3 * m_interval.count()) {
        return std::nullopt;
    }
    return static_cast<double>(elapsedNs) / 1e9;
}

CounterRates CounterHistory::advance(std::uint64_t key, const CounterReading& reading)
{
    m_current.try_emplace(key, reading);
    const auto before = m_previous.find(key);
    const std::optional<double> elapsed = elapsedSeconds();
    const bool comparable = before != m_previous.end() && elapsed;
    CounterRates rates;
    for (std::size_t i = 0; i < reading.size(); ++i) {
        if (!reading[i]) {
            continue;
        }
        const std::optional<std::uint64_t> earlier = comparable ? before->second[i] : std::nullopt;
        if (earlier && *earlier <= *reading[i]) {
            rates.perSecond[i] = static_cast<double>(*reading[i] - *earlier) / *elapsed;
        } else {
            rates.pending = true;
        }
    }
    return rates;
}

} // namespace tracedeck
