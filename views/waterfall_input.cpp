// SPDX-License-Identifier: GPL-3.0-or-later
// Keys, wheel, drag of a range and tool tips of WaterfallView.
#include "core/number_format.h"
#include "selectors/span_window.h"
#include "views/theme.h"
#include "views/waterfall_view.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <optional>

namespace tracedeck {

bool WaterfallView::moveByKey(int key)
{
    switch (key) {
    case Qt::Key_J:
    case Qt::Key_Down:
        m_state.moveCurrent(1);
        return true;
    case Qt::Key_K:
    case Qt::Key_Up:
        m_state.moveCurrent(-1);
        return true;
    case Qt::Key_PageDown:
        m_state.moveCurrent(rowsPerPage());
        return true;
    case Qt::Key_PageUp:
        m_state.moveCurrent(-rowsPerPage());
        return true;
    case Qt::Key_Home:
        m_state.moveCurrent(-static_cast<std::int64_t>(m_state.rows()));
        return true;
    case Qt::Key_End:
        m_state.moveCurrent(m_state.rows());
        return true;
    case Qt::Key_H:
    case Qt::Key_Left:
        m_state.collapseOrParent();
        return true;
    case Qt::Key_L:
    case Qt::Key_Right:
        m_state.expandOrChild();
        return true;
    case Qt::Key_BracketRight:
        m_state.moveToSibling(false);
        saySibling();
        return true;
    case Qt::Key_BracketLeft:
        m_state.moveToSibling(true);
        saySibling();
        return true;
    default:
        return false;
    }
}

void WaterfallView::keyPressEvent(QKeyEvent* event)
{
    if (m_state.empty() || (event->modifiers() & (Qt::ControlModifier | Qt::AltModifier)) != 0) {
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    const std::uint32_t before = m_state.current();
    if (event->key() == Qt::Key_G) {
        const auto all = static_cast<std::int64_t>(m_state.rows());
        m_state.moveCurrent((event->modifiers() & Qt::ShiftModifier) != 0 ? all : -all);
        afterStateChange(m_state.current() != before);
        return;
    }
    if (moveByKey(event->key())) {
        afterStateChange(m_state.current() != before);
        return;
    }
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_state.current() != WaterfallState::kNone) {
            Q_EMIT positionActivated(m_state.current());
        }
        return;
    case Qt::Key_Plus:
        runCommand(QStringLiteral("trace.zoomIn"));
        return;
    case Qt::Key_Minus:
        runCommand(QStringLiteral("trace.zoomOut"));
        return;
    case Qt::Key_0:
        runCommand(QStringLiteral("trace.fit"));
        return;
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void WaterfallView::contextMenuEvent(QContextMenuEvent* event)
{
    const bool byMouse = event->reason() == QContextMenuEvent::Mouse;
    const std::uint32_t row = m_state.empty() || !byMouse ? WaterfallState::kNone : rowAt(event->pos().y());
    const std::uint32_t position = m_state.empty() ? WaterfallState::kNone
        : row != WaterfallState::kNone             ? m_state.visible()[row]
        : byMouse                                  ? WaterfallState::kNone
                                                   : m_state.current();
    if (position == WaterfallState::kNone) {
        return;
    }
    if (position != m_state.current()) {
        m_state.setCurrent(position);
        afterStateChange(true);
    }
    Q_EMIT menuRequested(position, byMouse ? event->globalPos() : viewport()->mapToGlobal(rowRect(position).center()));
}

void WaterfallView::wheelEvent(QWheelEvent* event)
{
    if (m_state.empty()) {
        return;
    }
    const int steps = event->angleDelta().y() != 0 ? event->angleDelta().y() : event->angleDelta().x();
    if ((event->modifiers() & Qt::ControlModifier) != 0) {
        m_state.zoom(std::pow(0.8, steps / 120.0), timeAt(static_cast<int>(event->position().x())));
        viewport()->update();
        announceWindow();
    } else if ((event->modifiers() & Qt::ShiftModifier) != 0 || event->angleDelta().y() == 0) {
        m_state.pan(-m_state.window().lengthNs() / 10 * steps / 120);
        viewport()->update();
        announceWindow();
    } else {
        const int rows = steps * 3 / 120;
        verticalScrollBar()->setValue(verticalScrollBar()->value() - (rows != 0 ? rows : (steps > 0 ? 1 : -1)));
    }
    event->accept();
}

/// The stretch that is being dragged, with its length.
void WaterfallView::paintRange(QPainter& painter) const
{
    QColor tint = theme().colors.accent;
    tint.setAlphaF(0.18F);
    const QRect range(std::min(m_dragFromX, m_dragToX), m_geometry.headerHeight, std::abs(m_dragToX - m_dragFromX),
                      m_geometry.height);
    painter.fillRect(range, tint);
    const std::int64_t length = timeAt(range.left() + range.width()) - timeAt(range.left());
    const QString text = QString::fromStdString(formatDuration(length).joined());
    painter.setFont(theme().smallFont());
    const QFontMetrics metrics(painter.font());
    QRect box(0, 0, metrics.horizontalAdvance(text) + 12, metrics.height() + 4);
    box.moveCenter({range.center().x(), m_geometry.headerHeight / 2});
    box.moveRight(std::min(box.right(), m_geometry.width - 2));
    painter.fillRect(box, theme().colors.accentBg);
    painter.setPen(theme().colors.text);
    painter.drawText(box, Qt::AlignCenter, text);
}

void WaterfallView::saySibling()
{
    if (m_state.current() != WaterfallState::kNone) {
        const SiblingPlace at = siblingPlace(m_state.layout(), m_state.current());
        Q_EMIT noticed(at.of == 1 ? tr("no siblings") : tr("sibling %1 of %2").arg(at.number).arg(at.of));
    }
}

bool WaterfallView::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip && !m_state.empty()) {
        const auto* help = dynamic_cast<QHelpEvent*>(event);
        const std::uint32_t row = help != nullptr ? rowAt(help->pos().y()) : WaterfallState::kNone;
        if (row == WaterfallState::kNone) {
            QToolTip::hideText();
        } else {
            QToolTip::showText(help->globalPos(), toolTipFor(m_state.visible()[row]), viewport());
        }
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

QString WaterfallView::toolTipFor(std::uint32_t position) const
{
    const SpanTable& spans = m_state.spans();
    const std::uint32_t row = m_state.layout().row[position];
    const auto text = [](std::string_view utf8) {
        return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
    };
    const auto duration = [](std::int64_t ns) { return QString::fromStdString(formatDuration(ns).joined()); };
    QString tip = text(spans.service(row)) + QStringLiteral(" \u00B7 ") + text(spans.strings.view(spans.name[row]));
    tip += tr("\nstarts +%1, takes %2, itself %3")
               .arg(duration(spans.startNs[row] - m_state.layout().startNs), duration(spans.durationNs[row]),
                    duration(m_state.layout().selfNs[position]));
    if ((m_state.layout().marks[position] & kSpanOutsideParent) != 0) {
        tip += tr("\nlies partly outside its parent (clock skew or asynchronous work)");
    }
    if (!spans.strings.view(spans.statusMessage[row]).empty()) {
        tip += QLatin1Char('\n') + text(spans.strings.view(spans.statusMessage[row]));
    }
    return tip;
}

} // namespace tracedeck
