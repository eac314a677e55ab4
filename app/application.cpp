// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application.h"

#include "app/capture.h"
#include "app/connection_wiring.h"
#include "app/demo_mode.h"
#include "app/embedded_collector.h"
#include "app/history_keeper.h"
#include "app/hold_keeper.h"
#include "app/key_map.h"
#include "app/own_trace_exporter.h"
#include "app/paint_watch.h"
#include "app/query_comfort.h"
#include "app/row_thresholds.h"
#include "app/service_wiring.h"
#include "app/snapshot_keeper.h"
#include "app/source_state_badge.h"
#include "app/sourced_snapshot.h"
#include "app/sources_controller.h"
#include "app/table_feed.h"
#include "app/table_looks.h"
#include "app/trace_wiring.h"
#include "models/grouped_table_model.h"
#include "models/infrastructure_columns.h"
#include "models/workload_columns.h"
#include "refresh/poller.h"
#include "sources/local_machine_source.h"
#include "views/age_ticker.h"
#include "views/grouped_table_view.h"
#include "views/main_window.h"

#include <QApplication>
#include <QDir>
#include <chrono>
#include <cstdio>

namespace tracedeck {

namespace {

constexpr std::chrono::milliseconds kSecondSample{1000};
constexpr std::chrono::milliseconds kSecondSampleCapture{250};
constexpr int kNoSuchPage = 2; ///< exit code, as for an argument that makes no sense

std::int64_t wallClockNs()
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

} // namespace

Application::Application(AppOptions options, QApplication& qt, std::shared_ptr<FleetSource> source, PollParts polls)
    : m_options(std::move(options)),
      m_qt(qt),
      m_dataDir(m_options.dataDir.isEmpty() ? defaultDataDir() : m_options.dataDir),
      m_systemTheme(new SystemTheme(this))
{
    m_clock = m_options.nowNs ? [fixed = *m_options.nowNs] { return fixed; } : std::function(wallClockNs);
    m_workers.setMaxThreadCount(1);
    if (m_options.isCapture()) {
        QApplication::setCursorFlashTime(0); // two pictures of the same must not differ by a cursor
    }
    openSettings();
    applyLooks();
    buildWindow();
    buildSources(std::move(source), std::move(polls));
    buildHistory();
    buildCollector();
    buildComfort();
    buildPreferences();
    registerCommands();
    buildFailures();
    registerLookCommands();
    applyLooks(); // to what was built since
}

Application::~Application()
{
    keepWindow();
    m_collector->beginStop(); // it drains and checkpoints while the sources are cancelled
    // What feeds the pages goes before the pages do; sources before the thread their transfers run on.
    m_traces->disconnect(this); // its last words would ask for sources that are gone
    delete m_connections;
    delete m_poller;
    delete m_traces;
    delete m_history;
    m_window.reset();
}

void Application::openSettings()
{
    if (!m_options.isCapture()) {
        QDir().mkpath(m_dataDir);
        QFile::setPermissions(m_dataDir, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
    }
    // A picture must not depend on what a person once chose, nor change it.
    const bool memoryOnly = m_options.isCapture() && m_options.dataDir.isEmpty();
    m_settings = std::make_unique<SettingsStore>(memoryOnly ? QString() : m_dataDir + QStringLiteral("/settings.json"));
    if (!memoryOnly) {
        m_settings->setTeam(readTeamSettings(teamSettingsPath()));
    }
    connect(m_systemTheme, &SystemTheme::changed, this, &Application::applyLooks);
}

void Application::buildWindow()
{
    MainWindowHooks hooks;
    hooks.clock = m_clock;
    hooks.commands = [this] { return commandsNow(); };
    hooks.resolveKey = commandForKey;
    hooks.openPasted = [this](const QString& text) { return openPasted(text); };
    hooks.queryHistory = [this](const QString& page) { return m_comfort->history().of(page); };
    m_window = std::make_unique<MainWindow>(std::move(hooks));
    connect(m_window.get(), &MainWindow::commandRequested, this, &Application::runCommand);
    connect(m_window.get(), &MainWindow::pageRequested, this, [this](const QString& id) { openLink(id); });
    connect(m_window.get(), &MainWindow::linkActivated, this, [this](const QString& link) {
        if (!openLink(link)) {
            m_window->notice(tr("Nothing here answers %1").arg(link));
        }
    });
    connect(m_window.get(), &MainWindow::routeChanged, this, [this] {
        if (!m_going) {
            m_navigation.follow(currentRoute());
        }
    });
    connect(m_window.get(), &MainWindow::sourceActivated, this,
            [this](const QString& id) { m_connections->dialog().openList(id); });
    connect(m_window.get(), &MainWindow::closing, this, &Application::keepWindow);
    m_tableLooks = new TableLooks(*m_settings, *m_systemTheme, this);
    buildFleet(m_infrastructure, infrastructurePageSetup(m_clock), true);
    m_services = new ServiceWiring(*m_infrastructure.page, &m_workers, m_clock, this);
    m_services->keepIn(*m_settings);
    buildFleet(m_workloads, workloadsPageSetup(m_clock), false);
    m_window->addPage(m_infrastructure.page, QStringLiteral("Ctrl+1"));
    m_window->addPage(m_workloads.page, QStringLiteral("Ctrl+2"));
}

void Application::buildFleet(Fleet& fleet, FleetPageSetup setup, bool infrastructure)
{
    fleet.model = new GroupedTableModel(infrastructure ? infrastructureColumns() : workloadColumns(), this);
    fleet.model->setNow(m_clock());
    fleet.feed = new TableFeed(infrastructure ? infrastructureDomain() : workloadDomain(), fleet.model, &m_workers,
                               m_clock, this);
    fleet.page = new FleetPage(std::move(setup), fleet.model);
    restoreFleet(fleet);
    TableFeed* feed = fleet.feed;
    FleetPage* page = fleet.page;
    m_tableLooks->add(page, feed);
    feed->setChoice(page->choice());
    connect(page, &FleetPage::choiceChanged, feed, &TableFeed::setChoice);
    connect(page, &FleetPage::choiceChanged, this, [this, &fleet] { keepFleet(fleet); });
    connect(page, &FleetPage::layoutStateChanged, this, [this, &fleet] { keepFleet(fleet); });
    connect(page, &FleetPage::thresholdsRequested, this, [this, page, infrastructure](RowKey key, const QString& name) {
        editRowThresholds(*m_settings, key, name, infrastructure, page);
    });
    connect(page, &FleetPage::resortRequested, feed, &TableFeed::resort);
    connect(feed, &TableFeed::summaryChanged, page, &FleetPage::setSummary);
    new AgeTicker(page->table(), m_clock, this);
    new HoldKeeper(*page, *feed, !m_options.noHold && !m_options.isCapture(), this);
}

void Application::buildSources(std::shared_ptr<FleetSource> source, PollParts polls)
{
    if (m_options.demoRows) {
        m_demo = new DemoMode(*m_options.demoRows, m_clock, this);
        m_window->setMark(tr("Demo data"));
    } else if (source == nullptr) {
        LocalEnvironment environment = liveEnvironment();
        m_findsEngines = m_options.procRoot.isEmpty();
        if (!m_options.procRoot.isEmpty()) {
            environment.root = m_options.procRoot.toStdString();
            environment.systemUnits = nullptr; // the manager of this machine knows nothing of that one
        }
        source = std::make_shared<LocalMachineSource>(std::move(environment));
    }
    PollOptions options;
    options.secondSample = m_options.isCapture() ? kSecondSampleCapture : kSecondSample;
    if (!m_options.isCapture()) {
        options.telemetry = &m_telemetry;
        m_infrastructure.feed->setTelemetry(&m_telemetry);
        m_workloads.feed->setTelemetry(&m_telemetry);
        for (const Fleet& fleet : {m_infrastructure, m_workloads}) {
            recordPaints(fleet.page->table(), fleet.feed, m_telemetry, this);
        }
    }
    const bool keeps = !m_options.isCapture() && m_demo == nullptr && m_options.procRoot.isEmpty();
    m_keeper = new SnapshotKeeper(keeps ? m_dataDir + QStringLiteral("/snapshot.cache") : QString(), this);
    m_poller = polls.clock == nullptr ? new Poller(options, this)
                                      : new Poller(std::move(polls.clock), std::move(polls.executor), options, this);
    if (m_demo != nullptr) {
        m_demo->addSources(*m_poller);
    } else {
        m_poller->addSource(std::move(source));
    }
    connect(m_poller, &Poller::published, this, [this](const FleetPublish& publish) {
        const FleetSnapshot& merged = publish.merged;
        for (Fleet* fleet : {&m_infrastructure, &m_workloads}) {
            fleet->model->setNow(m_clock());
        }
        const std::int64_t sampledAtNs = merged.volatileFields.sampledAtNs;
        const TableSnapshot hosts = withSources(merged.infrastructure, publish.infrastructureSources);
        m_infrastructure.feed->setSnapshot(hosts, sampledAtNs, publish.sequence);
        m_services->setSnapshot(hosts, sampledAtNs);
        m_workloads.feed->setSnapshot(withSources(merged.workloads, publish.workloadSources), sampledAtNs,
                                      publish.sequence);
        if (!publish.fromCache) {
            m_history->setSnapshot(merged, publish.mergedKeys);
            m_keeper->keep(merged);
        }
        for (const SourceWarning& warning : merged.warnings) {
            if (publish.warningsChanged) {
                m_window->notice(QString::fromStdString(warning.text));
            }
        }
    });
    connect(m_poller, &Poller::statesChanged, this, &Application::sourcesChanged);
    // An unchanged poll posts nothing: its time is picked up when the ages on screen move anyway.
    connect(m_window.get(), &MainWindow::ticked, this, &Application::sourcesChanged);
    connect(m_window.get(), &MainWindow::visibilityChanged, m_poller, &Poller::setVisible);
}

FleetPage& Application::fleetPage(const QString& id)
{
    return id == m_infrastructure.page->pageId() ? *m_infrastructure.page : *m_workloads.page;
}

TableFeed& Application::feed(const QString& id)
{
    return id == m_infrastructure.page->pageId() ? *m_infrastructure.feed : *m_workloads.feed;
}

std::vector<SourceBadge> Application::badges() const
{
    std::vector<SourceBadge> all;
    for (const SourceStatus& source : m_poller->sources()) {
        SourceBadge badge;
        badge.id = QString::fromStdString(source.instance);
        badge.label = QString::fromStdString(source.label);
        fillBadge(badge, source.state);
        all.push_back(std::move(badge));
    }
    const bool wanted = m_options.listen != QStringLiteral("off") || !m_options.connectUrl.isEmpty();
    if (wanted && (!m_options.isCapture() || m_traces->isConnected())) {
        all.push_back(m_traces->badge());
        if (m_demo != nullptr) {
            all.back().label = tr("Demo traces"); // not the port of the day
        }
    }
    if (m_options.nowNs) {
        for (SourceBadge& badge : all) {
            pinBadgeTimes(badge, *m_options.nowNs);
        }
    }
    return all;
}

void Application::sourcesChanged()
{
    const std::vector<SourceBadge> all = badges();
    m_window->setSources(all);
    m_connections->dialog().refresh();
    m_history->setSources(m_connections->connections().historySources());
    const SourceBadge& local = all.front();
    m_window->setUpdated(local.lastSuccessNs, false);
    const QString problem = local.phase == SourceBadge::Phase::Failed || local.phase == SourceBadge::Phase::Stale
        ? local.label + QStringLiteral(": ") + local.reason
        : QString();
    m_infrastructure.page->setSourceProblem(problem);
    m_workloads.page->setSourceProblem(problem);
}

void Application::start()
{
    restoreWindow();
    const QString page =
        m_options.page.isEmpty() ? m_settings->value(QStringLiteral("window.page")).toString() : m_options.page;
    const QString link = m_options.route.isEmpty() ? page : m_options.route;
    if (!openLink(link)) {
        if (m_options.isCapture() && !link.isEmpty()) {
            std::fprintf(stderr, "tracedeck: there is no page %s\n", qPrintable(link));
            QTimer::singleShot(0, this, [this] { Q_EMIT captureFinished(kNoSuchPage); });
            return; // a picture of another page would be taken for the one asked for
        }
        openLink(m_infrastructure.page->pageId());
        if (!link.isEmpty()) {
            m_window->notice(tr("There is no page %1").arg(link));
        }
    }
    if (!m_options.query.isEmpty()) {
        m_window->typeQuery(m_options.query);
    }
    sourcesChanged();
    m_window->show();
    m_autoRefresh = m_settings->value(QStringLiteral("refresh.auto"), true).toBool() || m_options.isCapture();
    m_poller->setAutoRefresh(m_autoRefresh);
    m_connections->connections().start(m_findsEngines);
    m_poller->start(m_keeper->read());
    if (!m_autoRefresh) {
        m_poller->refreshNow(); // an empty window helps nobody; after this, only when asked
    }
    if (!m_keeper->asidePath().isEmpty()) {
        sayPutAside(tr("What the window showed last"), m_keeper->asidePath());
    }
    if (!m_settings->notice().isEmpty()) {
        m_window->notice(m_settings->notice());
    }
    if (m_options.isCapture()) {
        // A picture of hosts needs no server; one of traces reads the store of its data directory.
        if (m_window->currentPage()->pageId() == QStringLiteral("traces")) {
            startTraces();
        }
        beginCapture();
    } else {
        m_systemTheme->follow();
        serveLinks();
        offerCrashReport();
        watchLoop();
        startLater();
    }
}

} // namespace tracedeck
