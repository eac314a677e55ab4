// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history_wiring.h"

#include "app/history_keeper.h"
#include "app/settings_store.h"
#include "models/grouped_table_model.h"
#include "views/course_book.h"
#include "views/course_text.h"
#include "views/detail_drawer.h"
#include "views/fleet_page.h"
#include "views/grouped_table_view.h"
#include "views/history_view.h"
#include "views/host_cards.h"
#include "views/line_card.h"
#include "views/summary_line.h"
#include "views/summary_strip.h"

#include <QEvent>
#include <numeric>

namespace tracedeck {

HistoryWiring::HistoryWiring(FleetPage& page, HistoryKeeper& keeper, SettingsStore& settings, bool hostCards,
                             QObject* parent)
    : QObject(parent),
      m_page(page),
      m_keeper(keeper),
      m_settings(settings),
      m_path(QStringLiteral("tables.") + page.pageId() + QStringLiteral(".history")),
      m_courses(new CourseBook(page.table())),
      m_strip(new SummaryStrip(page.model(), &page)),
      m_view(new HistoryView)
{
    m_page.addBelowSummary(m_strip);
    m_page.drawer()->addTab(QStringLiteral("history"), tr("History"), m_view);
    if (hostCards) {
        m_cards = new HostCards(page.model(), &page);
        m_page.addAboveTable(m_cards);
        connect(m_cards, &HostCards::activated, this, [this](RowKey key) {
            m_page.table()->setCurrentKey(key);
            m_page.openDrawer(key);
        });
    }
    m_strip->setRange(rangeOfText(m_settings.value(m_path + QStringLiteral(".range")).toString()));
    setStripShown(m_settings.value(m_path + QStringLiteral(".expanded")).toBool());
    m_courses->setShown(m_settings.value(m_path + QStringLiteral(".lines")).toBool());
    if (const int width = m_settings.value(m_path + QStringLiteral(".drawer")).toInt(); width > 0) {
        m_page.drawer()->setWantedWidth(width);
    }
    connect(m_page.drawer(), &DetailDrawer::widthChosen, this,
            [this](int width) { m_settings.setValue(m_path + QStringLiteral(".drawer"), width); });
    connect(m_page.summaryLine(), &SummaryLine::expandToggled, this, &HistoryWiring::setStripShown);
    connect(m_strip, &SummaryStrip::rangeChosen, this, [this](HistoryRange range) {
        m_settings.setValue(m_path + QStringLiteral(".range"), rangeText(range));
        wantRange();
    });
    connect(&m_keeper, &HistoryKeeper::frameChanged, this, &HistoryWiring::takeFrame);
    connect(m_page.drawer(), &DetailDrawer::rowShown, m_view, &HistoryView::setRow);
    connect(m_view, &HistoryView::historyRequested, this, &HistoryWiring::readHistory);
    connectHover();
    wantRange();
}

void HistoryWiring::connectHover()
{
    GroupedTableView* table = m_page.table();
    connect(table, &GroupedTableView::pointerMoved, this, [this, table] {
        if (isStripShown()) {
            m_strip->setPointedRow(table->hoverKey());
        }
    });
    table->viewport()->installEventFilter(this);
    connect(m_strip, &SummaryStrip::rowPointed, table, &GroupedTableView::pointAt);
    connect(m_strip, &SummaryStrip::rowChosen, this, [this, table](RowKey key) {
        if (table->setCurrentKey(key)) {
            table->setFocus();
        }
    });
}

bool HistoryWiring::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Leave && isStripShown()) {
        m_strip->setPointedRow(0);
    }
    return QObject::eventFilter(watched, event);
}

void HistoryWiring::wantRange()
{
    m_keeper.want(m_strip, isStripShown() ? std::optional(m_strip->range()) : std::nullopt);
    takeFrame(m_keeper.frame(m_strip->range()));
}

void HistoryWiring::setStripShown(bool shown)
{
    m_strip->setVisible(shown);
    m_page.summaryLine()->setExpanded(shown);
    if (m_settings.value(m_path + QStringLiteral(".expanded")).toBool() != shown) {
        m_settings.setValue(m_path + QStringLiteral(".expanded"), shown);
    }
    wantRange();
}

bool HistoryWiring::isStripShown() const
{
    return !m_strip->isHidden();
}

void HistoryWiring::setLinesShown(bool shown)
{
    m_courses->setShown(shown);
    m_settings.setValue(m_path + QStringLiteral(".lines"), shown);
}

bool HistoryWiring::areLinesShown() const
{
    return m_courses->isShown();
}

void HistoryWiring::setSummary(const TableSummary& summary)
{
    m_strip->setSummary(summary);
}

void HistoryWiring::takeFrame(const std::shared_ptr<const HistoryFrame>& frame)
{
    if (frame == nullptr) {
        return;
    }
    m_strip->setFrame(frame);
    if (frame->range != HistoryRange::Hour) {
        return;
    }
    m_courses->setFrame(frame);
    if (m_cards != nullptr) {
        m_cards->setFrame(frame);
    }
    // The line above the table shows the mean over all rows of its own table.
    std::vector<std::uint32_t> rows;
    const RowPlan& plan = *m_page.model()->plan();
    for (std::size_t i = 0; i < plan.rows.size(); ++i) {
        const std::size_t row = plan.rows[i].isGroup() ? SIZE_MAX : frame->rowOf(plan.keys[i]);
        if (row != SIZE_MAX) {
            rows.push_back(static_cast<std::uint32_t>(row));
        }
    }
    m_page.summaryLine()->setCourses(meanCourse(*frame, rows, MetricId::Cpu),
                                     meanCourse(*frame, rows, MetricId::Memory));
    if (m_view->isVisible()) {
        m_view->refresh();
    }
}

void HistoryWiring::readHistory(RowKey key, HistoryRange range)
{
    m_keeper.read(key, range, m_view, [this, key, range](std::vector<HistorySeries> series, const std::string& label) {
        RowHistory history;
        history.key = key;
        history.range = range;
        history.nowNs = m_keeper.now();
        history.source = QString::fromStdString(label);
        for (HistorySeries& one : series) {
            history.lines.push_back({one.metric, std::move(one.points)});
        }
        m_view->setHistory(history);
    });
}

} // namespace tracedeck
