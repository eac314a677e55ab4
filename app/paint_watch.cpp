// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/paint_watch.h"

#include "app/stage_scope.h"

#include <QCoreApplication>
#include <QEvent>

#include <utility>

namespace tracedeck {

namespace {
constexpr std::chrono::seconds kLatestPaint{1};
}

PaintWatch::PaintWatch(QWidget* widget, TelemetryRing& ring, QObject* parent)
    : QObject(parent), m_widget(widget), m_ring(ring)
{
    widget->installEventFilter(this);
}

void PaintWatch::expect(std::uint64_t cycle, std::uint32_t rows)
{
    m_cycle = m_widget != nullptr && m_widget->isVisible() ? cycle : 0;
    m_rows = rows;
    m_since = std::chrono::steady_clock::now();
}

bool PaintWatch::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::Paint || m_cycle == 0 || watched != m_widget) {
        return QObject::eventFilter(watched, event);
    }
    const std::uint64_t cycle = std::exchange(m_cycle, 0);
    if (std::chrono::steady_clock::now() - m_since > kLatestPaint) {
        return QObject::eventFilter(watched, event);
    }
    // A filter is asked before the widget: to see the end of the paint, the event goes on from here.
    watched->removeEventFilter(this);
    {
        const StageScope scope(&m_ring, Stage::Paint, cycle, m_rows);
        QCoreApplication::sendEvent(watched, event);
    }
    watched->installEventFilter(this);
    return true;
}

} // namespace tracedeck
