// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/age_ticker.h"

#include "views/grouped_table_view.h"

#include <QEvent>
#include <chrono>
#include <utility>

namespace tracedeck {

AgeTicker::AgeTicker(GroupedTableView* view, std::function<std::int64_t()> clock, QObject* parent)
    : QObject(parent), m_view(view), m_watched(view), m_clock(std::move(clock))
{
    using namespace std::chrono_literals;
    m_timer.setInterval(1s);
    m_timer.setTimerType(Qt::CoarseTimer);
    connect(&m_timer, &QTimer::timeout, this, &AgeTicker::tick);
    m_view->installEventFilter(this);
    follow(m_view->isVisible());
}

void AgeTicker::tick()
{
    ++m_ticks;
    if (GroupedTableModel* model = m_view ? m_view->tableModel() : nullptr) {
        model->setNow(m_clock());
        m_view->updateAges();
    }
}

void AgeTicker::follow(bool visible)
{
    if (visible == m_timer.isActive()) {
        return;
    }
    if (visible) {
        tick(); // ages shown again must not be the ones from before
        m_timer.start();
    } else {
        m_timer.stop();
    }
}

bool AgeTicker::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_watched && event->type() == QEvent::Show) {
        follow(true);
    } else if (watched == m_watched && event->type() == QEvent::Hide) {
        follow(false);
    }
    return QObject::eventFilter(watched, event);
}

} // namespace tracedeck
