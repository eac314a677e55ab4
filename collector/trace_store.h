// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/retention_limits.h"
#include "core/ids.h"
#include "core/result.h"
#include "core/store_status.h"
#include "core/trace_list_request.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace tracedeck {

struct StoreOptions : RetentionLimits {
    std::string dataDir;
    bool fullSync = false;
    std::function<std::int64_t()> now; ///< ns since epoch; empty = system clock
};

/// The embedded store: SQLite (C API, WAL), one writer, many readers. Reads are thread-safe and never
/// wait for the writer. Opening refuses with NewerVersion, Corrupt, ReadOnly or Conflict and then
/// leaves the files untouched.
class TraceStore {
public:
    [[nodiscard]] static Result<std::unique_ptr<TraceStore>> open(StoreOptions options);
    ~TraceStore();
    TraceStore(const TraceStore&) = delete;
    TraceStore& operator=(const TraceStore&) = delete;

    [[nodiscard]] Result<TraceListPage> listTraces(const TraceListRequest& request) const;
    /// Bodies (OTLP protobuf, already reduced to this trace and free of duplicate spans) one stored
    /// request at a time, so a large trace streams. The sink returns false to stop. NotFound if unknown.
    [[nodiscard]] Result<void> readTrace(const TraceId& id, const std::function<bool(std::string_view)>& sink) const;
    /// Log records that carry this trace id, as OTLP protobuf bodies.
    [[nodiscard]] Result<void> readLogs(const TraceId& id, const std::function<bool(std::string_view)>& sink) const;
    [[nodiscard]] Result<std::vector<ServiceSummary>> services(bool includeOwn) const;
    [[nodiscard]] StoreStatus status() const;
    /// Counts a request that was refused before it reached the pipeline, with the reason shown by status().
    void noteRejected(const std::string& reason);
    void setPinned(const TraceId& id, bool pinned);
    /// Removes all traces and logs (pinned ones too when asked) and gives the space back.
    [[nodiscard]] Result<void> clear(bool includePinned);
    /// Takes new limits over from now on; what is over them goes soon, in slices, while the store works on.
    void setRetention(const RetentionLimits& limits);
    /// Called after each commit, on the writer thread, with what changed; an empty list means that traces
    /// were removed (retention, clear). One listener.
    void setChangeListener(std::function<void(const std::vector<TraceChange>&)> listener);

    struct Impl;
    /// For the pipeline and retention, which live in the same library.
    [[nodiscard]] Impl& impl() { return *m_impl; }

private:
    explicit TraceStore(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace tracedeck
