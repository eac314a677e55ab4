// SPDX-License-Identifier: GPL-3.0-or-later
#include "refresh/refresh_clock.h"

#include <chrono>

namespace tracedeck {
namespace {

template <class Clock> std::int64_t nowNs()
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now().time_since_epoch()).count();
}

} // namespace

SystemRefreshClock::SystemRefreshClock() : m_thread([this] { run(); })
{ }

SystemRefreshClock::~SystemRefreshClock()
{
    stop();
}

std::int64_t SystemRefreshClock::monotonicNs() const
{
    return nowNs<std::chrono::steady_clock>();
}

std::int64_t SystemRefreshClock::wallNs() const
{
    return nowNs<std::chrono::system_clock>();
}

void SystemRefreshClock::onWake(std::function<void()> wake)
{
    const std::lock_guard lock(m_mutex);
    m_wake = std::move(wake);
}

void SystemRefreshClock::wakeAt(std::optional<std::int64_t> monotonicNs)
{
    {
        const std::lock_guard lock(m_mutex);
        m_alarmNs = monotonicNs;
    }
    m_changed.notify_all();
}

void SystemRefreshClock::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopped = true;
    }
    m_changed.notify_all();
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

void SystemRefreshClock::run()
{
    std::unique_lock lock(m_mutex);
    while (!m_stopped) {
        if (!m_alarmNs) {
            m_changed.wait(lock);
            continue;
        }
        if (*m_alarmNs > nowNs<std::chrono::steady_clock>()) {
            const std::chrono::steady_clock::time_point at{std::chrono::nanoseconds(*m_alarmNs)};
            m_changed.wait_until(lock, at);
            continue;
        }
        m_alarmNs.reset();
        const std::function<void()> wake = m_wake;
        lock.unlock();
        if (wake) {
            wake();
        }
        lock.lock();
    }
}

} // namespace tracedeck
