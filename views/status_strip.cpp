// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/status_strip.h"

#include "core/number_format.h"
#include "views/status_shape.h"
#include "views/theme.h"

#include <QFontMetrics>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

namespace tracedeck {

namespace {
constexpr int kNoticeMs = 6000;
constexpr std::int64_t kSecond = 1'000'000'000;
} // namespace

StatusStrip::StatusStrip(std::function<std::int64_t()> clock, QWidget* parent)
    : QWidget(parent), m_clock(std::move(clock))
{
    setAccessibleName(tr("Sources"));
    setFixedHeight(theme().scaled(theme().space.statusBar));
    m_ticker.setInterval(1000);
    m_noticeEnd.setSingleShot(true);
    m_noticeEnd.setInterval(kNoticeMs);
    connect(&m_ticker, &QTimer::timeout, this, [this] {
        Q_EMIT ticked();
        refreshTexts();
    });
    connect(&m_noticeEnd, &QTimer::timeout, this, [this] {
        m_notice.clear();
        update();
    });
}

void StatusStrip::setSources(std::vector<SourceBadge> badges)
{
    if (badges != m_badges) {
        m_badges = std::move(badges);
        refreshTexts();
    }
}

void StatusStrip::setUpdated(std::int64_t ns, bool push)
{
    m_updatedNs = ns;
    m_push = push;
    refreshTexts();
}

void StatusStrip::notice(const QString& text)
{
    m_notice = text;
    m_noticeEnd.start();
    update();
}

void StatusStrip::refreshTexts()
{
    const std::int64_t now = m_clock();
    QStringList texts;
    for (const SourceBadge& badge : m_badges) {
        texts.append(badge.label + QStringLiteral(", ") + sourceBadgeText(badge, now));
    }
    QString updated;
    if (m_updatedNs > 0) {
        const std::int64_t age = std::max<std::int64_t>(now - m_updatedNs, 0) / kSecond * kSecond;
        updated = m_push ? tr("push") : tr("updated %1 ago").arg(QString::fromStdString(formatAge(age)));
    }
    if (texts != m_texts || updated != m_updatedText) {
        m_texts = texts;
        m_updatedText = updated;
        setAccessibleDescription(m_texts.join(QStringLiteral("; ")));
        update();
    }
}

void StatusStrip::paintEvent(QPaintEvent*)
{
    const ThemeColors& colors = theme().colors;
    QPainter painter(this);
    painter.fillRect(rect(), colors.panel);
    painter.fillRect(0, 0, width(), 1, colors.line);
    painter.setFont(theme().smallFont());
    const QFontMetrics metrics(painter.font());
    const int rightWidth = metrics.horizontalAdvance(m_updatedText) + 24;
    m_places.clear();
    int x = 12;
    for (int i = 0; i < m_texts.size(); ++i) {
        const int room = width() - rightWidth - x - 14;
        if (room < 60) {
            break;
        }
        const QString text = metrics.elidedText(m_texts.at(i), Qt::ElideRight, room);
        const int textWidth = metrics.horizontalAdvance(text);
        paintStatusShape(painter, QPointF(x + 4, height() / 2.0),
                         sourceBadgeSeverity(m_badges[static_cast<std::size_t>(i)]));
        painter.setPen(colors.text2);
        painter.drawText(QRect(x + 14, 0, textWidth + 2, height()), Qt::AlignVCenter | Qt::AlignLeft, text);
        m_places.emplace_back(x, 0, textWidth + 16, height());
        x += textWidth + 32;
    }
    if (!m_notice.isEmpty()) {
        painter.setPen(colors.accent);
        painter.drawText(QRect(x, 0, width() - rightWidth - x, height()), Qt::AlignVCenter | Qt::AlignLeft,
                         metrics.elidedText(m_notice, Qt::ElideRight, std::max(0, width() - rightWidth - x)));
    }
    painter.setPen(colors.text2);
    painter.drawText(rect().adjusted(0, 0, -12, 0), Qt::AlignVCenter | Qt::AlignRight, m_updatedText);
}

void StatusStrip::mousePressEvent(QMouseEvent* event)
{
    for (std::size_t i = 0; i < m_places.size(); ++i) {
        if (m_places[i].contains(event->position().toPoint())) {
            Q_EMIT sourceActivated(m_badges[i].id);
        }
    }
}

void StatusStrip::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refreshTexts();
    m_ticker.start();
}

void StatusStrip::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_ticker.stop();
}

} // namespace tracedeck
