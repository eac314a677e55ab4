// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application.h"
#include "app/connection_wiring.h"
#include "app/demo_mode.h"
#include "app/embedded_collector.h"
#include "app/first_rows.h"
#include "app/own_trace_exporter.h"
#include "app/trace_places.h"
#include "app/trace_wiring.h"
#include "app/version.h"
#include "models/grouped_table_model.h"
#include "refresh/poller.h"
#include "views/grouped_table_view.h"
#include "views/icons.h"
#include "views/main_window.h"
#include "views/span_details_panel.h"
#include "views/trace_detail_view.h"
#include "views/traces_page.h"

#include <QTimer>
#include <chrono>

namespace tracedeck {

namespace {
constexpr std::chrono::milliseconds kLatestStart{1000}; ///< of what waits for the first rows
}

void Application::buildCollector()
{
    m_collector = new EmbeddedCollector(this);
    m_exporter = new OwnTraceExporter(m_telemetry, static_cast<std::uint64_t>(m_clock()), versionText(), this);
    const QString id = QStringLiteral("traces");
    m_window->addLatePage({id, TracesPage::name(), id, QStringLiteral("Ctrl+3"), [this] { return buildTracesPage(); }});
    m_traces = new TraceWiring([this, id] { static_cast<void>(m_window->page(id)); }, m_clock, &m_workers, this);
    connect(m_traces, &TraceWiring::stateChanged, this, &Application::sourcesChanged);
    connect(m_traces, &TraceWiring::noticed, m_window.get(), &MainWindow::notice);
    if (!m_options.isCapture()) {
        m_traces->setTelemetry(m_telemetry);
    }
    m_connections = new ConnectionWiring(
        *m_poller, m_traces->ioThread(), *m_settings,
        m_options.isCapture() ? QString() : m_dataDir + QStringLiteral("/secrets.json"), *m_window, m_clock, this);
    m_connections->addPage(*m_infrastructure.page);
    m_connections->addPage(*m_workloads.page);
    connect(&m_connections->connections(), &ConnectionSet::changed, this, &Application::sourcesChanged);
    connect(m_collector, &EmbeddedCollector::started, this, [this](const CollectorInfo& info) {
        if (m_demo != nullptr && info.ownsData) {
            // Read it once it holds something, so that the first list is not an empty one.
            connect(m_demo, &DemoMode::filled, this, [this, info] { m_traces->connectToEmbedded(info); });
            m_demo->sendTraces(info, m_options.isCapture());
        } else {
            m_traces->connectToEmbedded(info);
        }
        // The app's own traces go to its own collector and nowhere else.
        if (info.ownsData) {
            m_exporter->setEndpoint(QStringLiteral("http://") + QString::fromStdString(info.httpAddress),
                                    QString::fromStdString(info.token));
        }
        for (const std::string& notice : info.notices) {
            m_window->notice(QString::fromStdString(notice));
        }
    });
    connect(m_collector, &EmbeddedCollector::failed, this,
            [this](const Error& error) { m_traces->setProblem(QString::fromStdString(error.what)); });
}

Page* Application::buildTracesPage()
{
    auto* page = new TracesPage;
    page->detail()->panel()->setPlaceFinder([this](const SpanTable& spans, std::uint32_t row) {
        return placesOfSpan(spans, row, m_workloads.model->snapshot(), m_infrastructure.model->snapshot());
    });
    applyDensity(*page);
    m_traces->setPage(*page);
    return page;
}

void Application::startTraces()
{
    m_traces->setAutoRefresh(m_autoRefresh);
    if (!m_options.connectUrl.isEmpty()) {
        if (!m_traces->connectToUrl(m_options.connectUrl)) {
            m_traces->setProblem(tr("%1 is no address of a collector").arg(m_options.connectUrl));
        }
        return;
    }
    if (m_options.listen == QStringLiteral("off")) {
        m_traces->setProblem(tr("The embedded collector is off"));
        return;
    }
    // A demo must not take the port that real programs send to.
    const bool anyPort = m_demo != nullptr && m_options.listen.isEmpty();
    m_collector->start(m_dataDir, anyPort ? QStringLiteral("127.0.0.1:0") : m_options.listen);
}

void Application::startLater()
{
    // Servers, the page of traces and the icon of the window come after the first frame with rows, not before it.
    const auto later = [this] {
        m_window->setWindowIcon(applicationIcon());
        startTraces();
    };
    if (const Fleet* fleet = currentFleet()) {
        new FirstRows(fleet->page->table(), kLatestStart, later, this);
    } else {
        QTimer::singleShot(0, this, later);
    }
}

} // namespace tracedeck
