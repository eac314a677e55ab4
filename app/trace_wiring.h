// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/collector.h"
#include "core/time_style.h"
#include "refresh/cache_counters.h"
#include "views/source_badge.h"
#include "views/traces_empty_view.h"

#include <QObject>
#include <QThread>
#include <functional>
#include <memory>

class QThreadPool;

namespace tracedeck {

class AgeTicker;
class CollectorClient;
struct CollectorEndpoint;
struct StoreStatus;
class TelemetryRing;
class TracesController;
class TracesPage;

/// Traces from a collector to their page: the client on the I/O thread, the controller, and what the
/// status bar says about it. The embedded collector is read like any other. The page comes late: what is set
/// before is kept for it, and the first source or problem asks for it.
class TraceWiring : public QObject {
    Q_OBJECT

public:
    /// `wantPage` must end in a call of setPage().
    TraceWiring(std::function<void()> wantPage, std::function<std::int64_t()> clock, QThreadPool* workers,
                QObject* parent = nullptr);
    ~TraceWiring() override;

    /// Feeds this page from now on; once.
    void setPage(TracesPage& page);

    /// Reads the embedded collector that just started.
    void connectToEmbedded(const CollectorInfo& info);
    /// Reads another collector: "http(s)://HOST:PORT", token in the TRACEDECK_TOKEN environment variable
    /// or in the user part ("http://TOKEN@host:4318"). False when the text is no such address.
    bool connectToUrl(const QString& url);
    void setProblem(const QString& text);
    void setAutoRefresh(bool on);
    void refresh(bool bypass);
    void setTimeStyle(TimeStyle::Kind kind);
    /// Where refreshes of the list are recorded; before setPage(), outlives this object.
    void setTelemetry(TelemetryRing& ring) { m_telemetry = &ring; }
    /// Removes what the store holds but pinned traces; noticed() says how it ended.
    void clearStore();
    /// Asks the collector for its counters; `done` is not called when there is none or it does not answer.
    void askStatus(QObject* context, std::function<void(const StoreStatus&)> done);
    [[nodiscard]] SourceBadge badge() const;
    /// What keeping answers saved; all zero without a source.
    [[nodiscard]] CacheCounters cacheCounters() const;
    /// The one thread all client transports run on; stops with this object.
    [[nodiscard]] QThread& ioThread() { return m_ioThread; }
    /// Whether a source is there or was asked for.
    [[nodiscard]] bool isConnected() const { return m_client != nullptr; }

Q_SIGNALS:
    void stateChanged();
    void noticed(const QString& text);

private:
    void connectTo(const CollectorEndpoint& endpoint, const ReceiveInfo& info);
    [[nodiscard]] TracesController& controller();
    void applyTimeStyle();

    QThread m_ioThread;
    std::function<void()> m_wantPage;
    TracesPage* m_page = nullptr;
    std::function<std::int64_t()> m_clock;
    QThreadPool* m_workers;
    TimeStyle::Kind m_times = TimeStyle::Kind::Local;
    TelemetryRing* m_telemetry = nullptr;
    AgeTicker* m_ticker = nullptr; ///< only while starts are shown as ages
    TracesController* m_controller = nullptr; ///< null until there is a page
    std::unique_ptr<CollectorClient> m_client;
    QString m_label;
    QString m_problem;
    bool m_autoRefresh = true;
};

} // namespace tracedeck
