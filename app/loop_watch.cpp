// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/loop_watch.h"

#include "app/own_traces.h"
#include "app/stage_scope.h"

#include <QAbstractEventDispatcher>
#include <QCoreApplication>
#include <QMetaEnum>
#include <ctime>

#include <utility>

namespace tracedeck {

namespace {

std::int64_t threadCpuNs()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

std::string eventName(QEvent::Type type, const QMetaObject* receiver)
{
    const char* const known = QMetaEnum::fromType<QEvent::Type>().valueToKey(type);
    return (known != nullptr ? std::string(known) : "event " + std::to_string(type)) + " to " + receiver->className();
}

} // namespace

LoopWatch::LoopWatch(std::function<void(const Stall&)> told, QObject* parent) : QObject(parent), m_told(std::move(told))
{
    QCoreApplication::instance()->installEventFilter(this);
    // The dispatcher of GLib works between this signal and the next, the one of Qt before it: a turn that begins with
    // its first event is right for both.
    connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::aboutToBlock, this, &LoopWatch::end);
}

bool LoopWatch::eventFilter(QObject* watched, QEvent* event)
{
    const Clock::time_point now = Clock::now();
    if (m_inside) {
        closeEvent(now);
    } else {
        begin(now);
    }
    m_current = {event->type(), watched->metaObject(), 0};
    m_currentSince = now;
    m_painted = m_painted || event->type() == QEvent::Paint;
    return false;
}

void LoopWatch::begin(Clock::time_point now)
{
    m_inside = true;
    m_painted = false;
    m_longest = {};
    m_begin = now;
    m_cpuBeginNs = threadCpuNs();
    longestStageHere() = {};
}

void LoopWatch::closeEvent(Clock::time_point now)
{
    m_current.ns = std::chrono::nanoseconds(now - m_currentSince).count();
    if (m_current.ns > m_longest.ns) {
        m_longest = m_current;
    }
}

void LoopWatch::end()
{
    if (!std::exchange(m_inside, false)) {
        return;
    }
    const Clock::time_point now = Clock::now();
    const std::int64_t ns = std::chrono::nanoseconds(now - m_begin).count();
    m_turns.add(ns);
    if (m_painted) {
        m_frames.add(ns);
    }
    if (ns <= kStallNs) {
        return;
    }
    ++m_stalls;
    closeEvent(now);
    Stall stall;
    stall.wallNs = ns;
    stall.cpuNs = threadCpuNs() - m_cpuBeginNs;
    const LongestStage& stage = longestStageHere();
    if (stage.ns > 0) {
        stall.stage = stageName(stage.stage);
        stall.stageNs = stage.ns;
        stall.stageRows = stage.rows;
    }
    if (m_longest.receiver != nullptr) {
        stall.event = eventName(m_longest.type, m_longest.receiver);
        stall.eventNs = m_longest.ns;
    }
    m_told(stall);
}

} // namespace tracedeck
