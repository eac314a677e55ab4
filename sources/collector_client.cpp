// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/collector_client.h"

#include "sources/collector_link.h"
#include "sources/collector_push.h"

#include <QThread>

#include <chrono>
#include <mutex>
#include <optional>
#include <utility>

namespace tracedeck {

namespace {

std::int64_t nowNs()
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

/// Whether a failure says something about the collector rather than about the question.
bool concernsTheSource(const Error& error)
{
    switch (error.code) {
    case ErrorCode::InvalidArgument:
    case ErrorCode::NotFound:
    case ErrorCode::TooLarge:
    case ErrorCode::Cancelled:
    case ErrorCode::Unsupported:
        return false;
    default:
        return true;
    }
}

/// Poll requests take their numbers from the top half, so they never meet those of callers.
constexpr std::uint64_t kPollId = std::uint64_t{1} << 63U;

} // namespace

struct CollectorClient::Shared {
    std::atomic<std::int64_t> lastSuccessNs{0};
    std::atomic<bool> troubled{false}; ///< the state shown is not Fresh
    std::atomic<bool> polling{false}; ///< a poll is in the air

    bool generationsChanged(const StoreStatus& status)
    {
        const std::lock_guard lock(m_mutex);
        const std::pair seen{status.otherGeneration, status.ownGeneration};
        return std::exchange(m_generations, seen) != seen;
    }

private:
    std::mutex m_mutex;
    std::optional<std::pair<std::uint64_t, std::uint64_t>> m_generations;
};

CollectorClient::CollectorClient(CollectorEndpoint endpoint, QThread& ioThread, QObject* parent)
    : QObject(parent),
      m_endpoint(std::move(endpoint)),
      m_mailbox(std::make_shared<ClientMailbox>(this)),
      m_shared(std::make_shared<Shared>()),
      m_link(new CollectorLink(m_endpoint)),
      m_cache(m_link->cache())
{
    m_link->moveToThread(&ioThread);
    m_state.phase = SourceState::Phase::Connecting;
    makePush(ioThread);
}

CollectorClient::~CollectorClient()
{
    m_mailbox->close();
    // Push first: its polls use the link. Both queues are served in order on the I/O thread.
    m_push->deleteLater();
    m_link->deleteLater();
}

void CollectorClient::makePush(QThread& ioThread)
{
    PushEvents events;
    events.heard = [cache = m_cache] { cache->expire(); };
    events.changed = [this, mailbox = m_mailbox](TraceSourceChange change) {
        mailbox->post([this, change = std::move(change)] {
            if (m_changeListener)
                m_changeListener(change);
        });
    };
    // Whatever happened while nobody listened, nobody heard of.
    events.state = [this, mailbox = m_mailbox, cache = m_cache](bool connected, const std::string& reason,
                                                                std::int64_t nextAttemptMs) {
        cache->expire();
        mailbox->post([this, connected, reason, nextAttemptMs] {
            m_state.push = connected;
            m_state.nextAttemptNs = connected ? 0 : nowNs() + nextAttemptMs * 1'000'000;
            if (connected)
                m_shared->lastSuccessNs = nowNs();
            connected ? setPhase(SourceState::Phase::Fresh, {})
                      : setPhase(m_shared->lastSuccessNs == 0 ? SourceState::Phase::Failed : SourceState::Phase::Stale,
                                 reason);
        });
    };
    // An unchanged poll ends on the I/O thread and the pool: it stores a time and posts nothing.
    events.poll = [this, link = m_link, shared = m_shared, mailbox = m_mailbox, cache = m_cache] {
        if (shared->polling.exchange(true))
            return;
        FetchRequest fetch;
        fetch.newest = true;
        // The cache keeps whom it will call: they must not keep it in turn.
        link->send(kPollId, statusRequest(fetch),
                   [this, shared, mailbox, kept = cache.get()](const CollectorResult& result, bool) {
                       shared->polling = false;
                       shared->lastSuccessNs = result.ok() ? nowNs() : shared->lastSuccessNs.load();
                       const bool changed = result.ok()
                           && shared->generationsChanged(*static_cast<const StoreStatus*>(result.value().get()));
                       if (changed)
                           kept->expire();
                       if (result.ok() && !changed && !shared->troubled.exchange(false))
                           return;
                       mailbox->post([this, result, changed] {
                           noteOutcome(result);
                           if (changed)
                               QMetaObject::invokeMethod(m_push, [push = m_push] { push->reportChange(); });
                       });
                   });
    };
    m_push = new CollectorPush(m_endpoint, std::move(events));
    m_push->moveToThread(&ioThread);
}

std::string CollectorClient::instance() const
{
    return "collector:" + m_endpoint.address;
}

std::string CollectorClient::label() const
{
    return m_endpoint.label.empty() ? "Collector " + m_endpoint.address : m_endpoint.label;
}

template <class T>
TraceRequestId CollectorClient::send(CollectorRequest&& request, const QObject* context, Done<T> done)
{
    return sendAny(std::move(request), context, [done = std::move(done)](const CollectorResult& result) {
        if (result.ok())
            done(std::static_pointer_cast<const T>(result.value()));
        else
            done(result.error());
    });
}

TraceRequestId CollectorClient::sendAny(CollectorRequest request, const QObject* context,
                                        std::function<void(CollectorResult)> done)
{
    const TraceRequestId id = ++m_lastId;
    m_waiting[id] = {context, context != nullptr, std::move(done)};
    auto answer = [this, id, mailbox = m_mailbox](const CollectorResult& result, bool kept) {
        mailbox->post([this, id, result, kept] {
            if (!kept)
                noteOutcome(result);
            deliver(id, result);
        });
    };
    QMetaObject::invokeMethod(m_link, [link = m_link, id, request = std::move(request), answer]() mutable {
        link->send(id, std::move(request), answer);
    });
    return id;
}

void CollectorClient::deliver(TraceRequestId id, const CollectorResult& result)
{
    const auto found = m_waiting.find(id);
    if (found == m_waiting.end())
        return;
    const Waiting waiting = std::move(found->second);
    m_waiting.erase(found);
    if (!waiting.hasContext || waiting.context)
        waiting.done(result);
}

void CollectorClient::noteOutcome(const CollectorResult& result)
{
    if (!result.ok() && concernsTheSource(result.error())) {
        const Error& error = result.error();
        const bool never = m_shared->lastSuccessNs == 0;
        return setPhase(never ? SourceState::Phase::Failed : SourceState::Phase::Stale,
                        error.hint.empty() ? error.what : error.what + ". " + error.hint);
    }
    m_shared->lastSuccessNs = nowNs();
    setPhase(SourceState::Phase::Fresh, {});
}

void CollectorClient::setPhase(SourceState::Phase phase, std::string reason)
{
    m_state.consecutiveFailures = phase == SourceState::Phase::Fresh ? 0 : m_state.consecutiveFailures + 1;
    const bool same = m_state.phase == phase && m_state.reason == reason;
    m_shared->troubled = phase != SourceState::Phase::Fresh;
    m_state.phase = phase;
    m_state.reason = std::move(reason);
    if (!same && m_stateListener)
        m_stateListener(state());
}

TraceRequestId CollectorClient::list(const TraceListRequest& request, const FetchRequest& fetch, const QObject* context,
                                     Done<TraceListPage> done)
{
    return send<TraceListPage>(listRequest(request, fetch), context, std::move(done));
}

TraceRequestId CollectorClient::trace(const TraceId& id, const FetchRequest& fetch, const QObject* context,
                                      Done<SpanTable> done)
{
    return send<SpanTable>(traceRequest(id, fetch), context, std::move(done));
}

TraceRequestId CollectorClient::logs(const TraceId& id, const FetchRequest& fetch, const QObject* context,
                                     Done<LogTable> done)
{
    return send<LogTable>(logsRequest(id, fetch), context, std::move(done));
}

TraceRequestId CollectorClient::services(bool includeOwn, const FetchRequest& fetch, const QObject* context,
                                         Done<std::vector<ServiceSummary>> done)
{
    return send<std::vector<ServiceSummary>>(servicesRequest(includeOwn, fetch), context, std::move(done));
}

TraceRequestId CollectorClient::status(const FetchRequest& fetch, const QObject* context, Done<StoreStatus> done)
{
    return send<StoreStatus>(statusRequest(fetch), context, std::move(done));
}

TraceRequestId CollectorClient::setPinned(const TraceId& id, bool pinned, const QObject* context, Done<bool> done)
{
    return send<bool>(pinRequest(id, pinned), context, std::move(done));
}

TraceRequestId CollectorClient::clear(bool includePinned, const QObject* context, Done<bool> done)
{
    return send<bool>(clearRequest(includePinned), context, std::move(done));
}

void CollectorClient::cancel(TraceRequestId request)
{
    if (m_waiting.erase(request) > 0)
        QMetaObject::invokeMethod(m_link, [link = m_link, request] { link->cancel(request); });
}

void CollectorClient::setAutoRefresh(bool on)
{
    QMetaObject::invokeMethod(m_push, [push = m_push, on] { push->setFollowing(on); });
    if (!on)
        m_state.push = false;
}

void CollectorClient::setChangeListener(std::function<void(const TraceSourceChange&)> listener)
{
    m_changeListener = std::move(listener);
}

void CollectorClient::setStateListener(std::function<void(const SourceState&)> listener)
{
    m_stateListener = std::move(listener);
}

SourceState CollectorClient::state() const
{
    SourceState copy = m_state;
    copy.lastSuccessNs = m_shared->lastSuccessNs;
    return copy;
}

CacheCounters CollectorClient::cacheCounters() const
{
    return m_cache->counters();
}

} // namespace tracedeck
