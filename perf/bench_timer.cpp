// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/bench_timer.h"

#include <algorithm>
#include <ctime>

namespace tracedeck {
namespace {

double nowMs(clockid_t clock)
{
    timespec now{};
    clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

double medianOf(std::vector<double> values)
{
    if (values.empty()) {
        return 0;
    }
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

} // namespace

void BenchTimer::start()
{
    m_wallStart = nowMs(CLOCK_MONOTONIC);
    m_cpuStart = nowMs(CLOCK_THREAD_CPUTIME_ID);
}

void BenchTimer::stop()
{
    m_cpu.push_back(nowMs(CLOCK_THREAD_CPUTIME_ID) - m_cpuStart);
    m_wall.push_back(nowMs(CLOCK_MONOTONIC) - m_wallStart);
    m_total += m_wall.back();
}

bool BenchTimer::enough() const
{
    return m_wall.size() >= 400 || (m_wall.size() >= 5 && m_total >= 500);
}

BenchTimes BenchTimer::times() const
{
    if (m_wall.empty()) {
        return {};
    }
    return {medianOf(m_wall), *std::min_element(m_wall.begin(), m_wall.end()), medianOf(m_cpu), m_wall.size()};
}

} // namespace tracedeck
