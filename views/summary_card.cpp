// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/summary_card.h"

#include "views/course_text.h"
#include "views/theme.h"

#include <QEvent>
#include <QFontMetrics>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace tracedeck {
namespace {
constexpr int kPad = 10;
constexpr int kHead = 24;
constexpr int kFoot = 16;
constexpr int kHeight = 118;
} // namespace

SummaryCard::SummaryCard(QString title, NameOf nameOf, QWidget* parent)
    : QWidget(parent), m_title(std::move(title)), m_nameOf(std::move(nameOf))
{
    setMouseTracking(true);
    setAccessibleName(m_title);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize SummaryCard::sizeHint() const
{
    return {260, theme().scaled(kHeight)};
}

QRectF SummaryCard::area() const
{
    return QRectF(kPad, theme().scaled(kHead), width() - 2 * kPad,
                  height() - theme().scaled(kHead) - theme().scaled(kFoot));
}

void SummaryCard::setRows(std::shared_ptr<const CourseRows> rows)
{
    m_rows = std::move(rows);
    m_stale = true;
    prepare();
    setAccessibleDescription(readout());
    update();
}

void SummaryCard::setValue(const QString& text)
{
    if (text != m_value) {
        m_value = text;
        setAccessibleDescription(readout());
        update(0, 0, width(), theme().scaled(kHead));
    }
}

void SummaryCard::setHover(const CourseHover& hover)
{
    if (!(hover == m_hover)) {
        m_hover = hover;
        update();
    }
}

std::size_t SummaryCard::bucketOf(std::int64_t timeNs) const
{
    const HistoryFrame& all = *frame();
    const std::int64_t back = (all.untilNs - timeNs + all.stepNs - 1) / all.stepNs;
    return static_cast<std::size_t>(std::clamp<std::int64_t>(all.buckets - back, 0, all.buckets - 1));
}

QString SummaryCard::readout() const
{
    if (!hasRows() || m_hover.timeNs == 0) {
        return m_value;
    }
    const std::size_t row = m_hover.key != 0 ? frame()->rowOf(m_hover.key) : SIZE_MAX;
    if (row == SIZE_MAX) {
        return courseTimeText(m_hover.timeNs, frame()->range);
    }
    const double value = valueAt(row, bucketOf(m_hover.timeNs));
    const QString text = std::isnan(value) ? tr("no sample") : metricText(unitMetric(), value);
    return tr("%1: %2").arg(m_nameOf(m_hover.key), text);
}

void SummaryCard::paintHead(QPainter& painter)
{
    const ThemeColors& colors = theme().colors;
    const QRect head(kPad, 0, width() - 2 * kPad, theme().scaled(kHead));
    painter.setFont(theme().smallFont());
    painter.setPen(colors.text2);
    painter.drawText(head, Qt::AlignVCenter | Qt::AlignLeft, m_title);
    const int used = QFontMetrics(painter.font()).horizontalAdvance(m_title) + 10;
    painter.setFont(theme().uiFont(theme().type.small, QFont::DemiBold));
    painter.setPen(colors.text);
    const QRect rest = head.adjusted(used, 0, 0, 0);
    painter.drawText(rest, Qt::AlignVCenter | Qt::AlignRight,
                     QFontMetrics(painter.font()).elidedText(readout(), Qt::ElideMiddle, rest.width()));
}

void SummaryCard::paintHover(QPainter& painter)
{
    const QRectF chart = area();
    const std::size_t row = m_hover.key != 0 ? frame()->rowOf(m_hover.key) : SIZE_MAX;
    if (row != SIZE_MAX && std::find(rows().begin(), rows().end(), row) != rows().end()) {
        QColor veil = theme().colors.panel;
        veil.setAlpha(150);
        painter.fillRect(chart, veil); // the others step back
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        renderActive(painter, chart, row);
        painter.restore();
    }
    if (m_hover.timeNs != 0) {
        const double share =
            (static_cast<double>(bucketOf(m_hover.timeNs)) + 0.5) / static_cast<double>(frame()->buckets);
        painter.fillRect(QRectF(chart.left() + share * chart.width(), chart.top(), 1, chart.height()),
                         theme().colors.text3);
    }
}

void SummaryCard::paintEvent(QPaintEvent*)
{
    const ThemeColors& colors = theme().colors;
    QPainter painter(this);
    painter.fillRect(rect(), colors.panel);
    painter.fillRect(QRect(width() - 1, 0, 1, height()), colors.line);
    paintHead(painter);
    const QRectF chart = area();
    painter.setFont(theme().tinyFont());
    painter.setPen(colors.text3);
    if (!hasRows()) {
        painter.drawText(chart, Qt::AlignCenter,
                         frame() != nullptr && m_rows->shown == 0 ? tr("No rows") : tr("Gathering first samples"));
        return;
    }
    const qreal ratio = devicePixelRatioF();
    const QSize pixels = (chart.size() * ratio).toSize();
    if (m_stale || m_picture.size() != pixels) {
        m_picture = QPixmap(pixels);
        m_picture.setDevicePixelRatio(ratio);
        m_picture.fill(colors.panel);
        QPainter inside(&m_picture);
        render(inside, QRectF(QPointF(0, 0), chart.size()));
        m_stale = false;
        ++m_renders;
    }
    painter.drawPixmap(chart.topLeft(), m_picture);
    paintHover(painter);
    painter.setPen(colors.text3);
    const QRectF foot(chart.left(), chart.bottom(), chart.width(), theme().scaled(kFoot));
    const HistoryRange range = frame()->range == HistoryRange::Hour ? HistoryRange::SixHours : frame()->range;
    painter.drawText(foot, Qt::AlignVCenter | Qt::AlignLeft, courseTimeText(frame()->bucketTimeNs(0), range));
    painter.drawText(foot, Qt::AlignVCenter | Qt::AlignRight, courseTimeText(frame()->untilNs, range));
    painter.drawText(foot, Qt::AlignCenter, share());
}

void SummaryCard::mouseMoveEvent(QMouseEvent* event)
{
    if (!hasRows()) {
        return;
    }
    const QRectF chart = area();
    const QPointF at = event->position();
    const double share = std::clamp((at.x() - chart.left()) / chart.width(), 0.0, 0.9999);
    const auto bucket = static_cast<std::size_t>(share * frame()->buckets);
    CourseHover hover;
    hover.timeNs = frame()->bucketTimeNs(bucket) + frame()->stepNs / 2;
    const std::size_t row =
        chart.contains(at) ? rowAt(at - chart.topLeft(), QRectF(QPointF(0, 0), chart.size())) : SIZE_MAX;
    hover.key = row == SIZE_MAX ? 0 : frame()->keys[row];
    Q_EMIT hovered(hover);
}

void SummaryCard::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && m_hover.key != 0) {
        Q_EMIT clicked(m_hover.key);
    }
}

void SummaryCard::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    Q_EMIT hovered({});
}

void SummaryCard::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        m_stale = true;
        updateGeometry();
        update();
    }
}

} // namespace tracedeck
