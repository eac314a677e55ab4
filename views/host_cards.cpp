// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/host_cards.h"

#include "models/grouped_table_model.h"
#include "views/course_painter.h"
#include "views/status_shape.h"
#include "views/theme.h"

#include <QFontMetrics>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

namespace tracedeck {
namespace {

constexpr int kCardHeight = 132;
constexpr int kPad = 12;

const CellContent* cellOf(const GroupedTableModel& model, int row, QStringView column)
{
    const int at = model.columnOf(column);
    return at < 0 ? nullptr : model.cell(row, at);
}

QString cellText(const GroupedTableModel& model, int row, QStringView column)
{
    const CellContent* cell = cellOf(model, row, column);
    return cell == nullptr ? QString() : cell->joinedText();
}

} // namespace

HostCards::HostCards(GroupedTableModel* model, QWidget* parent) : QWidget(parent), m_model(model)
{
    setAccessibleName(tr("Hosts"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(14, 8, 14, 8);
    layout->setSpacing(10);
    for (int i = 0; i < kMostHosts; ++i) {
        auto* card = new HostCard(this);
        card->hide();
        layout->addWidget(card, 1);
        connect(card, &HostCard::activated, this, &HostCards::activated);
        m_cards.push_back(card);
    }
    hide();
    connect(m_model, &GroupedTableModel::applied, this, &HostCards::refresh);
}

std::size_t HostCards::shownCards() const
{
    return static_cast<std::size_t>(
        std::count_if(m_cards.begin(), m_cards.end(), [](const HostCard* card) { return !card->isHidden(); }));
}

void HostCards::refresh()
{
    // Hosts there are, not hosts that pass the filter: cards must not come and go while one types.
    const RowPlan& plan = *m_model->plan();
    const bool few = plan.total > 0 && plan.total <= kMostHosts;
    std::size_t used = 0;
    for (int row = 0; few && row < m_model->rowCount() && used < m_cards.size(); ++row) {
        if (!m_model->isGroup(row) && !m_model->isVanished(row)) {
            m_cards[used++]->setRow(*m_model, row);
        }
    }
    const std::size_t before = isHidden() ? 0 : shownCards();
    for (std::size_t i = 0; i < m_cards.size(); ++i) {
        m_cards[i]->setVisible(i < used);
    }
    setVisible(used > 0);
    if (used != before) {
        Q_EMIT cardsChanged();
    }
}

void HostCards::setFrame(std::shared_ptr<const HistoryFrame> frame)
{
    m_frame = std::move(frame);
    for (HostCard* card : m_cards) {
        card->setFrame(m_frame);
    }
}

void HostCards::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().colors.window);
    painter.fillRect(0, height() - 1, width(), 1, theme().colors.line);
}

HostCard::HostCard(QWidget* parent) : QWidget(parent)
{
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
}

QSize HostCard::sizeHint() const
{
    return {360, theme().scaled(kCardHeight)};
}

void HostCard::setRow(const GroupedTableModel& model, int row)
{
    m_key = model.rowKey(row);
    m_name = cellText(model, row, u"name");
    if (const CellContent* status = cellOf(model, row, u"status")) {
        m_status = status->text;
        m_severity = static_cast<int>(status->severity);
        m_detail = status->secondary;
    }
    const QString uptime = cellText(model, row, u"uptime");
    if (m_detail.isEmpty() && !uptime.isEmpty()) {
        m_detail = tr("up %1").arg(uptime);
    }
    m_lanes.clear();
    const auto lane = [&](MetricId metric, const QString& title, QStringView column) {
        const CellContent* cell = cellOf(model, row, column);
        if (cell != nullptr) {
            m_lanes.push_back({metric, title, cell->joinedText(), static_cast<int>(cell->severity)});
        }
    };
    lane(MetricId::Cpu, tr("CPU"), u"cpu");
    lane(MetricId::Memory, tr("Memory"), u"memory");
    lane(MetricId::Disk, tr("Disk"), u"disk");
    lane(MetricId::NetRx, tr("Net"), u"netIo");
    QStringList said{m_status};
    for (const Lane& entry : m_lanes) {
        said.append(entry.title + u' ' + entry.text);
    }
    setAccessibleName(m_name);
    setAccessibleDescription(said.join(QStringLiteral(", ")));
    update();
}

void HostCard::setFrame(std::shared_ptr<const HistoryFrame> frame)
{
    m_frame = std::move(frame);
    update();
}

void HostCard::paintLane(QPainter& painter, const QRectF& area, const Lane& lane, const QColor& color) const
{
    const ThemeColors& colors = theme().colors;
    const QRectF head(area.left(), area.top(), area.width(), theme().scaled(18));
    const QFont strong = theme().uiFont(theme().type.small, QFont::DemiBold);
    const int titleRoom = static_cast<int>(head.width()) - QFontMetrics(strong).horizontalAdvance(lane.text) - 4;
    painter.setFont(theme().tinyFont());
    painter.setPen(colors.text3);
    painter.drawText(head, Qt::AlignVCenter | Qt::AlignLeft,
                     QFontMetrics(painter.font()).elidedText(lane.title, Qt::ElideRight, titleRoom));
    painter.setFont(strong);
    const auto severity = static_cast<Severity>(lane.severity);
    painter.setPen(severity == Severity::None ? colors.text : severityColor(severity));
    painter.drawText(head, Qt::AlignVCenter | Qt::AlignRight, lane.text);
    const QRectF chart(area.left(), head.bottom() + 2, area.width(), area.bottom() - head.bottom() - 2);
    painter.fillRect(chart, colors.window);
    const std::size_t row = m_frame != nullptr ? m_frame->rowOf(m_key) : SIZE_MAX;
    if (row != SIZE_MAX) {
        QColor fill = color;
        fill.setAlphaF(0.15F);
        const auto line = m_frame->line(row, lane.metric);
        paintCourse(painter, chart, line, courseScale(lane.metric, line), color, fill, 1.3);
    }
}

void HostCard::paintEvent(QPaintEvent*)
{
    const ThemeColors& colors = theme().colors;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(hasFocus() ? colors.accent : colors.line, hasFocus() ? 1.5 : 1));
    painter.setBrush(underMouse() ? colors.hover : colors.panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.75, 0.75, -0.75, -0.75), theme().space.radius,
                            theme().space.radius);
    const QRectF head(kPad, 4, width() - 2 * kPad, theme().scaled(30));
    paintStatusShape(painter, QPointF(head.left() + 4, head.center().y()), static_cast<Severity>(m_severity));
    painter.setFont(theme().uiFont(theme().type.base, QFont::DemiBold));
    painter.setPen(colors.text);
    const QRectF name = head.adjusted(16, 0, 0, 0);
    const QFontMetrics metrics(painter.font());
    const QString shown = metrics.elidedText(m_name, Qt::ElideMiddle, static_cast<int>(name.width() * 0.6));
    painter.drawText(name, Qt::AlignVCenter | Qt::AlignLeft, shown);
    painter.setFont(theme().smallFont());
    painter.setPen(colors.text2);
    const QRectF rest = name.adjusted(metrics.horizontalAdvance(shown) + 10, 0, 0, 0);
    const QString said = m_detail.isEmpty() ? m_status : m_status + QStringLiteral(", ") + m_detail;
    painter.drawText(rest, Qt::AlignVCenter | Qt::AlignRight,
                     QFontMetrics(painter.font()).elidedText(said, Qt::ElideRight, static_cast<int>(rest.width())));
    if (m_lanes.empty()) {
        return;
    }
    const qreal gap = 14;
    const qreal width =
        (head.width() - gap * static_cast<qreal>(m_lanes.size() - 1)) / static_cast<qreal>(m_lanes.size());
    for (std::size_t i = 0; i < m_lanes.size(); ++i) {
        const QRectF lane(head.left() + static_cast<qreal>(i) * (width + gap), head.bottom() + 4, width,
                          height() - head.bottom() - 4 - kPad);
        paintLane(painter, lane, m_lanes[i], colors.series[i % colors.series.size()]);
    }
}

void HostCard::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton) {
        Q_EMIT activated(m_key);
    }
}

void HostCard::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space) {
        Q_EMIT activated(m_key);
    } else {
        QWidget::keyPressEvent(event);
    }
}

void HostCard::enterEvent(QEnterEvent* event)
{
    QWidget::enterEvent(event);
    update();
}

void HostCard::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    update();
}

} // namespace tracedeck
