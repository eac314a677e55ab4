// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/summary_line.h"

#include "core/number_format.h"
#include "views/flat_button.h"
#include "views/summary_parts.h"
#include "views/theme.h"

#include <QHBoxLayout>
#include <QPainter>

namespace tracedeck {

namespace {

QString percentText(std::optional<double> percent)
{
    return percent ? QString::fromStdString(formatPercent(*percent).joined()) : QString::fromUtf8(kUnknownText);
}

QString rateText(std::optional<double> rate)
{
    return rate ? QString::fromStdString(formatRateDecimal(*rate).joined()) : QString::fromUtf8(kUnknownText);
}

} // namespace

SummaryLine::SummaryLine(const Words& words, QWidget* parent)
    : QWidget(parent),
      m_counts{new CountButton(QStringLiteral("stopped"), words.stopped, Severity::Critical, this),
               new CountButton(QStringLiteral("degraded"), words.degraded, Severity::Warning, this),
               new CountButton(QStringLiteral("running"), words.running, Severity::Ok, this)},
      m_cpu(new MeanLabel(tr("CPU"), true, 0, this)),
      m_memory(new MeanLabel(tr("Memory"), true, 3, this)),
      m_network(new MeanLabel(tr("Network"), false, 0, this)),
      m_disk(new MeanLabel(tr("Disk I/O"), false, 0, this)),
      m_expand(new FlatButton(QString(), this))
{
    setFixedHeight(theme().scaled(36));
    m_cpu->setToolTip(tr("Mean over the rows that report CPU"));
    m_memory->setToolTip(tr("Mean over the rows that report memory"));
    m_network->setToolTip(tr("Sum of both directions over all rows"));
    m_disk->setToolTip(tr("Sum of reads and writes over all rows"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 0, 14, 1);
    layout->setSpacing(2);
    for (CountButton* count : m_counts) {
        layout->addWidget(count);
        connect(count, &QAbstractButton::clicked, this,
                [this, count](bool on) { Q_EMIT statusActivated(on ? count->status() : QString()); });
    }
    layout->addSpacing(24);
    layout->addWidget(m_cpu);
    layout->addSpacing(20);
    layout->addWidget(m_memory);
    layout->addSpacing(20);
    layout->addWidget(m_network);
    layout->addSpacing(20);
    layout->addWidget(m_disk);
    layout->addStretch(1);
    layout->addWidget(m_expand);
    m_expand->setLook(FlatButton::Look::Plain);
    connect(m_expand, &QAbstractButton::clicked, this, [this] { Q_EMIT expandToggled(!m_expanded); });
    setExpanded(false);
}

void SummaryLine::setSummary(const TableSummary& summary)
{
    m_counts[0]->setCount(summary.stopped);
    m_counts[1]->setCount(summary.degraded);
    m_counts[2]->setCount(summary.running);
    // The course gets one point per sample, not one per keystroke in the query line.
    const bool sampled = summary.sampledAtNs != m_sampledAtNs;
    m_sampledAtNs = summary.sampledAtNs;
    m_cpu->setValue(percentText(summary.cpuPercent), sampled ? summary.cpuPercent : std::nullopt);
    m_memory->setValue(percentText(summary.memoryPercent), sampled ? summary.memoryPercent : std::nullopt);
    m_network->setValue(rateText(summary.networkBytesPerSec), std::nullopt);
    m_disk->setValue(rateText(summary.diskBytesPerSec), std::nullopt);
    fitFigures();
}

void SummaryLine::fitFigures()
{
    constexpr int kGap = 24; // between figures, the spacing of the layout included
    int needed = layout()->contentsMargins().left() + layout()->contentsMargins().right() + 3 * kGap
        + m_expand->sizeHint().width();
    for (const CountButton* count : m_counts) {
        needed += count->sizeHint().width();
    }
    for (MeanLabel* figure : {m_cpu, m_memory, m_network, m_disk}) {
        needed += figure->minimumSizeHint().width() + kGap;
        figure->setVisible(needed <= width());
    }
}

void SummaryLine::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitFigures();
}

void SummaryLine::setCourses(std::vector<MetricCode> cpu, std::vector<MetricCode> memory)
{
    m_cpu->setCourse(MetricId::Cpu, std::move(cpu));
    m_memory->setCourse(MetricId::Memory, std::move(memory));
}

void SummaryLine::setExpanded(bool expanded)
{
    m_expanded = expanded;
    m_expand->setText(expanded ? tr("Less") : tr("More"));
    m_expand->setIconName(expanded ? QStringLiteral("chevron-up") : QStringLiteral("chevron-down"));
    m_expand->setToolTip(expanded ? tr("Close the summary  b") : tr("Expand the summary  b"));
    m_expand->setAccessibleName(expanded ? tr("Close the summary") : tr("Expand the summary"));
}

void SummaryLine::setStatus(const QString& status)
{
    for (CountButton* count : m_counts) {
        count->setChecked(count->status() == status);
    }
}

void SummaryLine::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().colors.panel);
    painter.fillRect(0, height() - 1, width(), 1, theme().colors.line);
    const int divider = m_cpu->x() - 14;
    painter.fillRect(divider, height() / 2 - 8, 1, 16, theme().colors.line);
}

} // namespace tracedeck
