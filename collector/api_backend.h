// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/ingest_pipeline.h"
#include "core/ids.h"
#include "core/result.h"
#include "core/store_status.h"
#include "core/trace_list_request.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace tracedeck {

/// What the servers need of the store and the pipeline behind them; the functions mean what those of
/// TraceStore and IngestPipeline mean. Thread-safe.
class ApiBackend {
public:
    using BlobSink = std::function<bool(std::string_view)>;

    ApiBackend() = default;
    ApiBackend(const ApiBackend&) = delete;
    ApiBackend& operator=(const ApiBackend&) = delete;
    virtual ~ApiBackend() = default;

    virtual void submit(IngestRequest request, IngestPipeline::Done done) = 0;
    [[nodiscard]] virtual Result<TraceListPage> listTraces(const TraceListRequest& request) const = 0;
    [[nodiscard]] virtual Result<void> readTrace(const TraceId& id, const BlobSink& sink) const = 0;
    [[nodiscard]] virtual Result<void> readLogs(const TraceId& id, const BlobSink& sink) const = 0;
    [[nodiscard]] virtual Result<std::vector<ServiceSummary>> services(bool includeOwn) const = 0;
    [[nodiscard]] virtual StoreStatus status() const = 0;
    /// Counts a request refused before it reached the pipeline; status() shows the last reason.
    virtual void noteRejected(const std::string& reason) = 0;
    virtual void setPinned(const TraceId& id, bool pinned) = 0;
    [[nodiscard]] virtual Result<void> clear(bool includePinned) = 0;
};

} // namespace tracedeck
