// SPDX-License-Identifier: GPL-3.0-or-later
// The open trace of TracesPage.
#include "views/trace_detail_view.h"
#include "views/trace_logs_tab.h"
#include "views/traces_page.h"

#include <QStackedWidget>
#include <utility>

namespace tracedeck {

void TracesPage::openTraceId(const QString& id)
{
    if (id.isEmpty() || id == m_openTrace) {
        return;
    }
    const bool fromList = m_openTrace.isEmpty();
    if (fromList) {
        Q_EMIT routeChanged(); // the list as it is now is what Back comes back to
    }
    m_openTrace = id;
    m_wantedSpan.clear();
    m_wantedTab.clear();
    m_findText.clear();
    m_detail->setMessage(tr("Loading the trace."));
    m_stack->setCurrentWidget(m_detail);
    Q_EMIT traceOpened(id);
    Q_EMIT pageChanged();
    if (fromList || !m_followInside) { // a trace that came by itself is no place somebody went to
        Q_EMIT routeChanged();
    }
}

void TracesPage::openNewest()
{
    const bool wanted = m_following && m_followInside && !m_openTrace.isEmpty() && m_model->rowCount() > 0;
    if (wanted && m_choice.order == TraceOrder::StartDescending) {
        openTraceId(traceIdOf(m_model->rowKey(0)));
    }
}

void TracesPage::closeTrace()
{
    if (m_openTrace.isEmpty()) {
        return;
    }
    m_openTrace.clear();
    m_stack->setCurrentWidget(m_listPage);
    focusContent();
    Q_EMIT traceClosed();
    Q_EMIT pageChanged();
    Q_EMIT routeChanged();
}

void TracesPage::showTrace(const QString& id, const TraceContent& content)
{
    if (id != m_openTrace) {
        return;
    }
    m_detail->setTrace(content);
    m_detail->setFindText(m_findText); // typed while the trace was on its way
    if (!m_wantedSpan.isEmpty()) {
        if (!m_detail->selectSpan(m_wantedSpan)) {
            Q_EMIT noticed(tr("Span %1 is not in this trace.").arg(m_wantedSpan));
        }
        m_wantedSpan.clear();
    }
    if (const QString tab = std::exchange(m_wantedTab, {}); !tab.isEmpty()) {
        m_detail->setTab(tab);
    }
    Q_EMIT pageChanged();
}

void TracesPage::showLogs(const QString& id, std::shared_ptr<const LogTable> logs)
{
    if (id == m_openTrace) {
        m_detail->showLogs(std::move(logs));
    }
}

void TracesPage::showLogsProblem(const QString& id, const QString& text)
{
    if (id != m_openTrace) {
        return;
    }
    // What was read before stays.
    if (m_detail->logs()->hasLogs()) {
        Q_EMIT noticed(text);
    } else {
        m_detail->logs()->setMessage(text);
    }
}

void TracesPage::showTraceProblem(const QString& id, const QString& text)
{
    if (id != m_openTrace) {
        return;
    }
    if (m_detail->hasTrace()) {
        Q_EMIT noticed(text);
    } else {
        m_detail->setMessage(text);
        Q_EMIT pageChanged();
    }
}

} // namespace tracedeck
