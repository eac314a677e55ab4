// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/summary_parts.h"

#include "core/number_format.h"
#include "views/course_painter.h"
#include "views/status_shape.h"
#include "views/theme.h"

#include <QFontMetrics>
#include <QPainter>
#include <QPolygonF>
#include <algorithm>

namespace tracedeck {

namespace {
constexpr std::size_t kCourseSamples = 110;
constexpr int kCourseWidth = 110;

QFont numberFont()
{
    return theme().uiFont(theme().type.small, QFont::DemiBold);
}
} // namespace

CountButton::CountButton(QString status, const QString& word, Severity severity, QWidget* parent)
    : QAbstractButton(parent),
      m_status(std::move(status)),
      m_severity(severity),
      m_count(QString::fromUtf8(kUnknownText))
{
    setText(word);
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(m_count + u' ' + word);
}

void CountButton::setCount(std::uint32_t count)
{
    const QString text = QString::fromStdString(formatCount(count));
    if (text != m_count) {
        m_count = text;
        setAccessibleName(m_count + u' ' + QAbstractButton::text());
        updateGeometry();
        update();
    }
}

QSize CountButton::sizeHint() const
{
    const int width = QFontMetrics(numberFont()).horizontalAdvance(m_count)
        + QFontMetrics(theme().smallFont()).horizontalAdvance(text());
    return {width + 38, theme().scaled(26)};
}

void CountButton::paintEvent(QPaintEvent*)
{
    const ThemeColors& colors = theme().colors;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (isChecked() || underMouse() || hasFocus()) {
        painter.setPen(hasFocus() ? QPen(colors.accent, 1.5) : QPen(Qt::NoPen));
        painter.setBrush(isChecked() ? colors.accentBg : underMouse() ? colors.hover : colors.panel);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.75, 0.75, -0.75, -0.75), theme().space.radius,
                                theme().space.radius);
    }
    paintStatusShape(painter, QPointF(12, height() / 2.0), m_severity);
    painter.setFont(numberFont());
    painter.setPen(colors.text);
    const int numberWidth = QFontMetrics(painter.font()).horizontalAdvance(m_count);
    painter.drawText(QRect(23, 0, numberWidth + 2, height()), Qt::AlignVCenter | Qt::AlignLeft, m_count);
    painter.setFont(theme().smallFont());
    painter.setPen(colors.text2);
    painter.drawText(QRect(23 + numberWidth + 7, 0, width(), height()), Qt::AlignVCenter | Qt::AlignLeft, text());
}

void CountButton::enterEvent(QEnterEvent* event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void CountButton::leaveEvent(QEvent* event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

MeanLabel::MeanLabel(QString title, bool withCourse, int seriesIndex, QWidget* parent)
    : QWidget(parent),
      m_title(std::move(title)),
      m_text(QString::fromUtf8(kUnknownText)),
      m_withCourse(withCourse),
      m_series(seriesIndex),
      m_course(withCourse ? kCourseSamples : 0)
{
    // Where it gets narrow (large text) the courses give way, not the figures.
    setSizePolicy(withCourse ? QSizePolicy::Maximum : QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(m_title + u' ' + m_text);
}

void MeanLabel::setValue(const QString& text, std::optional<double> percent)
{
    if (m_withCourse && percent && m_known.empty()) {
        if (m_filled == m_course.size()) {
            std::rotate(m_course.begin(), m_course.begin() + 1, m_course.end());
            --m_filled;
        }
        m_course[m_filled++] = static_cast<float>(std::clamp(*percent, 0.0, 100.0));
        update();
    }
    if (text != m_text) {
        m_text = text;
        setAccessibleName(m_title + u' ' + m_text);
        updateGeometry();
        update();
    }
}

void MeanLabel::setCourse(MetricId metric, std::vector<MetricCode> course)
{
    if (course != m_known) {
        m_metric = metric;
        m_known = std::move(course);
        update();
    }
}

int MeanLabel::textWidth() const
{
    return QFontMetrics(theme().smallFont()).horizontalAdvance(m_title) + 8
        + std::max(QFontMetrics(numberFont()).horizontalAdvance(m_text), m_withCourse ? theme().scaled(30) : 0) + 2;
}

QSize MeanLabel::sizeHint() const
{
    return {textWidth() + (m_withCourse ? kCourseWidth + 8 : 0), theme().scaled(26)};
}

QSize MeanLabel::minimumSizeHint() const
{
    return {textWidth(), sizeHint().height()};
}

void MeanLabel::paintEvent(QPaintEvent*)
{
    const ThemeColors& colors = theme().colors;
    QPainter painter(this);
    painter.setFont(theme().smallFont());
    painter.setPen(colors.text2);
    painter.drawText(rect(), Qt::AlignVCenter | Qt::AlignLeft, m_title);
    const int numberLeft = QFontMetrics(painter.font()).horizontalAdvance(m_title) + 8;
    painter.setFont(numberFont());
    painter.setPen(colors.text);
    painter.drawText(rect().adjusted(numberLeft, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, m_text);
    constexpr int kShortestCourse = 24;
    const int room = std::min(kCourseWidth, width() - textWidth() - 8);
    if (!m_withCourse || room < kShortestCourse) {
        return;
    }
    const QRectF area(textWidth() + 8, height() / 2.0 - 8, room, 16);
    painter.fillRect(area, colors.raised);
    if (!m_known.empty()) {
        painter.setRenderHint(QPainter::Antialiasing);
        paintCourse(painter, area.adjusted(0, 1, 0, -1), m_known, {100, m_metric},
                    colors.series[static_cast<std::size_t>(m_series)], {}, 1.3);
        return;
    }
    if (m_filled < 2) {
        return;
    }
    QPolygonF line;
    const double step = area.width() / static_cast<double>(kCourseSamples - 1);
    const double left = area.right() - step * static_cast<double>(m_filled - 1);
    for (std::size_t i = 0; i < m_filled; ++i) {
        line.append(QPointF(left + step * static_cast<double>(i),
                            area.bottom() - 1 - static_cast<double>(m_course[i]) / 100.0 * (area.height() - 2)));
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colors.series[static_cast<std::size_t>(m_series)], 1.3));
    painter.drawPolyline(line);
}

} // namespace tracedeck
