// SPDX-License-Identifier: GPL-3.0-or-later
// The settings page and the performance panel of the window.
#include "app/application.h"
#include "app/attention_watch.h"
#include "app/embedded_collector.h"
#include "app/loop_watch.h"
#include "app/own_trace_exporter.h"
#include "app/performance_feed.h"
#include "app/preferences.h"
#include "app/retention_settings.h"
#include "app/trace_wiring.h"
#include "core/log.h"
#include "core/number_format.h"
#include "core/store_status.h"
#include "refresh/poller.h"
#include "views/grouped_table_view.h"
#include "views/main_window.h"
#include "views/settings_page.h"
#include "views/traces_page.h"

#include <QDir>
#include <QMessageBox>
#include <QPushButton>
#include <chrono>

namespace tracedeck {

namespace {

std::int64_t steadyClockNs()
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

} // namespace

void Application::buildPreferences()
{
    m_settingsPage = new SettingsPage;
    m_window->addPage(m_settingsPage, QStringLiteral("Ctrl+,"));
    Preferences::Effects effects;
    effects.looks = [this] { applyLooks(); };
    connect(m_settingsPage, &SettingsPage::edited, this, [this](const QString& path) {
        if (path == QStringLiteral("appearance.theme")) {
            m_options.theme.clear(); // a choice made by hand wins over the command line
        }
    });
    effects.autoRefresh = [this](bool on) {
        if (on != m_autoRefresh) {
            setAutoRefresh(on);
        }
    };
    effects.slowdown = [this](int factor) { m_poller->setSlowdown(factor); };
    effects.pushChanged = [this] {
        m_traces->setAutoRefresh(false);
        m_traces->setAutoRefresh(m_autoRefresh);
    };
    effects.retention = [this] { m_collector->setRetention(retentionFrom(*m_settings)); };
    new Preferences(*m_settingsPage, *m_settings, std::move(effects));
    m_settingsPage->setValue(QStringLiteral("fact.dataDir"), QDir::toNativeSeparators(m_dataDir));
    connect(m_window.get(), &MainWindow::ticked, m_settingsPage, [this] {
        if (m_settingsPage->isVisible()) {
            m_traces->askStatus(m_settingsPage, [this](const StoreStatus& status) { showStoreFacts(status); });
        }
        if (m_performance->isVisible()) {
            refreshPerformance();
        }
    });
    if (!m_options.isCapture()) {
        // Polls are twice as far apart while nobody is there, and on battery.
        auto* watch = new AttentionWatch(m_options.procRoot.isEmpty() ? "/" : m_options.procRoot.toStdString(),
                                         steadyClockNs, this);
        connect(watch, &AttentionWatch::idleChanged, m_poller, &Poller::setIdle);
        connect(watch, &AttentionWatch::onBatteryChanged, m_poller, &Poller::setOnBattery);
        watch->look();
    }
    m_performance = new PerformancePanel;
    m_window->addFootPanel(m_performance);
    connect(m_exporter, &OwnTraceExporter::drained, this,
            [this](const std::vector<StageRecord>& records) { m_stages.add(records); });
    m_commands.add(QStringLiteral("performance.show"), [this] {
        m_performance->setVisible(!m_performance->isVisible());
        refreshPerformance();
    });
    m_commands.add(QStringLiteral("traces.clear"), [this] { confirmClear(); });
    m_commands.add(QStringLiteral("settings.open"), [this] { openLink(m_settingsPage->pageId()); });
}

void Application::confirmClear()
{
    auto* box = new QMessageBox(QMessageBox::Question, tr("Clear"),
                                tr("Remove all traces and logs from the store? Pinned ones are kept."),
                                QMessageBox::Cancel, m_window.get());
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setDefaultButton(QMessageBox::Cancel);
    const QPushButton* remove = box->addButton(tr("Remove"), QMessageBox::DestructiveRole);
    connect(remove, &QPushButton::clicked, m_traces, &TraceWiring::clearStore);
    box->open();
}

void Application::showStoreFacts(const StoreStatus& status)
{
    const auto bytes = [](std::uint64_t count) {
        return QString::fromStdString(formatBytesBinary(static_cast<std::int64_t>(count)).joined());
    };
    if (status.retentionNs > 0 || status.retentionBytes > 0) {
        m_settingsPage->setValue(
            QStringLiteral("fact.retention"),
            tr("%1 or %2, whatever is reached first")
                .arg(QString::fromStdString(formatAge(status.retentionNs)), bytes(status.retentionBytes)));
    }
    m_settingsPage->setValue(QStringLiteral("fact.database"),
                             tr("%1 traces, %2 spans in %3")
                                 .arg(QString::fromStdString(formatCount(status.traces)),
                                      QString::fromStdString(formatCount(status.spans)), bytes(status.databaseBytes)));
}

void Application::watchLoop()
{
    m_loop = new LoopWatch(
        [log = StallLog()](const Stall& stall) mutable {
            if (const std::optional<std::string> line = log.line(stall, steadyClockNs())) {
                Log::write(LogLevel::Warning, "stall", *line);
            }
        },
        this);
}

void Application::refreshPerformance()
{
    m_exporter->collect();
    PerformanceCounters counters;
    counters.polls = m_poller->counters();
    counters.residentBytes = residentBytes();
    counters.lostRecords = m_exporter->lostRecords();
    const GroupedTableView* table = nullptr;
    for (const Fleet* fleet : {&m_infrastructure, &m_workloads}) {
        table = fleet->page->isVisible() ? fleet->page->table() : table;
    }
    if (const auto* traces = qobject_cast<const TracesPage*>(m_window->currentPage()); traces != nullptr) {
        table = traces->table();
    }
    counters.loop = m_loop;
    for (const SourceStatus& source : m_poller->sources()) {
        counters.sources.push_back({source.label, source.unchanged, source.answers});
    }
    if (m_traces->isConnected()) {
        const CacheCounters kept = m_traces->cacheCounters();
        counters.sources.push_back(
            {m_traces->badge().label.toStdString(), kept.fresh + kept.joined + kept.notModified, kept.asked});
    }
    if (table != nullptr && table->isVisible()) {
        counters.rowsPainted = static_cast<std::uint64_t>(table->rowsPainted());
        const auto [first, last] = table->visibleRows();
        counters.rowsInSight = static_cast<std::uint64_t>(std::max(last - first + 1, 0));
    }
    m_performance->setFigures(performanceFigures(m_stages, counters));
}

} // namespace tracedeck
