// SPDX-License-Identifier: GPL-3.0-or-later
// What keys and the search line do to an open trace.
#include "models/plural_text.h"
#include "selectors/span_find.h"
#include "selectors/span_window.h"
#include "views/grouped_table_view.h"
#include "views/span_details_panel.h"
#include "views/tab_strip.h"
#include "views/trace_detail_view.h"
#include "views/trace_logs_tab.h"
#include "views/waterfall_view.h"

#include <QStackedWidget>
#include <algorithm>

namespace tracedeck {

int TraceDetailView::setFindText(const QString& text)
{
    m_findText = text;
    m_logs->setFindText(text);
    if (!hasTrace()) {
        m_matches.clear();
        return 0;
    }
    m_matches = text.isEmpty() ? std::vector<std::uint32_t>()
                               : findSpans(*m_content.spans, *m_content.layout, text.toStdString());
    m_waterfall->setMatches(m_matches);
    m_eventsStale = true;
    fillShownTab();
    return static_cast<int>(tab() == u"logs" ? m_logs->shownCount() : m_matches.size());
}

QString TraceDetailView::findPlace() const
{
    if (tab() == u"logs") {
        return m_findText.isEmpty()     ? QString()
            : m_logs->shownCount() == 0 ? tr("no log record matches")
                                        : tr("%1 of %2").arg(m_logs->shownCount()).arg(m_logs->count());
    }
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
        if (m_findText.isEmpty()) {
            Q_EMIT noticed(tr("Nothing is searched for yet; / searches this trace"));
        }
        step(m_matches, id == u"find.previous");
        if (const QString place = findPlace(); !place.isEmpty()) {
            Q_EMIT noticed(place);
        }
        return true;
    }
    if (id == u"error.next" || id == u"error.previous") {
        const std::uint32_t position =
            nextError(*m_content.spans, *m_content.layout, m_waterfall->state().current(), id == u"error.previous");
        if (position == SpanLayout::kNoParent) {
            Q_EMIT noticed(tr("No span of this trace has an error."));
        } else {
            step({position}, false);
            Q_EMIT noticed(tr("error %1 of %2")
                               .arg(errorNumber(*m_content.spans, *m_content.layout, position))
                               .arg(m_content.layout->errors));
        }
        return true;
    }
    if (id == u"trace.timeline") {
        setTab(QStringLiteral("timeline"));
        return true;
    }
    if (id == u"trace.logs") {
        // On the timeline the key unfolds first: what is folded away has logs too.
        const std::uint32_t current = m_waterfall->state().current();
        const bool folded = current != WaterfallState::kNone && m_waterfall->state().isCollapsed(current);
        if (tab() == u"timeline" && folded) {
            return m_waterfall->runCommand(QStringLiteral("trace.unfold"));
        }
        setTab(QStringLiteral("logs"));
        m_logs->table()->setFocus(Qt::OtherFocusReason);
        return true;
    }
    if (id == u"trace.details") {
        showPosition(m_waterfall->state().current(), true);
        return true;
    }
    if (id == u"trace.select") {
        if (!closePanel()) {
            showPosition(m_waterfall->state().current(), true);
        }
        return true;
    }
    if (id == u"trace.critical") {
        toggleCriticalPath();
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

void TraceDetailView::toggleCriticalPath()
{
    const bool show = !m_waterfall->showsCriticalPath();
    m_waterfall->setCriticalPathShown(show);
    setTab(QStringLiteral("timeline"));
    const std::size_t spans = m_waterfall->criticalSpans();
    Q_EMIT noticed(
        !show ? tr("The critical path is not marked any more.")
            : spans > 0
            ? tr("Critical path: %1 decide how long the trace takes.").arg(pluralText(spans, tr("span"), tr("spans")))
            : tr("This trace has no root span, so no critical path."));
}

} // namespace tracedeck
