// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "refresh/query_cache.h"
#include "refresh/trace_source.h"
#include "sources/client_mailbox.h"
#include "sources/collector_endpoint.h"
#include "sources/collector_request.h"

#include <QObject>
#include <QPointer>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>

class QThread;

namespace tracedeck {

class CollectorLink;
class CollectorPush;

/// A collector as a source of traces, over its public API; the embedded collector is no exception.
/// Transfers run on the I/O thread given, decoding on the thread pool, callbacks on the thread this was
/// made on. Auto-refresh is off until setAutoRefresh(true).
class CollectorClient final : public QObject, public TraceSource {
    Q_OBJECT

public:
    /// `ioThread` runs an event loop and outlives this object.
    CollectorClient(CollectorEndpoint endpoint, QThread& ioThread, QObject* parent = nullptr);
    ~CollectorClient() override;

    [[nodiscard]] std::string instance() const override;
    [[nodiscard]] std::string label() const override;
    TraceRequestId list(const TraceListRequest& request, const FetchRequest& fetch, const QObject* context,
                        Done<TraceListPage> done) override;
    TraceRequestId trace(const TraceId& id, const FetchRequest& fetch, const QObject* context,
                         Done<SpanTable> done) override;
    TraceRequestId logs(const TraceId& id, const FetchRequest& fetch, const QObject* context,
                        Done<LogTable> done) override;
    TraceRequestId services(bool includeOwn, const FetchRequest& fetch, const QObject* context,
                            Done<std::vector<ServiceSummary>> done) override;
    TraceRequestId status(const FetchRequest& fetch, const QObject* context, Done<StoreStatus> done) override;
    TraceRequestId setPinned(const TraceId& id, bool pinned, const QObject* context, Done<bool> done) override;
    TraceRequestId clear(bool includePinned, const QObject* context, Done<bool> done) override;
    void cancel(TraceRequestId request) override;
    void setAutoRefresh(bool on) override;
    void setChangeListener(std::function<void(const TraceSourceChange&)> listener) override;
    void setStateListener(std::function<void(const SourceState&)> listener) override;
    [[nodiscard]] SourceState state() const override;
    [[nodiscard]] CacheCounters cacheCounters() const override;

private:
    struct Waiting {
        QPointer<const QObject> context;
        bool hasContext = false;
        std::function<void(CollectorResult)> done;
    };
    /// Written on the I/O thread, read on this one; outlives both.
    struct Shared;

    template <class T> TraceRequestId send(CollectorRequest&& request, const QObject* context, Done<T> done);
    TraceRequestId sendAny(CollectorRequest request, const QObject* context, std::function<void(CollectorResult)> done);
    void deliver(TraceRequestId id, const CollectorResult& result);
    void noteOutcome(const CollectorResult& result);
    void setPhase(SourceState::Phase phase, std::string reason);
    void makePush(QThread& ioThread);

    CollectorEndpoint m_endpoint;
    std::shared_ptr<ClientMailbox> m_mailbox;
    std::shared_ptr<Shared> m_shared;
    CollectorLink* m_link; ///< lives on the I/O thread and is deleted there
    std::shared_ptr<QueryCache<void>> m_cache; ///< of the link, for any thread
    CollectorPush* m_push = nullptr; ///< likewise on the I/O thread
    TraceRequestId m_lastId = 0;
    std::unordered_map<TraceRequestId, Waiting> m_waiting;
    std::function<void(const TraceSourceChange&)> m_changeListener;
    std::function<void(const SourceState&)> m_stateListener;
    SourceState m_state;
};

} // namespace tracedeck
