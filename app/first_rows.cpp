// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/first_rows.h"

#include <QEvent>
#include <QTimer>

#include <utility>

namespace tracedeck {

FirstRows::FirstRows(QAbstractItemView* table, std::chrono::milliseconds latest, std::function<void()> then,
                     QObject* parent)
    : QObject(parent), m_table(table), m_then(std::move(then))
{
    table->viewport()->installEventFilter(this);
    QTimer::singleShot(latest, this, &FirstRows::finish);
}

bool FirstRows::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Paint && m_table != nullptr && m_table->model()->rowCount() > 0) {
        watched->removeEventFilter(this);
        QTimer::singleShot(0, this, &FirstRows::finish); // the frame is on its way before anything else is done
    }
    return false;
}

void FirstRows::finish()
{
    if (const std::function<void()> then = std::exchange(m_then, nullptr)) {
        deleteLater();
        then();
    }
}

} // namespace tracedeck
