// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures and dumps: when the window is settled, and who writes them.
#include "app/application.h"
#include "app/capture.h"
#include "app/history_keeper.h"
#include "app/table_feed.h"
#include "refresh/poller.h"
#include "views/main_window.h"

namespace tracedeck {

QStringList Application::missingForCapture() const
{
    QStringList missing;
    if (m_window->currentPage()->pageId() == QStringLiteral("traces")) {
        return missing; // the page says itself what it waits for
    }
    std::size_t alive = 0;
    for (const SourceStatus& source : m_poller->sources()) {
        const SourceState& state = source.state;
        const bool idle = state.consecutiveFailures > 0 || state.phase == SourceState::Phase::Paused;
        alive += idle ? 0 : 1;
        if (!idle && state.lastSuccessNs == 0) {
            missing.append(tr("a first answer of %1").arg(QString::fromStdString(source.label)));
        }
    }
    const bool failed = alive == 0;
    const PollCounters counters = m_poller->counters();
    if (counters.published + counters.unchanged < 2 * alive) {
        missing.append(tr("a second sample of %1").arg(QString::fromStdString(m_poller->sourceLabel(0))));
    }
    if (!failed && !m_history->isSettled()) {
        missing.append(tr("the history"));
    }
    for (const Fleet* fleet : {&m_infrastructure, &m_workloads}) {
        if (!failed && fleet->page == m_window->currentPage() && !fleet->feed->isSettled()) {
            missing.append(tr("the plan of %1").arg(fleet->page->title()));
        }
    }
    return missing;
}

void Application::beginCapture()
{
    m_capture = new Capture({m_window.get(), [this] { return m_window->currentPage(); }, [this] { return badges(); },
                             [this] { return missingForCapture(); }},
                            m_options, this);
    connect(m_capture, &Capture::finished, this, &Application::captureFinished);
    m_capture->start();
}

} // namespace tracedeck
