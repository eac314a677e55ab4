// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/summary_strip.h"

#include "core/number_format.h"
#include "models/grouped_table_model.h"
#include "views/course_text.h"
#include "views/density_card.h"
#include "views/line_card.h"
#include "views/segment_bar.h"
#include "views/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>
#include <cmath>
#include <limits>

namespace tracedeck {
namespace {

double orNothing(std::optional<double> value)
{
    return value.value_or(std::numeric_limits<double>::quiet_NaN());
}

} // namespace

SummaryStrip::SummaryStrip(GroupedTableModel* model, QWidget* parent)
    : QWidget(parent), m_model(model), m_ranges(new SegmentBar(rangeSegments(), this)), m_note(new QLabel(this))
{
    const auto nameOf = [this](RowKey key) {
        const CellContent* cell = m_model->cell(m_model->rowOfKey(key), 0);
        return cell != nullptr ? cell->text : QString();
    };
    m_cards = {new LineCard(tr("CPU"), nameOf, MetricId::Cpu, 0, this),
               new LineCard(tr("Memory"), nameOf, MetricId::Memory, 3, this),
               new DensityCard(tr("Network"), nameOf, {MetricId::NetRx, MetricId::NetTx}, 0, this),
               new DensityCard(tr("Disk I/O"), nameOf, {MetricId::DiskIo}, 3, this)};
    setAccessibleName(tr("Summary"));
    m_ranges->setAccessibleName(tr("Range of the summary"));
    m_note->setFont(theme().smallFont());
    auto* head = new QHBoxLayout;
    head->setContentsMargins(10, 5, 14, 3);
    head->addWidget(m_ranges);
    head->addSpacing(12);
    head->addWidget(m_note);
    head->addStretch(1);
    auto* body = new QHBoxLayout;
    body->setSpacing(0);
    for (SummaryCard* card : m_cards) {
        body->addWidget(card, 1);
        connect(card, &SummaryCard::hovered, this, &SummaryStrip::hover);
        connect(card, &SummaryCard::clicked, this, &SummaryStrip::rowChosen);
    }
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 5);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addLayout(body);
    connect(m_ranges, &SegmentBar::activated, this, [this](const QString& id) {
        m_frame.reset(); // lines of the range before must not stand under the name of this one
        collectRows();
        Q_EMIT rangeChosen(rangeOfText(id));
    });
    connect(m_model, &GroupedTableModel::applied, this, [this] {
        if (isVisible()) {
            collectRows();
        }
    });
}

HistoryRange SummaryStrip::range() const
{
    return rangeOfText(m_ranges->current());
}

void SummaryStrip::setRange(HistoryRange range)
{
    m_ranges->setCurrent(rangeText(range));
}

void SummaryStrip::setFrame(std::shared_ptr<const HistoryFrame> frame)
{
    if (frame != nullptr && frame->range == range() && frame != m_frame) {
        m_frame = std::move(frame);
        if (isVisible()) {
            collectRows();
        }
    }
}

void SummaryStrip::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    collectRows();
}

/// Rows of the frame that the table shows now: what is filtered away or folded is not in the summary.
void SummaryStrip::collectRows()
{
    auto next = std::make_shared<CourseRows>();
    next->frame = m_frame;
    const RowPlan& plan = *m_model->plan();
    for (std::size_t i = 0; i < plan.rows.size(); ++i) {
        if (plan.rows[i].isGroup()) {
            continue;
        }
        ++next->shown;
        const std::size_t row = m_frame != nullptr ? m_frame->rowOf(plan.keys[i]) : SIZE_MAX;
        if (row != SIZE_MAX) {
            next->rows.push_back(static_cast<std::uint32_t>(row));
        }
    }
    std::sort(next->rows.begin(), next->rows.end()); // a new order of the table is no new picture
    if (m_rows != nullptr && m_rows->frame == next->frame && m_rows->rows == next->rows) {
        return;
    }
    m_rows = std::move(next);
    for (SummaryCard* card : m_cards) {
        card->setRows(m_rows);
    }
    const bool cut = m_frame != nullptr && m_frame->rows() < m_frame->rowsKnown;
    m_note->setText(cut ? tr("Courses of %1 of %2 rows are kept")
                              .arg(QString::fromStdString(formatCount(m_frame->rows())),
                                   QString::fromStdString(formatCount(m_frame->rowsKnown)))
                        : QString());
}

void SummaryStrip::setSummary(const TableSummary& summary)
{
    m_cards[0]->setValue(metricText(MetricId::Cpu, orNothing(summary.cpuPercent)));
    m_cards[1]->setValue(metricText(MetricId::Memory, orNothing(summary.memoryPercent)));
    m_cards[2]->setValue(metricText(MetricId::NetRx, orNothing(summary.networkBytesPerSec)));
    m_cards[3]->setValue(metricText(MetricId::DiskIo, orNothing(summary.diskBytesPerSec)));
}

void SummaryStrip::hover(const CourseHover& hover)
{
    if (hover == m_hover) {
        return;
    }
    const bool other = hover.key != m_hover.key;
    m_hover = hover;
    for (SummaryCard* card : m_cards) {
        card->setHover(hover);
    }
    if (other) {
        Q_EMIT rowPointed(hover.key);
    }
}

void SummaryStrip::setPointedRow(RowKey key)
{
    const CourseHover pointed{key, key != 0 && m_frame != nullptr ? m_frame->untilNs : 0};
    m_hover = pointed;
    for (SummaryCard* card : m_cards) {
        card->setHover(pointed);
    }
}

void SummaryStrip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().colors.panel);
    painter.fillRect(0, height() - 1, width(), 1, theme().colors.line);
}

} // namespace tracedeck
