// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/edge_grip.h"

#include "views/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <cmath>

namespace tracedeck {
namespace {
constexpr int kKeyStep = 16;
} // namespace

EdgeGrip::EdgeGrip(QWidget* panel) : QWidget(panel)
{
    setCursor(Qt::SplitHCursor);
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(tr("Width of the details"));
}

void EdgeGrip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const bool lit = underMouse() || m_dragging || hasFocus();
    painter.fillRect(QRect(0, 0, lit ? 2 : 1, height()), lit ? theme().colors.accent : theme().colors.line);
}

void EdgeGrip::mousePressEvent(QMouseEvent* event)
{
    m_dragging = event->button() == Qt::LeftButton;
    m_from = event->globalPosition().x();
}

void EdgeGrip::mouseMoveEvent(QMouseEvent* event)
{
    // The panel's left edge moves with the pointer, so distances are taken on the screen, not in the grip.
    const int wider = static_cast<int>(std::lround(m_from - event->globalPosition().x()));
    if (m_dragging && wider != 0) {
        m_from = event->globalPosition().x();
        Q_EMIT dragged(wider);
    }
}

void EdgeGrip::mouseReleaseEvent(QMouseEvent*)
{
    if (m_dragging) {
        m_dragging = false;
        Q_EMIT released();
        update();
    }
}

void EdgeGrip::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right) {
        Q_EMIT dragged(event->key() == Qt::Key_Left ? kKeyStep : -kKeyStep);
        Q_EMIT released();
    } else {
        QWidget::keyPressEvent(event);
    }
}

void EdgeGrip::enterEvent(QEnterEvent* event)
{
    QWidget::enterEvent(event);
    update();
}

void EdgeGrip::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    update();
}

} // namespace tracedeck
