// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/selection_line.h"

#include "core/number_format.h"
#include "views/flat_button.h"
#include "views/theme.h"

#include <QEvent>
#include <QFontMetrics>
#include <QPainter>
#include <QStringList>

namespace tracedeck {
namespace {

QString selectedCount(std::uint32_t number)
{
    return QString::fromStdString(formatCount(number));
}

} // namespace

QString selectionText(const SelectionTotals& totals)
{
    QStringList parts{SelectionLine::tr("%1 selected").arg(selectedCount(totals.rows))};
    const auto over = [&totals](std::uint32_t rows) {
        return rows == totals.rows ? QString() : SelectionLine::tr(" of %1").arg(selectedCount(rows));
    };
    if (totals.cpuPercent) {
        parts +=
            SelectionLine::tr("mean CPU %1").arg(QString::fromStdString(formatPercent(*totals.cpuPercent).joined()))
            + over(totals.cpuRows);
    }
    if (totals.memoryUsedBytes) {
        parts += SelectionLine::tr("memory %1")
                     .arg(QString::fromStdString(formatBytesBinary(*totals.memoryUsedBytes).joined()))
            + over(totals.memoryRows);
    }
    if (totals.networkBytesPerSec) {
        parts += SelectionLine::tr("network %1")
                     .arg(QString::fromStdString(formatRateDecimal(*totals.networkBytesPerSec).joined()));
    }
    if (totals.problems > 0) {
        parts += totals.problems == 1 ? SelectionLine::tr("1 problem")
                                      : SelectionLine::tr("%1 problems").arg(selectedCount(totals.problems));
    }
    return parts.join(QStringLiteral(" \u00b7 "));
}

SelectionLine::SelectionLine(QWidget* parent) : QWidget(parent), m_clear(new FlatButton(tr("Clear"), this))
{
    setFixedHeight(theme().scaled(32));
    m_clear->setLook(FlatButton::Look::Plain);
    m_clear->setKeyHint(QStringLiteral("Esc"));
    m_clear->setAccessibleName(tr("Clear the selection"));
    connect(m_clear, &QAbstractButton::clicked, this, &SelectionLine::clearRequested);
    hide();
}

void SelectionLine::showTotals(const SelectionTotals& totals)
{
    const QString text = totals.rows > 1 ? selectionText(totals) : QString();
    if (text != m_text) {
        m_text = text;
        setAccessibleName(text);
        update();
    }
    setVisible(!text.isEmpty());
}

void SelectionLine::place()
{
    setFixedHeight(theme().scaled(32));
    const QSize size = m_clear->sizeHint();
    m_clear->setGeometry(width() - size.width() - 8, (height() - size.height()) / 2, size.width(), size.height());
}

void SelectionLine::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().colors.raised);
    painter.fillRect(0, 0, width(), 1, theme().colors.line);
    painter.setFont(theme().smallFont());
    painter.setPen(theme().colors.text);
    const int room = m_clear->x() - 24;
    painter.drawText(QRect(12, 0, room, height()), Qt::AlignVCenter | Qt::AlignLeft,
                     QFontMetrics(painter.font()).elidedText(m_text, Qt::ElideRight, room));
}

void SelectionLine::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    place();
}

void SelectionLine::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        place();
    }
}

} // namespace tracedeck
