// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/history_view.h"

#include "views/course_text.h"
#include "views/segment_bar.h"
#include "views/theme.h"

#include <QLabel>
#include <QVBoxLayout>

namespace tracedeck {
namespace {

/// Metrics of each chart.
constexpr std::array<std::array<MetricId, 2>, 5> kChartMetrics{{{MetricId::Cpu, MetricId::Count},
                                                                {MetricId::Memory, MetricId::Count},
                                                                {MetricId::Disk, MetricId::Count},
                                                                {MetricId::NetRx, MetricId::NetTx},
                                                                {MetricId::DiskIo, MetricId::Count}}};

} // namespace

HistoryView::HistoryView(QWidget* parent)
    : QWidget(parent), m_ranges(new SegmentBar(rangeSegments(), this)), m_note(new QLabel(this))
{
    m_ranges->setAccessibleName(tr("Range of the history"));
    m_note->setWordWrap(true);
    m_note->setFont(theme().smallFont());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 6, 12, 12);
    layout->setSpacing(8);
    layout->addWidget(m_ranges, 0, Qt::AlignLeft);
    layout->addWidget(m_note);
    layout->addStretch(1);
    connect(m_ranges, &SegmentBar::activated, this, [this] { ask(); });
}

void HistoryView::makeCharts()
{
    if (m_charts.front() != nullptr) {
        return;
    }
    m_charts = {new HistoryChart(tr("CPU"), this), new HistoryChart(tr("Memory"), this),
                new HistoryChart(tr("Disk"), this), new HistoryChart(tr("Network"), this),
                new HistoryChart(tr("Disk I/O"), this)};
    auto* const column = static_cast<QVBoxLayout*>(layout());
    int place = column->indexOf(m_note);
    for (HistoryChart* chart : m_charts) {
        column->insertWidget(place++, chart);
        chart->hide();
        connect(chart, &HistoryChart::cursorMoved, this, &HistoryView::setCursor);
    }
}

HistoryRange HistoryView::range() const
{
    return rangeOfText(m_ranges->current());
}

void HistoryView::setRange(HistoryRange range)
{
    m_ranges->setCurrent(rangeText(range));
    ask();
}

void HistoryView::setRow(RowKey key)
{
    if (key != m_key) {
        m_key = key;
        for (HistoryChart* chart : m_charts) {
            if (chart != nullptr) {
                chart->hide(); // nothing of the row before may stand under the name of this one
            }
        }
        m_note->clear();
        ask(); // the same row again is asked for by refresh(), not by every new value
    }
}

void HistoryView::ask()
{
    if (m_key != 0 && isVisible()) {
        Q_EMIT historyRequested(m_key, range());
    }
}

void HistoryView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    ask();
}

void HistoryView::setHistory(const RowHistory& history)
{
    if (history.key != m_key || history.range != range()) {
        return; // an answer to an older question
    }
    makeCharts();
    QStringList silent;
    for (std::size_t i = 0; i < m_charts.size(); ++i) {
        std::vector<ChartLine> lines;
        for (const ChartLine& line : history.lines) {
            const bool mine = line.metric == kChartMetrics[i][0] || line.metric == kChartMetrics[i][1];
            if (mine && !line.points.empty()) {
                lines.push_back(line);
            }
        }
        if (lines.empty()) {
            silent.append(m_charts[i]->accessibleName());
        } else {
            m_charts[i]->setLines(lines, history.range, history.nowNs);
        }
        m_charts[i]->setVisible(!lines.empty());
    }
    QStringList notes;
    if (silent.size() == static_cast<qsizetype>(m_charts.size())) {
        notes.append(tr("Nothing recorded yet. The course begins with the first samples."));
    } else if (!silent.isEmpty()) {
        notes.append(tr("Not reported: %1.").arg(silent.join(QStringLiteral(", "))));
    }
    if (!history.source.isEmpty()) {
        notes.append(tr("History: %1. Gaps are times without samples.").arg(history.source));
    }
    m_note->setText(notes.join(u'\n'));
    QPalette dim = palette();
    dim.setColor(QPalette::WindowText, theme().colors.text3);
    m_note->setPalette(dim);
}

void HistoryView::setCursor(std::int64_t timeNs)
{
    for (HistoryChart* chart : m_charts) {
        chart->setCursor(timeNs);
    }
}

QStringList HistoryView::texts() const
{
    QStringList texts;
    for (const HistoryChart* chart : m_charts) {
        if (chart != nullptr && chart->isVisibleTo(this)) {
            texts.append(chart->accessibleName() + QStringLiteral(": ") + chart->readout());
        }
    }
    texts.append(m_note->text());
    return texts;
}

} // namespace tracedeck
