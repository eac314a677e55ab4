// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/app_options.h"
#include "app/command_registry.h"
#include "app/route.h"
#include "app/settings_store.h"
#include "app/stage_statistics.h"
#include "app/system_theme.h"
#include "core/telemetry_ring.h"
#include "views/command_item.h"
#include "views/fleet_page.h"
#include "views/source_badge.h"

#include <QObject>
#include <QThreadPool>
#include <memory>
#include <vector>

class QApplication;

namespace tracedeck {

class Capture;
class ConnectionWiring;
class DemoMode;
class EmbeddedCollector;
class Executor;
class FailureWiring;
class FleetSource;
class HistoryKeeper;
class HistoryWiring;
class GroupedTableModel;
class MainWindow;
class LinkServer;
class LoopWatch;
class OwnTraceExporter;
class PerformancePanel;
class Poller;
class ServiceWiring;
class QueryComfort;
class RefreshClock;
class SettingsPage;
class SnapshotKeeper;
class TableFeed;
class TableLooks;
class TraceWiring;
struct StoreStatus;

/// Everything of one window, wired: settings, theme, sources, feeds, pages, commands, navigation.
class Application : public QObject {
    Q_OBJECT

public:
    /// Time and work of polls, for tests that move time themselves; null = the system's.
    struct PollParts {
        std::shared_ptr<RefreshClock> clock;
        std::shared_ptr<Executor> executor;
    };
    /// `source` replaces this machine (tests); null = this machine, or the tree of --proc-root.
    Application(AppOptions options, QApplication& qt, std::shared_ptr<FleetSource> source = nullptr,
                PollParts polls = {});
    ~Application() override;

    /// Shows the window and starts what runs beside it.
    void start();
    [[nodiscard]] MainWindow& window() { return *m_window; }
    [[nodiscard]] SettingsStore& settings() { return *m_settings; }
    void runCommand(const QString& id);
    /// Opens a tracedeck:// link or a page id; false when it names nothing here.
    bool openLink(const QString& link);
    [[nodiscard]] Poller& poller() { return *m_poller; }
    [[nodiscard]] bool autoRefresh() const { return m_autoRefresh; }
    [[nodiscard]] FleetPage& fleetPage(const QString& id);
    [[nodiscard]] TableFeed& feed(const QString& id);
    [[nodiscard]] QueryComfort& comfort() { return *m_comfort; }
    /// Opens what pasted text names: a trace id, a traceparent, a link of another program, JSON of a span.
    bool openPasted(const QString& text);
    [[nodiscard]] HistoryKeeper& history() { return *m_history; }
    [[nodiscard]] HistoryWiring& historyOf(const QString& id);

Q_SIGNALS:
    void captureFinished(int exitCode);

private:
    /// One fleet table from feed to page.
    struct Fleet {
        GroupedTableModel* model = nullptr;
        TableFeed* feed = nullptr;
        FleetPage* page = nullptr;
        HistoryWiring* history = nullptr;
    };
    void sayPutAside(const QString& what, const QString& aside);
    [[nodiscard]] Fleet* currentFleet();
    void openSettings();
    void buildWindow();
    void buildFleet(Fleet& fleet, FleetPageSetup setup, bool infrastructure);
    void buildSources(std::shared_ptr<FleetSource> source, PollParts polls);
    void buildHistory();
    void buildCollector();
    void buildComfort();
    void buildFailures();
    void buildPreferences();
    void confirmClear();
    void showStoreFacts(const StoreStatus& status);
    void refreshPerformance();
    void serveLinks();
    void offerCrashReport();
    [[nodiscard]] Page* buildTracesPage();
    void startTraces();
    void startLater();
    void watchLoop();
    void registerCommands();
    void registerLookCommands();
    [[nodiscard]] std::vector<CommandItem> commandsNow() const;
    void applyLooks();
    void applyDensity(const QWidget& widget) const;
    void restoreFleet(Fleet& fleet);
    void keepFleet(const Fleet& fleet);
    void setAutoRefresh(bool on);
    void restoreWindow();
    void keepWindow();
    void goTo(const Route& route, bool visit);
    [[nodiscard]] Route currentRoute() const;
    void sourcesChanged();
    [[nodiscard]] std::vector<SourceBadge> badges() const;
    [[nodiscard]] QStringList missingForCapture() const;
    void beginCapture();

    AppOptions m_options;
    QApplication& m_qt;
    std::function<std::int64_t()> m_clock;
    QString m_dataDir;
    std::unique_ptr<SettingsStore> m_settings;
    SystemTheme* m_systemTheme;
    QThreadPool m_workers;
    CommandRegistry m_commands;
    Navigation m_navigation;
    bool m_going = false; ///< goTo() is at work
    std::unique_ptr<MainWindow> m_window;
    Fleet m_infrastructure;
    Fleet m_workloads;
    TableLooks* m_tableLooks = nullptr;
    ServiceWiring* m_services = nullptr;
    TelemetryRing m_telemetry; ///< before whoever records into it
    DemoMode* m_demo = nullptr; ///< null unless --demo
    Poller* m_poller = nullptr;
    SnapshotKeeper* m_keeper = nullptr;
    HistoryKeeper* m_history = nullptr;
    FailureWiring* m_failures = nullptr; ///< null for pictures: nobody is told by one
    OwnTraceExporter* m_exporter = nullptr;
    bool m_autoRefresh = true;
    EmbeddedCollector* m_collector = nullptr;
    TraceWiring* m_traces = nullptr;
    QueryComfort* m_comfort = nullptr;
    SettingsPage* m_settingsPage = nullptr;
    PerformancePanel* m_performance = nullptr;
    StageStatistics m_stages;
    LoopWatch* m_loop = nullptr; ///< null for pictures
    LinkServer* m_links = nullptr;
    ConnectionWiring* m_connections = nullptr;
    bool m_findsEngines = false; ///< this machine is shown live, so its container engines are too
    Capture* m_capture = nullptr;
};

/// Where settings and data live unless --data-dir says otherwise.
[[nodiscard]] QString defaultDataDir();

} // namespace tracedeck
