// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/trace_scatter_view.h"

#include "core/number_format.h"
#include "core/time_format.h"
#include "models/plural_text.h"
#include "selectors/trace_listing.h"
#include "views/theme.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

namespace tracedeck {
namespace {

constexpr int kCell = 3; ///< pixels a dot stands for
constexpr int kReach = 7; ///< pixels a pointer may miss a dot by
constexpr int kLeast = 4; ///< pixels that make a press a drag
constexpr int kLabelGap = 4;

QString durationText(std::int64_t ns)
{
    return QString::fromStdString(formatDuration(ns).joined());
}

const TraceListing* listingOf(const TableSnapshot& snapshot)
{
    return snapshot.table<TraceListing>();
}

void paintDot(QPainter& painter, const ScatterPoint& point)
{
    // Grows a little with what it stands for, and errors differ by shape too.
    const double radius = point.traces > 8 ? 3.0 : point.traces > 1 ? 2.5 : 2.0;
    const QPointF middle(point.at.x + 0.5, point.at.y + 0.5);
    if (point.error) {
        const double reach = radius + 1.0;
        painter.drawPolygon(QPolygonF({middle + QPointF(0, -reach), middle + QPointF(reach, 0),
                                       middle + QPointF(0, reach), middle + QPointF(-reach, 0)}));
    } else {
        painter.drawEllipse(middle, radius, radius);
    }
}

} // namespace

TraceScatterView::TraceScatterView(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Duration over time"));
}

QSize TraceScatterView::sizeHint() const
{
    return {400, theme().scaled(76)};
}

QRect TraceScatterView::content() const
{
    const QFontMetrics metrics(theme().tinyFont());
    const int labels = metrics.horizontalAdvance(QStringLiteral("888 ms")) + 2 * kLabelGap;
    return rect().adjusted(12, metrics.height() + 6, -12 - labels, -6);
}

void TraceScatterView::setTraces(const TableSnapshot& snapshot, std::vector<std::uint32_t> rows)
{
    if (listingOf(snapshot) == listingOf(m_snapshot) && rows == m_rows) {
        return;
    }
    m_snapshot = snapshot;
    m_rows = std::move(rows);
    const TraceListing* listing = listingOf(m_snapshot);
    m_frame = listing == nullptr ? std::nullopt : scatterFrame(listing->table, m_rows);
    m_current.reset();
    setAccessibleDescription(m_frame.has_value()
                                 ? tr("%1, %2 to %3")
                                       .arg(pluralText(m_rows.size(), tr("trace"), tr("traces")),
                                            durationText(m_frame->shortestNs), durationText(m_frame->longestNs))
                                 : QString());
    forget();
}

void TraceScatterView::setCurrentRow(std::optional<std::uint32_t> row)
{
    if (row != m_current) {
        update(markRect());
        m_current = row;
        update(markRect());
    }
}

void TraceScatterView::forget()
{
    m_pointsKnown = false;
    m_picture = QPixmap();
    update();
}

const std::vector<ScatterPoint>& TraceScatterView::points()
{
    if (!m_pointsKnown) {
        m_points = m_frame.has_value() ? scatterPoints(listingOf(m_snapshot)->table, m_rows, *m_frame,
                                                       content().width(), content().height(), kCell)
                                       : std::vector<ScatterPoint>();
        m_pointsKnown = true;
    }
    return m_points;
}

ScatterSpot TraceScatterView::spotOf(const QPoint& place) const
{
    return {place.x() - content().left(), place.y() - content().top()};
}

const ScatterPoint* TraceScatterView::pointAt(const QPoint& place)
{
    const auto found = scatterPointAt(points(), spotOf(place), kReach);
    return found.has_value() ? &m_points[*found] : nullptr;
}

QString TraceScatterView::textAt(const QPoint& place)
{
    const ScatterPoint* point = pointAt(place);
    if (point == nullptr) {
        return {};
    }
    const TraceListing& listing = *listingOf(m_snapshot);
    const auto text = [&listing, point](const TextColumn& column) {
        const std::string_view view = listing.table.strings.view(column[point->row]);
        return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
    };
    const QStringList named{text(listing.table.rootService), text(listing.table.rootName)};
    const QString root = named.join(QLatin1Char(' ')).trimmed();
    QString words =
        tr("%1\n%2, %3")
            .arg(root.isEmpty() ? tr("root not received") : root, durationText(listing.table.durationNs[point->row]),
                 QString::fromStdString(
                     formatDayAndTime(listing.table.startNs[point->row], listing.times.offsetSeconds())));
    if (listing.table.errorCount[point->row] > 0) {
        words += QLatin1Char('\n') + pluralText(listing.table.errorCount[point->row], tr("error"), tr("errors"));
    }
    if (point->traces > 1) {
        words += QLatin1Char('\n') + tr("one of %1 traces here").arg(point->traces);
    }
    return words;
}

QRect TraceScatterView::markRect() const
{
    const auto found = std::find_if(m_points.begin(), m_points.end(),
                                    [this](const ScatterPoint& point) { return m_current == point.row; });
    if (!m_current.has_value() || found == m_points.end()) {
        return {};
    }
    return {content().left() + found->at.x - 6, content().top() + found->at.y - 6, 13, 13};
}

void TraceScatterView::render()
{
    const qreal ratio = devicePixelRatioF();
    m_picture = QPixmap(size() * ratio);
    m_picture.setDevicePixelRatio(ratio);
    m_picture.fill(Qt::transparent);
    ++m_renderCount;
    QPainter painter(&m_picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.translate(content().topLeft());
    QColor good = theme().colors.accent;
    good.setAlphaF(0.75F); // places where many lie show through
    for (const ScatterPoint& point : points()) {
        painter.setBrush(point.error ? theme().colors.bad : good);
        paintDot(painter, point);
    }
}

void TraceScatterView::paintTicks(QPainter& painter) const
{
    if (!m_frame.has_value()) {
        return;
    }
    painter.setFont(theme().tinyFont());
    const QFontMetrics metrics(painter.font());
    int below = content().bottom() + metrics.height();
    for (const std::int64_t tick : scatterTicks(*m_frame)) {
        const int y = content().top() + scatterY(*m_frame, content().height(), tick);
        if (y > below - metrics.height()) {
            continue; // labels never lie on each other
        }
        below = y;
        const QString label = durationText(tick);
        painter.setPen(theme().colors.line);
        painter.drawLine(content().left(), y, content().right(), y);
        painter.setPen(theme().colors.text3);
        painter.drawText(QRect(content().right(), std::max(y - metrics.height() / 2, metrics.height() + 4),
                               width() - 12 - content().right(), metrics.height()),
                         Qt::AlignRight | Qt::AlignVCenter, label);
    }
}

void TraceScatterView::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    const ThemeColors& colors = theme().colors;
    painter.fillRect(rect(), colors.panel);
    painter.setPen(colors.line);
    painter.drawLine(0, height() - 1, width(), height() - 1);
    if (!m_frame.has_value()) {
        return;
    }
    const QRect head(12, 4, width() - 24, QFontMetrics(theme().tinyFont()).height());
    painter.setFont(theme().tinyFont());
    painter.setPen(colors.text2);
    painter.drawText(head, Qt::AlignLeft | Qt::AlignVCenter, tr("Duration over time"));
    painter.setPen(colors.text3);
    painter.drawText(head, Qt::AlignRight | Qt::AlignVCenter, tr("log scale \u00b7 drag to filter"));
    paintTicks(painter);
    if (m_picture.isNull()) {
        render();
    }
    painter.drawPixmap(0, 0, m_picture);
    if (const QRect mark = markRect(); !mark.isNull()) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(colors.text, 1.5));
        painter.drawEllipse(QRectF(mark).adjusted(1.5, 1.5, -1.5, -1.5));
        painter.setRenderHint(QPainter::Antialiasing, false);
    }
    if (m_pressed.has_value() && (m_dragged - *m_pressed).manhattanLength() >= kLeast) {
        QColor fill = colors.selection;
        fill.setAlphaF(0.5F);
        const QRect chosen = QRect(*m_pressed, m_dragged).normalized() & rect();
        painter.fillRect(chosen, fill);
        painter.setPen(colors.accent);
        painter.drawRect(chosen.adjusted(0, 0, -1, -1));
    }
}

bool TraceScatterView::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QString words = textAt(help->pos());
        if (words.isEmpty()) {
            QToolTip::hideText();
            event->ignore();
        } else {
            QToolTip::showText(help->globalPos(), words, this);
        }
        return true;
    }
    return QWidget::event(event);
}

void TraceScatterView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && m_frame.has_value()) {
        m_pressed = m_dragged = event->position().toPoint();
    } else if (m_pressed.has_value()) {
        m_pressed.reset(); // the other button takes the rectangle back
        update();
    }
}

void TraceScatterView::mouseMoveEvent(QMouseEvent* event)
{
    if (m_pressed.has_value()) {
        m_dragged = event->position().toPoint();
        update();
    }
}

void TraceScatterView::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !m_pressed.has_value() || !m_frame.has_value()) {
        return;
    }
    const QPoint from = *m_pressed;
    const QPoint to = event->position().toPoint();
    m_pressed.reset();
    update();
    if ((to - from).manhattanLength() < kLeast) {
        if (const ScatterPoint* point = pointAt(to)) {
            Q_EMIT rowChosen(point->row);
        }
        return;
    }
    const std::string clauses = scatterQuery(*m_frame, content().width(), content().height(), spotOf(from), spotOf(to));
    if (!clauses.empty()) {
        Q_EMIT clausesChosen(QString::fromStdString(clauses));
    }
}

void TraceScatterView::mouseDoubleClickEvent(QMouseEvent* event)
{
    const ScatterPoint* point = pointAt(event->position().toPoint());
    if (event->button() == Qt::LeftButton && point != nullptr) {
        Q_EMIT rowActivated(point->row);
    }
}

void TraceScatterView::resizeEvent(QResizeEvent* /*event*/)
{
    forget();
}

void TraceScatterView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        updateGeometry();
        forget();
    }
    QWidget::changeEvent(event);
}

} // namespace tracedeck
