// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/trace_detail_view.h"

#include "core/number_format.h"
#include "models/event_columns.h"
#include "models/grouped_table_model.h"
#include "views/grouped_table_view.h"
#include "views/message_view.h"
#include "views/span_details_panel.h"
#include "views/span_menu.h"
#include "views/tab_strip.h"
#include "views/theme.h"
#include "views/trace_header_bar.h"
#include "views/trace_logs_tab.h"
#include "views/trace_overview_strip.h"
#include "views/trace_overview_tab.h"
#include "views/waterfall_view.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace tracedeck {
namespace {

QString countText(std::size_t n)
{
    return QString::fromStdString(formatCount(n));
}

} // namespace

TraceDetailView::TraceDetailView(QWidget* parent)
    : QWidget(parent),
      m_header(new TraceHeaderBar(this)),
      m_tabs(new TabStrip({{QStringLiteral("timeline"), tr("Timeline"), {}},
                           {QStringLiteral("overview"), tr("Overview"), {}},
                           {QStringLiteral("events"), tr("Spans and events"), {}},
                           {QStringLiteral("logs"), tr("Logs"), {}},
                           {QStringLiteral("json"), tr("JSON"), {}}},
                          this)),
      m_stack(new QStackedWidget(this)),
      m_timeline(new QWidget(this)),
      m_strip(new TraceOverviewStrip(this)),
      m_waterfall(new WaterfallView(this)),
      m_overview(new TraceOverviewTab(this)),
      m_eventModel(new GroupedTableModel(eventColumns(), this)),
      m_eventTable(new GroupedTableView(this)),
      m_logs(new TraceLogsTab(this)),
      m_json(new QPlainTextEdit(this)),
      m_message(new MessageView(this)),
      m_panel(new SpanDetailsPanel(this))
{
    build();
    connectParts();
    setMessage(tr("Loading the trace."));
}

void TraceDetailView::build()
{
    m_eventTable->setTableModel(m_eventModel);
    m_eventTable->setDensity(RowDensity::Compact);
    m_json->setReadOnly(true);
    m_json->setFrameShape(QFrame::NoFrame);
    m_json->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_json->document()->setDocumentMargin(12);
    m_json->setAccessibleName(tr("Trace as JSON"));
    auto* timeline = new QVBoxLayout(m_timeline);
    timeline->setContentsMargins(0, 0, 0, 0);
    timeline->setSpacing(0);
    timeline->addWidget(m_strip);
    timeline->addWidget(m_waterfall, 1);
    for (QWidget* page : {m_timeline, static_cast<QWidget*>(m_overview), static_cast<QWidget*>(m_eventTable),
                          static_cast<QWidget*>(m_logs), static_cast<QWidget*>(m_json), m_message}) {
        m_stack->addWidget(page);
    }
    m_panel->hide();
    applyTextSize();
    auto* tabs = new QHBoxLayout;
    tabs->setContentsMargins(12, 0, 0, 0);
    tabs->addWidget(m_tabs, 1);
    auto* left = new QVBoxLayout;
    left->setSpacing(0);
    left->addLayout(tabs);
    left->addWidget(m_stack, 1);
    auto* body = new QHBoxLayout;
    body->setSpacing(0);
    body->addLayout(left, 1);
    body->addWidget(m_panel);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addWidget(m_header);
    all->addLayout(body, 1);
}

void TraceDetailView::connectParts()
{
    connect(m_header, &TraceHeaderBar::backRequested, this, &TraceDetailView::backRequested);
    connect(m_header, &TraceHeaderBar::linkActivated, this, &TraceDetailView::linkActivated);
    connect(m_header, &TraceHeaderBar::idCopied, this,
            [this](const QString& id) { Q_EMIT noticed(tr("Copied %1").arg(id)); });
    connect(m_tabs, &TabStrip::activated, this, [this](const QString& id) { setTab(id); });
    connect(m_waterfall, &WaterfallView::positionSelected, this,
            [this](quint32 position) { showPosition(position, false); });
    connect(m_waterfall, &WaterfallView::positionActivated, this,
            [this](quint32 position) { showPosition(position, true); });
    connect(m_waterfall, &WaterfallView::menuRequested, this,
            [this](quint32 position, const QPoint& at) { openSpanMenu(this, position, at); });
    connect(m_waterfall, &WaterfallView::noticed, this, &TraceDetailView::noticed);
    connect(m_waterfall, &WaterfallView::windowChanged, m_strip,
            [this](const TimeWindow& window) { m_strip->setWindow(window, m_waterfall->state().limits()); });
    connect(m_strip, &TraceOverviewStrip::windowChosen, m_waterfall, &WaterfallView::setWindow);
    connect(m_overview, &TraceOverviewTab::positionChosen, this, [this](quint32 position) {
        setTab(QStringLiteral("timeline"));
        m_waterfall->selectPosition(position);
        showPosition(position, true);
    });
    connect(m_eventTable, &GroupedTableView::chooserRequested, m_eventTable,
            [this](const QPoint& at) { m_eventTable->createColumnMenu(m_eventTable)->popup(at); });
    connect(m_eventTable, &GroupedTableView::currentKeyChanged, this, [this](RowKey key) { showEventDetails(key); });
    connect(m_eventTable, &GroupedTableView::rowActivated, this, [this](RowKey key) { showEventDetails(key); });
    connect(m_logs, &TraceLogsTab::spanActivated, this, [this](const QString& span) {
        if (!selectSpan(span)) {
            Q_EMIT noticed(tr("Span %1 is not in this trace.").arg(span));
        }
    });
    connect(m_panel, &SpanDetailsPanel::linkActivated, this, &TraceDetailView::linkActivated);
    connect(m_panel, &SpanDetailsPanel::closeRequested, this, [this] { closePanel(); });
    connect(m_panel, &SpanDetailsPanel::filterRequested, this,
            [this](const QString&, const QString& value) { Q_EMIT findRequested(value); });
}

void TraceDetailView::applyTextSize()
{
    m_panel->setFixedWidth(theme().scaled(theme().space.drawer));
    if (const QFont font = theme().monoFont(); m_json->font() != font) {
        m_json->setFont(font);
    }
}

void TraceDetailView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        applyTextSize();
    }
}

void TraceDetailView::setTrace(const TraceContent& content)
{
    const bool same = hasTrace() && content.spans->rows() > 0 && m_content.spans->rows() > 0
        && content.spans->traceId[0] == m_content.spans->traceId[0];
    m_content = content;
    m_header->setTrace(*content.spans, *content.layout, m_utcOffsetSeconds);
    m_waterfall->setTrace(content.spans, content.layout);
    m_strip->setTrace(content.spans, content.layout);
    // A tab that is not on screen is filled when it is opened: of a large trace, one costs more than a frame.
    m_overviewStale = true;
    m_eventsStale = true;
    m_tabs->setCount(QStringLiteral("events"), countText(content.events->refs.size()));
    setFindText(same ? m_findText : QString());
    if (!same) {
        m_panel->hide();
        m_json->clear();
        m_logs->setMessage(tr("Loading the logs."));
        m_tabs->setCount(QStringLiteral("logs"), {});
        setTab(QStringLiteral("timeline"));
        m_waterfall->setFocus(Qt::OtherFocusReason);
    } else {
        setTab(tab());
        if (m_panel->isVisible() && m_waterfall->state().current() != WaterfallState::kNone) {
            m_panel->showSpan(content.spans, content.layout, m_waterfall->state().current());
        }
    }
}

void TraceDetailView::setMessage(const QString& text)
{
    m_content = {};
    m_matches.clear();
    m_panel->hide();
    static_cast<MessageView*>(m_message)->setText(text);
    m_stack->setCurrentWidget(m_message);
}

QString TraceDetailView::tab() const
{
    return m_tabs->current();
}

void TraceDetailView::setTab(const QString& id)
{
    m_tabs->setCurrent(id);
    if (!hasTrace()) {
        return;
    }
    fillShownTab();
    const QString shown = tab(); // an unknown name changes nothing
    if (shown == u"overview") {
        m_stack->setCurrentWidget(m_overview);
    } else if (shown == u"events") {
        m_stack->setCurrentWidget(m_eventTable);
    } else if (shown == u"logs") {
        m_stack->setCurrentWidget(m_logs);
    } else if (shown == u"json") {
        m_stack->setCurrentWidget(m_json);
    } else {
        m_stack->setCurrentWidget(m_timeline);
    }
    Q_EMIT tabChanged(shown);
}

void TraceDetailView::fillShownTab()
{
    if (m_overviewStale && tab() == u"overview") {
        m_overviewStale = false;
        m_overview->setTrace(m_content, m_utcOffsetSeconds);
    } else if (tab() == u"events") {
        fillEvents();
    }
}

void TraceDetailView::fillEvents()
{
    if (m_eventsStale) {
        m_eventsStale = false;
        applyEvents();
    }
}

void TraceDetailView::showJson(const QString& text)
{
    m_json->setPlainText(text);
    if (tab() != u"json") {
        setTab(QStringLiteral("json"));
    }
}

void TraceDetailView::showLogs(std::shared_ptr<const LogTable> logs)
{
    if (hasTrace()) {
        m_logs->setLogs(std::move(logs), m_content.layout->startNs);
        m_tabs->setCount(QStringLiteral("logs"), countText(m_logs->count()));
    }
}

void TraceDetailView::showPosition(std::uint32_t position, bool openPanel)
{
    if (!hasTrace() || position == WaterfallState::kNone || position >= m_content.layout->size()) {
        return;
    }
    if (openPanel || m_panel->isVisible()) {
        m_panel->showSpan(m_content.spans, m_content.layout, position);
        m_panel->show();
    }
    Q_EMIT spanChanged();
}

void TraceDetailView::showEventDetails(RowKey key)
{
    const int row = m_eventModel->rowOfKey(key);
    const qint64 source = row < 0 ? -1 : m_eventModel->sourceRow(row);
    if (source < 0) {
        return;
    }
    const EventRef ref = m_content.events->refs[static_cast<std::size_t>(source)];
    for (std::uint32_t position = 0; position < m_content.layout->size(); ++position) {
        if (m_content.layout->row[position] == ref.span) {
            m_waterfall->selectPosition(position);
            showPosition(position, true);
            m_panel->setShownTab(ref.isSpan() ? QStringLiteral("attributes") : QStringLiteral("events"));
            return;
        }
    }
}

void TraceDetailView::applyEvents()
{
    TableUpdate update;
    update.snapshot = TableSnapshot(m_content.events);
    update.base = m_eventModel->plan();
    update.plan = m_findText.isEmpty()
        ? m_content.eventPlan
        : std::make_shared<const RowPlan>(
            planEvents(*m_content.events, filterEvents(*m_content.events, m_findText.toStdString(), false)));
    update.diff = diffPlans(*update.base, *update.plan);
    m_eventModel->apply(std::move(update));
}

} // namespace tracedeck
