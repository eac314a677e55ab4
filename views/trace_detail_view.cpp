// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/trace_detail_view.h"

#include "core/number_format.h"
#include "models/event_columns.h"
#include "models/grouped_table_model.h"
#include "models/plural_text.h"
#include "selectors/span_find.h"
#include "selectors/span_window.h"
#include "views/grouped_table_view.h"
#include "views/message_view.h"
#include "views/span_details_panel.h"
#include "views/tab_strip.h"
#include "views/theme.h"
#include "views/trace_header_bar.h"
#include "views/trace_overview_strip.h"
#include "views/trace_overview_tab.h"
#include "views/waterfall_view.h"

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
                           {QStringLiteral("events"), tr("Events"), {}},
                           {QStringLiteral("json"), tr("JSON"), {}}},
                          this)),
      m_stack(new QStackedWidget(this)),
      m_timeline(new QWidget(this)),
      m_strip(new TraceOverviewStrip(this)),
      m_waterfall(new WaterfallView(this)),
      m_overview(new TraceOverviewTab(this)),
      m_eventModel(new GroupedTableModel(eventColumns(), this)),
      m_eventTable(new GroupedTableView(this)),
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
    m_json->setFont(theme().monoFont());
    m_json->setAccessibleName(tr("Trace as JSON"));
    auto* timeline = new QVBoxLayout(m_timeline);
    timeline->setContentsMargins(0, 0, 0, 0);
    timeline->setSpacing(0);
    timeline->addWidget(m_strip);
    timeline->addWidget(m_waterfall, 1);
    for (QWidget* page : {m_timeline, static_cast<QWidget*>(m_overview), static_cast<QWidget*>(m_eventTable),
                          static_cast<QWidget*>(m_json), m_message}) {
        m_stack->addWidget(page);
    }
    m_panel->setFixedWidth(theme().scaled(theme().space.drawer));
    m_panel->hide();
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
    connect(m_eventTable, &GroupedTableView::currentKeyChanged, this, [this](RowKey key) { showEvent(key); });
    connect(m_eventTable, &GroupedTableView::rowActivated, this, [this](RowKey key) { showEvent(key); });
    connect(m_panel, &SpanDetailsPanel::linkActivated, this, &TraceDetailView::linkActivated);
    connect(m_panel, &SpanDetailsPanel::closeRequested, this, [this] { closePanel(); });
    connect(m_panel, &SpanDetailsPanel::filterRequested, this,
            [this](const QString&, const QString& value) { Q_EMIT findRequested(value); });
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
    if (id == u"overview") {
        m_stack->setCurrentWidget(m_overview);
    } else if (id == u"events") {
        m_stack->setCurrentWidget(m_eventTable);
    } else if (id == u"json") {
        m_stack->setCurrentWidget(m_json);
    } else {
        m_stack->setCurrentWidget(m_timeline);
    }
    Q_EMIT tabChanged(tab());
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

int TraceDetailView::setFindText(const QString& text)
{
    m_findText = text;
    if (!hasTrace()) {
        m_matches.clear();
        return 0;
    }
    m_matches = text.isEmpty() ? std::vector<std::uint32_t>()
                               : findSpans(*m_content.spans, *m_content.layout, text.toStdString());
    m_waterfall->setMatches(m_matches);
    m_eventsStale = true;
    fillShownTab();
    return static_cast<int>(m_matches.size());
}

QString TraceDetailView::findPlace() const
{
    if (m_matches.empty()) {
        return m_findText.isEmpty() || !hasTrace() ? QString() : tr("no span matches");
    }
    const auto at = std::lower_bound(m_matches.begin(), m_matches.end(), m_waterfall->state().current());
    if (at != m_matches.end() && *at == m_waterfall->state().current()) {
        return tr("%1 of %2").arg(at - m_matches.begin() + 1).arg(m_matches.size());
    }
    return pluralText(m_matches.size(), tr("match"), tr("matches"));
}

void TraceDetailView::step(const std::vector<std::uint32_t>& positions, bool backwards)
{
    if (positions.empty()) {
        return;
    }
    const std::uint32_t current = m_waterfall->state().current();
    std::uint32_t next = positions.front();
    if (current == WaterfallState::kNone) {
        next = backwards ? positions.back() : positions.front();
    } else if (backwards) {
        const auto at = std::lower_bound(positions.begin(), positions.end(), current);
        next = at == positions.begin() ? positions.back() : *(at - 1);
    } else {
        const auto at = std::upper_bound(positions.begin(), positions.end(), current);
        next = at == positions.end() ? positions.front() : *at;
    }
    setTab(QStringLiteral("timeline"));
    m_waterfall->selectPosition(next);
}

bool TraceDetailView::runCommand(const QString& id)
{
    if (!hasTrace()) {
        return false;
    }
    if (id == u"find.next" || id == u"find.previous") {
        step(m_matches, id == u"find.previous");
        return true;
    }
    if (id == u"error.next" || id == u"error.previous") {
        const std::uint32_t position =
            nextError(*m_content.spans, *m_content.layout, m_waterfall->state().current(), id == u"error.previous");
        if (position == SpanLayout::kNoParent) {
            Q_EMIT noticed(tr("No span of this trace has an error."));
        } else {
            step({position}, false);
        }
        return true;
    }
    if (id == u"trace.timeline") {
        setTab(QStringLiteral("timeline"));
        return true;
    }
    if (id == u"trace.details") {
        showPosition(m_waterfall->state().current(), true);
        return true;
    }
    return tab() == u"timeline" && m_waterfall->runCommand(id);
}

bool TraceDetailView::closePanel()
{
    if (!m_panel->isVisible()) {
        return false;
    }
    m_panel->hide();
    m_stack->currentWidget()->setFocus(Qt::OtherFocusReason);
    return true;
}

QString TraceDetailView::currentSpan() const
{
    if (!hasTrace() || m_waterfall->state().current() == WaterfallState::kNone) {
        return {};
    }
    return QString::fromStdString(
        m_content.spans->spanId[m_content.layout->row[m_waterfall->state().current()]].toHex());
}

bool TraceDetailView::selectSpan(const QString& spanIdHex)
{
    const auto id = SpanId::fromHex(spanIdHex.toStdString());
    if (!id || !hasTrace()) {
        return false;
    }
    for (std::uint32_t position = 0; position < m_content.layout->size(); ++position) {
        if (m_content.spans->spanId[m_content.layout->row[position]] == *id) {
            m_waterfall->selectPosition(position);
            showPosition(position, true);
            return true;
        }
    }
    return false;
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

void TraceDetailView::showEvent(RowKey key)
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
