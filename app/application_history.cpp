// SPDX-License-Identifier: GPL-3.0-or-later
// History in the window: who records, who shows it, and the commands for it.
#include "app/application.h"
#include "app/demo_mode.h"
#include "app/history_keeper.h"
#include "app/history_wiring.h"
#include "app/table_feed.h"
#include "core/log.h"
#include "refresh/poller.h"
#include "views/main_window.h"

#include <QFileInfo>

namespace tracedeck {

void Application::buildHistory()
{
    HistoryStoreOptions options;
    // Pictures leave no trace; a recorded tree is not this machine's past.
    const bool keeps = !m_options.isCapture() && m_options.procRoot.isEmpty();
    options.file =
        keeps || m_demo != nullptr ? QString(m_dataDir + QStringLiteral("/history.ring")).toStdString() : std::string();
    options.fileSetAside = [this](const std::string& aside) { // on a worker, which ends before this window does
        QMetaObject::invokeMethod(
            this, [this, aside] { sayPutAside(tr("The recorded history"), QString::fromStdString(aside)); },
            Qt::QueuedConnection);
    };
    const auto alive = [this] {
        for (std::size_t i = 0; i < m_poller->sourceCount(); ++i) {
            if (m_poller->sourceState(i).phase == SourceState::Phase::Fresh) {
                return true;
            }
        }
        return false;
    };
    m_history = new HistoryKeeper(options, m_clock, alive, this);
    m_history->setEager(m_options.isCapture());
    if (m_demo != nullptr) {
        m_history->fillPast(m_demo->past());
    }
    connect(m_window.get(), &MainWindow::visibilityChanged, m_history, &HistoryKeeper::setVisible);
    for (Fleet* fleet : {&m_infrastructure, &m_workloads}) {
        fleet->history = new HistoryWiring(*fleet->page, *m_history, *m_settings, fleet == &m_infrastructure, this);
        connect(fleet->feed, &TableFeed::summaryChanged, fleet->history, &HistoryWiring::setSummary);
        connect(fleet->page, &FleetPage::choiceChanged, m_history, &HistoryKeeper::noteInput);
        connect(fleet->page, &FleetPage::drawerToggled, m_history, &HistoryKeeper::noteInput);
    }
    m_commands.add(QStringLiteral("summary.toggle"), [this] {
        if (Fleet* fleet = currentFleet()) {
            fleet->history->setStripShown(!fleet->history->isStripShown());
        }
    });
    m_commands.add(QStringLiteral("table.lines"), [this] {
        if (Fleet* fleet = currentFleet()) {
            fleet->history->setLinesShown(!fleet->history->areLinesShown());
            m_window->notice(fleet->history->areLinesShown() ? tr("Metric columns show the last hour")
                                                             : tr("Metric columns show bars"));
        }
    });
}

void Application::sayPutAside(const QString& what, const QString& aside)
{
    const QString text =
        tr("%1 could not be read and was kept as %2; a new file was begun.").arg(what, QFileInfo(aside).fileName());
    Log::write(LogLevel::Warning, "start", text.toStdString());
    m_window->notice(text);
}

Application::Fleet* Application::currentFleet()
{
    for (Fleet* fleet : {&m_infrastructure, &m_workloads}) {
        if (m_window->currentPage() == fleet->page) {
            return fleet;
        }
    }
    return nullptr;
}

HistoryWiring& Application::historyOf(const QString& id)
{
    return id == m_infrastructure.page->pageId() ? *m_infrastructure.history : *m_workloads.history;
}

} // namespace tracedeck
