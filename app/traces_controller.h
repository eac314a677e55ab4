// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/telemetry_ring.h"
#include "core/time_style.h"
#include "refresh/trace_source.h"
#include "selectors/trace_content.h"
#include "views/traces_page.h"

#include <QObject>
#include <QPointer>
#include <functional>
#include <memory>
#include <unordered_set>
#include <vector>

class QThreadPool;
class QTimer;

namespace tracedeck {

class TraceMatchResolver;

/// Feeds the traces page from a TraceSource: pages of the list, new traces that wait, one open trace that
/// grows, counts for the empty state. Late answers to questions that are no longer asked are dropped; a
/// failed refresh keeps what is shown and says why.
class TracesController : public QObject {
    Q_OBJECT

public:
    /// `clock` gives ns since the Unix epoch, `times` how moments are written.
    struct Surroundings {
        std::function<std::int64_t()> clock;
        TimeStyle times;
        QThreadPool* workers = nullptr;
    };
    TracesController(TracesPage& page, Surroundings surroundings, QObject* parent = nullptr);

    /// The source to read; replaces the one before. Null = none yet. Must outlive the controller or be replaced.
    void setSource(TraceSource* source, const ReceiveInfo& endpoints);
    /// Why there is no source; shown in place of the list.
    void setProblem(const QString& text);
    /// Asks the source again now, e.g. for r. `bypass` fetches also what it would call unchanged.
    void refresh(bool bypass);
    void setUtcOffset(std::int32_t seconds);
    /// Off: nothing is asked unless the user does.
    void setAutoRefresh(bool on);
    /// Writes the list anew; asks nothing.
    void setTimeStyle(TimeStyle times);
    /// Where refreshes that brought others' traces are recorded; outlives the controller. Refreshes that brought
    /// Tracedeck's own traces only are not: they would make the next one.
    void setTelemetry(TelemetryRing* ring) { m_telemetry = ring; }
    /// Removes all traces and logs of the store but pinned ones; noticed() says how it ended.
    void clearStore();
    /// Keeps a trace out of retention and clearing, or lets it go; noticed() says
    /// how it ended.
    void keepTrace(const QString& id, bool keep);
    [[nodiscard]] const SourceState& sourceState() const noexcept { return m_state; }

Q_SIGNALS:
    void sourceStateChanged();
    void noticed(const QString& text);
    /// A refresh that is recorded is in the list; its paint comes with the next frame.
    void applied(quint64 cycle);

private:
    using PagePtr = std::shared_ptr<const TraceListPage>;

    void connectPage();
    void restart();
    /// `fetch` says how new the answer has to be.
    void requestFirst(FetchRequest fetch);
    void requestMore();
    [[nodiscard]] TraceListRequest requestFor(const QString& cursor, std::uint32_t limit) const;
    void takeFirst(const Result<PagePtr>& answer);
    void takeMore(const Result<PagePtr>& answer);
    /// `cycle` names the refresh the list came with, for telemetry; 0 = none.
    void showList(std::uint64_t cycle = 0);
    /// Records the fetch of a changed list and names its refresh; 0 when it is not to be recorded.
    [[nodiscard]] std::uint64_t beginRecord(const TraceListPage& page);
    void showWaiting();
    void changed(const TraceSourceChange& change);
    /// Finds out which way leads to the traces of the row they were asked for.
    void askMatch();
    void requestStatus();
    void requestTrace(const QString& id, const FetchRequest& fetch);
    void requestLogs(const QString& id, const FetchRequest& fetch);
    /// Reads the logs of the open trace again if they are on screen.
    void refreshLogs(const FetchRequest& fetch);
    void takeTrace(const QString& id, const Result<std::shared_ptr<const SpanTable>>& answer);
    void writeJson(const QString& id);
    void fail(const Error& error);

    TracesPage& m_page;
    Surroundings m_surroundings;
    TraceSource* m_source = nullptr;
    SourceState m_state;
    ReceiveInfo m_receive;
    std::vector<PagePtr> m_pages;
    std::unordered_set<TraceId> m_known; ///< traces the reader has been shown
    std::unordered_set<TraceId> m_waiting; ///< listed, but behind the button
    QString m_problem;
    QTimer* m_statusTimer;
    TraceMatchResolver* m_matches;
    bool m_ownOnly = false; ///< the store has no other traces, so own ones are listed
    std::uint64_t m_ownGeneration = 0;
    bool m_autoRefresh = true;
    bool m_firstShown = false; ///< something has been shown since the choice changed
    bool m_loading = false;
    TelemetryRing* m_telemetry = nullptr;
    std::uint64_t m_cycles = 0;
    std::uint64_t m_othersSeen = 0; ///< what the list held of others' traces, hashed
    std::int64_t m_askedAtNs = 0; ///< when the list was asked for, wall clock
    std::uint64_t m_listGeneration = 0;
    TraceRequestId m_listRequest = 0;
    TraceRequestId m_traceRequest = 0;
    TraceRequestId m_logsRequest = 0;
    std::shared_ptr<const SpanTable> m_shownSpans;
};

} // namespace tracedeck
