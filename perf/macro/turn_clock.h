// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "perf/macro/scenario.h"

#include <QAbstractEventDispatcher>
#include <QApplication>
#include <QEvent>
#include <QTimer>
#include <QWidget>
#include <utility>

namespace tracedeck {

/// Turns of the event loop, from waking up to going back to sleep: what a person feels as a frame or a stall.
class TurnClock : public QObject {
public:
    explicit TurnClock(QWidget* painted)
    {
        painted->installEventFilter(this);
        const QAbstractEventDispatcher* const loop = QAbstractEventDispatcher::instance();
        connect(loop, &QAbstractEventDispatcher::awake, this, [this] { begin(); });
        connect(loop, &QAbstractEventDispatcher::aboutToBlock, this, [this] { end(); });
    }
    bool eventFilter(QObject* /*watched*/, QEvent* event) override
    {
        m_painted = m_painted || event->type() == QEvent::Paint;
        return false;
    }
    StepTimes frames; ///< turns with a frame
    StepTimes turns; ///< all

private:
    void begin()
    {
        m_inside = true;
        m_painted = false;
        turns.start();
        frames.start();
    }
    void end()
    {
        if (!std::exchange(m_inside, false)) {
            return;
        }
        turns.stop();
        if (m_painted) {
            frames.stop();
        }
    }

    bool m_inside = false;
    bool m_painted = false;
};

/// Runs the event loop for so long.
inline void runFor(int ms)
{
    QTimer::singleShot(ms, qApp, [] { QApplication::exit(); });
    QApplication::exec();
}

} // namespace tracedeck
