// SPDX-License-Identifier: GPL-3.0-or-later
// Finding and keeping views, and links from further starts of the program.
#include "app/application.h"
#include "app/crash_report.h"
#include "app/failure_wiring.h"
#include "app/link_server.h"
#include "app/query_comfort.h"
#include "core/log.h"
#include "views/crash_report_dialog.h"
#include "views/main_window.h"
#include "views/traces_page.h"

#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QMenu>

namespace tracedeck {

void Application::buildComfort()
{
    QueryComfort::Hooks hooks;
    const auto fleet = [this](const QString& id) -> const Fleet* {
        for (const Fleet* candidate : {&m_infrastructure, &m_workloads}) {
            if (candidate->page->pageId() == id) {
                return candidate;
            }
        }
        return nullptr;
    };
    hooks.fleetPage = [fleet](const QString& id) {
        const Fleet* found = fleet(id);
        return found == nullptr ? nullptr : found->page;
    };
    hooks.feed = [fleet](const QString& id) {
        const Fleet* found = fleet(id);
        return found == nullptr ? nullptr : found->feed;
    };
    hooks.table = [this, fleet](const QString& id) -> GroupedTableView* {
        if (const Fleet* found = fleet(id)) {
            return found->page->table();
        }
        const auto* traces = qobject_cast<TracesPage*>(m_window->page(id));
        return traces == nullptr ? nullptr : traces->table();
    };
    hooks.currentRoute = [this] { return currentRoute(); };
    hooks.openLink = [this](const QString& link) { return openLink(link); };
    hooks.clock = m_clock;
    m_comfort = new QueryComfort(*m_window, *m_settings, std::move(hooks));
    QMenu* menu = m_window->viewsMenu();
    connect(menu, &QMenu::aboutToShow, m_comfort, [this, menu] { m_comfort->fillMenu(menu); });
}

void Application::buildFailures()
{
    if (m_options.isCapture()) {
        return;
    }
    m_failures = new FailureWiring(*m_settings, *m_window, this);
    for (const Fleet* fleet : {&m_infrastructure, &m_workloads}) {
        m_failures->add(*fleet->page, *fleet->feed);
    }
    m_failures->addCommands(m_commands);
    connect(m_failures, &FailureWiring::linkActivated, this, &Application::openLink);
}

void Application::serveLinks()
{
    m_links = new LinkServer(this);
    connect(m_links, &LinkServer::received, this, [this](const LinkMessage& message) {
        if (!message.activationToken.isEmpty()) {
            qputenv("XDG_ACTIVATION_TOKEN", message.activationToken.toUtf8());
        }
        if (m_window->isMinimized()) {
            m_window->setWindowState(m_window->windowState() & ~Qt::WindowMinimized);
        }
        m_window->raise();
        m_window->activateWindow();
        if (!openLink(message.link)) {
            m_window->notice(tr("Nothing here answers %1").arg(message.link));
        }
    });
    if (!m_links->listen(m_dataDir)) {
        Log::write(LogLevel::Info, "links", "another window takes the links of this data directory");
    }
}

void Application::offerCrashReport()
{
    const std::optional<CrashReport> report = pendingCrashReport(m_dataDir);
    if (!report) {
        return;
    }
    auto* dialog = new CrashReportDialog(report->path, report->text, m_window.get());
    connect(dialog, &CrashReportDialog::copyRequested, this,
            [](const QString& text) { QApplication::clipboard()->setText(text); });
    connect(dialog, &CrashReportDialog::answered, this, [this, report](bool remove) {
        if (remove) {
            QFile::remove(report->path);
        } else if (const QString kept = keepCrashReport(m_dataDir, *report); !kept.isEmpty()) {
            m_window->notice(tr("Crash report kept as %1").arg(kept));
        }
    });
    dialog->show();
}

} // namespace tracedeck
