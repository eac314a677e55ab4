// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/service_share_view.h"

#include "core/number_format.h"
#include "models/plural_text.h"
#include "views/theme.h"

#include <QPainter>
#include <QStringBuilder>

namespace tracedeck {

ServiceShareView::ServiceShareView(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ServiceShareView::setShares(std::vector<ServiceShare> shares)
{
    m_shares = std::move(shares);
    m_totalNs = 0;
    for (const ServiceShare& share : m_shares) {
        m_totalNs += share.selfNs;
    }
    updateGeometry();
    update();
}

QSize ServiceShareView::sizeHint() const
{
    const auto lines = static_cast<int>(shown() + (m_shares.size() > kMost ? 1 : 0));
    return {420, lines * theme().scaled(theme().space.row)};
}

void ServiceShareView::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    const ThemeColors& colors = theme().colors;
    const int rowHeight = theme().scaled(theme().space.row);
    const int nameWidth = width() * 34 / 100;
    const int textWidth = theme().scaled(190);
    for (std::size_t i = 0; i < shown(); ++i) {
        const ServiceShare& share = m_shares[i];
        const QRect row(0, static_cast<int>(i) * rowHeight, width(), rowHeight);
        painter.setFont(theme().baseFont());
        painter.setPen(colors.text);
        const QString name = QString::fromStdString(share.service);
        painter.drawText(QRect(12, row.top(), nameWidth - 20, rowHeight), Qt::AlignVCenter | Qt::AlignLeft,
                         painter.fontMetrics().elidedText(name, Qt::ElideRight, nameWidth - 20));
        const QRect track(nameWidth, row.center().y() - 4, std::max(width() - nameWidth - textWidth - 12, 20), 8);
        painter.fillRect(track, colors.track);
        const double part = m_totalNs > 0 ? static_cast<double>(share.selfNs) / static_cast<double>(m_totalNs) : 0.0;
        painter.fillRect(QRect(track.left(), track.top(), static_cast<int>(track.width() * part), track.height()),
                         seriesColor(share.color));
        const QString self =
            QString::fromStdString(formatDuration(share.selfNs).joined() + "  " + formatPercent(part * 100).joined());
        painter.setPen(colors.text);
        painter.drawText(QRect(track.right() + 8, row.top(), textWidth, rowHeight), Qt::AlignVCenter | Qt::AlignLeft,
                         self);
        painter.setPen(share.errors > 0 ? colors.bad : colors.text2);
        const QString counts = share.errors > 0 ? tr("\u2715 %1 of %2").arg(share.errors).arg(share.spans)
                                                : pluralText(share.spans, tr("span"), tr("spans"));
        painter.drawText(QRect(track.right() + 8, row.top(), textWidth, rowHeight), Qt::AlignVCenter | Qt::AlignRight,
                         counts);
    }
    if (m_shares.size() > kMost) {
        painter.setPen(colors.text3);
        painter.drawText(QRect(12, static_cast<int>(kMost) * rowHeight, width(), rowHeight),
                         Qt::AlignVCenter | Qt::AlignLeft,
                         tr("%1 of %2 services shown").arg(kMost).arg(m_shares.size()));
    }
}

} // namespace tracedeck
