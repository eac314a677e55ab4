// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/log_view.h"

#include "core/number_format.h"
#include "core/time_format.h"
#include "models/log_lines.h"
#include "views/theme.h"

#include <QAccessible>
#include <QClipboard>
#include <QDateTime>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <algorithm>

namespace tracedeck {
namespace {

constexpr int kLogMargin = 15;
constexpr int kLogGap = 14;

QColor severityColor(const LogRow& row)
{
    const ThemeColors& colors = theme().colors;
    switch (row.severity) {
    case LogSeverity::Error:
    case LogSeverity::Fatal:
        return colors.bad;
    case LogSeverity::Warning:
        return colors.warn;
    case LogSeverity::Trace:
    case LogSeverity::Debug:
        return colors.text3;
    default:
        return colors.text;
    }
}

QString clockText(std::int64_t ns)
{
    if (ns == 0) {
        return QString::fromUtf8(kUnknownText);
    }
    constexpr std::int64_t kNsPerMs = 1'000'000;
    const int offset = QDateTime::fromMSecsSinceEpoch(ns / kNsPerMs).offsetFromUtc();
    return QString::fromStdString(formatClockTime(ns, offset));
}

} // namespace

LogView::LogView(LogLines* lines, QWidget* parent) : QAbstractScrollArea(parent), m_lines(lines)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Log lines"));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(m_lines, &LogLines::changed, this, &LogView::linesChanged);
}

void LogView::setEmptyText(const QString& text)
{
    if (text != m_emptyText) {
        m_emptyText = text;
        viewport()->update();
    }
}

void LogView::clearSelection()
{
    m_hasSelection = false;
    viewport()->update();
}

int LogView::lineHeight() const
{
    return QFontMetrics(theme().monoFont()).height() + 3;
}

int LogView::visibleLines() const
{
    return std::max(1, viewport()->height() / lineHeight());
}

std::size_t LogView::firstVisible() const
{
    return static_cast<std::size_t>(verticalScrollBar()->value());
}

void LogView::refreshScrollBar()
{
    m_moving = true;
    const int shown = static_cast<int>(m_lines->shownCount());
    QScrollBar* bar = verticalScrollBar();
    bar->setPageStep(visibleLines());
    bar->setRange(0, std::max(0, shown - visibleLines()));
    bar->setValue(m_following ? bar->maximum() : static_cast<int>(m_lines->indexOfNumber(m_topNumber)));
    m_moving = false;
}

void LogView::linesChanged()
{
    refreshScrollBar();
    viewport()->update();
}

void LogView::setFollowing(bool on)
{
    if (on != m_following) {
        m_following = on;
        m_topNumber = m_lines->shownCount() > firstVisible() ? m_lines->number(firstVisible()) : 0;
        refreshScrollBar();
        viewport()->update();
        Q_EMIT followingChanged(on);
    }
}

void LogView::scrollContentsBy(int, int)
{
    if (!m_moving) {
        scrolledByHand();
    }
    viewport()->update();
}

void LogView::scrolledByHand()
{
    const QScrollBar* bar = verticalScrollBar();
    const bool atEnd = bar->value() >= bar->maximum();
    m_topNumber = m_lines->shownCount() > firstVisible() ? m_lines->number(firstVisible()) : 0;
    if (atEnd != m_following) {
        m_following = atEnd;
        Q_EMIT followingChanged(atEnd);
    }
}

void LogView::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    refreshScrollBar();
}

void LogView::changeEvent(QEvent* event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        refreshScrollBar();
        viewport()->update();
    }
}

void LogView::wheelEvent(QWheelEvent* event)
{
    verticalScrollBar()->event(event);
}

void LogView::keyPressEvent(QKeyEvent* event)
{
    QScrollBar* bar = verticalScrollBar();
    if (event->matches(QKeySequence::Copy)) {
        QGuiApplication::clipboard()->setText(selectionText());
    } else if (event->key() == Qt::Key_Up || event->key() == Qt::Key_K) {
        bar->setValue(bar->value() - 1);
    } else if (event->key() == Qt::Key_Down || event->key() == Qt::Key_J) {
        bar->setValue(bar->value() + 1);
    } else if (event->key() == Qt::Key_PageUp) {
        bar->setValue(bar->value() - visibleLines());
    } else if (event->key() == Qt::Key_PageDown) {
        bar->setValue(bar->value() + visibleLines());
    } else if (event->key() == Qt::Key_Home) {
        bar->setValue(0);
    } else if (event->key() == Qt::Key_End) {
        bar->setValue(bar->maximum());
        setFollowing(true);
    } else {
        event->ignore();
    }
}

std::uint64_t LogView::numberAt(const QPoint& at) const
{
    const std::size_t index = firstVisible() + static_cast<std::size_t>(std::max(0, at.y() / lineHeight()));
    const std::size_t count = m_lines->shownCount();
    return count == 0 ? 0 : m_lines->number(std::min(index, count - 1));
}

void LogView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || m_lines->shownCount() == 0) {
        return;
    }
    m_cursor = numberAt(event->position().toPoint());
    if ((event->modifiers() & Qt::ShiftModifier) == 0 || !m_hasSelection) {
        m_anchor = m_cursor;
    }
    m_hasSelection = true;
    viewport()->update();
}

void LogView::mouseMoveEvent(QMouseEvent* event)
{
    if ((event->buttons() & Qt::LeftButton) != 0 && m_hasSelection) {
        m_cursor = numberAt(event->position().toPoint());
        viewport()->update();
    }
}

QString LogView::selectionText() const
{
    if (!m_hasSelection) {
        return m_lines->textOf(0, m_lines->shownCount());
    }
    const auto [low, high] = std::minmax(m_anchor, m_cursor);
    return m_lines->textOf(m_lines->indexOfNumber(low), m_lines->indexOfNumber(high + 1));
}

void LogView::paintEvent(QPaintEvent*)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), theme().colors.window);
    painter.setFont(theme().monoFont());
    const std::size_t count = m_lines->shownCount();
    if (count == 0) {
        painter.setFont(theme().baseFont());
        painter.setPen(theme().colors.text3);
        painter.drawText(viewport()->rect(), Qt::AlignCenter, m_emptyText);
        return;
    }
    QRect line(0, 0, viewport()->width(), lineHeight());
    for (std::size_t i = firstVisible(); i < count && line.top() < viewport()->height(); ++i) {
        paintLine(painter, line, i);
        line.translate(0, lineHeight());
    }
}

void LogView::paintLine(QPainter& painter, const QRect& line, std::size_t index) const
{
    const LogRow& row = m_lines->shown(index);
    const ThemeColors& colors = theme().colors;
    const std::uint64_t number = m_lines->number(index);
    const auto [low, high] = std::minmax(m_anchor, m_cursor);
    if (m_hasSelection && number >= low && number <= high) {
        painter.fillRect(line, colors.selection);
    }
    const QFontMetrics metrics = painter.fontMetrics();
    if (row.dropped > 0) {
        painter.setPen(colors.warn);
        painter.drawText(
            line.adjusted(kLogMargin, 0, 0, 0), Qt::AlignVCenter,
            tr("%1 lines came too fast and are left out").arg(QString::fromStdString(formatCount(row.dropped))));
        return;
    }
    const int timeWidth = metrics.horizontalAdvance(QStringLiteral("00:00:00.000"));
    painter.setPen(colors.text3);
    painter.drawText(line.adjusted(kLogMargin, 0, 0, 0), Qt::AlignVCenter, clockText(row.timeNs));
    // The error output is marked by an edge, so that it differs by more than colour.
    if (row.error) {
        painter.fillRect(QRect(kLogMargin + timeWidth + 5, line.top() + 2, 3, line.height() - 4), colors.badFill);
    }
    const int left = kLogMargin + timeWidth + kLogGap;
    painter.setPen(severityColor(row));
    const QString text = QString::fromUtf8(row.text.data(), static_cast<qsizetype>(row.text.size()));
    // A character is at least this wide, so nothing behind the edge needs shaping.
    const int fits = (line.width() - left) / std::max(1, metrics.horizontalAdvance(u'i')) + 2;
    const QString elided = metrics.elidedText(text.left(fits), Qt::ElideRight, line.width() - left - kLogMargin);
    painter.drawText(QRect(left, line.top(), line.width() - left, line.height()), Qt::AlignVCenter | Qt::TextSingleLine,
                     text.size() > fits && !elided.endsWith(QChar(0x2026)) ? elided + QChar(0x2026) : elided);
}

} // namespace tracedeck
