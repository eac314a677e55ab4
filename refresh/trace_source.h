// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/span_table.h"
#include "core/store_status.h"
#include "core/trace_list_request.h"
#include "refresh/cache_counters.h"
#include "refresh/source.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

class QObject;

namespace tracedeck {

/// Names a running request, so that it can be cancelled; 0 names none.
using TraceRequestId = std::uint64_t;

/// What changed since the last call, debounced. `resync` = more than the list says may have changed
/// (push was interrupted, or the source only knows that something did): read again what is shown.
struct TraceSourceChange {
    std::vector<TraceChange> traces;
    bool resync = false;
};

/// A place traces come from: lists them, reads one, says when something changed.
///
/// Threads: every function is called on the thread the source was made on (the GUI's); every callback
/// comes on that thread, later, never from inside the call. No function blocks. A callback whose
/// `context` died meanwhile, or whose request was cancelled, does not come; every other one comes
/// exactly once. An answer may be up to 15 s old unless the fetch wants the newest one or a change was heard of
/// since. Answers to the same question that did not change hand out the same pointer again, so
/// comparing pointers tells "unchanged".
class TraceSource {
public:
    template <class T> using Done = std::function<void(Result<std::shared_ptr<const T>>)>;

    TraceSource() = default;
    TraceSource(const TraceSource&) = delete;
    TraceSource& operator=(const TraceSource&) = delete;
    virtual ~TraceSource() = default;

    /// Stable instance name used in row keys and settings, e.g. "collector:127.0.0.1:4318".
    [[nodiscard]] virtual std::string instance() const = 0;
    /// Name for people: "Collector 127.0.0.1:4318".
    [[nodiscard]] virtual std::string label() const = 0;

    /// One page of the list. InvalidArgument carries the query error (column and what was expected).
    virtual TraceRequestId list(const TraceListRequest& request, const FetchRequest& fetch, const QObject* context,
                                Done<TraceListPage> done) = 0;
    /// All spans of one trace, in stored order, decoded on a worker. NotFound when unknown.
    virtual TraceRequestId trace(const TraceId& id, const FetchRequest& fetch, const QObject* context,
                                 Done<SpanTable> done) = 0;
    /// Log records that carry this trace id; an empty table when there are none.
    virtual TraceRequestId logs(const TraceId& id, const FetchRequest& fetch, const QObject* context,
                                Done<LogTable> done) = 0;
    virtual TraceRequestId services(bool includeOwn, const FetchRequest& fetch, const QObject* context,
                                    Done<std::vector<ServiceSummary>> done) = 0;
    virtual TraceRequestId status(const FetchRequest& fetch, const QObject* context, Done<StoreStatus> done) = 0;
    /// Keeps a trace out of retention, or lets it go again.
    virtual TraceRequestId setPinned(const TraceId& id, bool pinned, const QObject* context, Done<bool> done) = 0;
    /// Removes all traces and logs, pinned ones too when asked.
    virtual TraceRequestId clear(bool includePinned, const QObject* context, Done<bool> done) = 0;
    /// Its callback will not come any more; the transfer is ended.
    virtual void cancel(TraceRequestId request) = 0;

    /// Whether changes are followed (push, else polling). Off = no request but those asked for above.
    virtual void setAutoRefresh(bool on) = 0;
    /// One listener for changes; at most one call per 2.5 s while much changes, 800 ms after the first
    /// of a burst.
    virtual void setChangeListener(std::function<void(const TraceSourceChange&)> listener) = 0;
    /// One listener for state() changing.
    virtual void setStateListener(std::function<void(const SourceState&)> listener) = 0;
    [[nodiscard]] virtual SourceState state() const = 0;
    /// What keeping answers saved; all zero where nothing is kept. Any thread.
    [[nodiscard]] virtual CacheCounters cacheCounters() const { return {}; }
};

} // namespace tracedeck
