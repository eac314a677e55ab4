// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"
#include "core/result.h"
#include "core/trace_list_request.h"
#include "refresh/source.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace tracedeck {

/// An answer of any kind; what it is follows from the request it belongs to.
using CollectorValue = std::shared_ptr<const void>;
using CollectorResult = Result<CollectorValue>;

/// Reads an answer that is too large to be held whole, piece by piece as it arrives. One worker at a time.
class AnswerReader {
public:
    AnswerReader() = default;
    AnswerReader(const AnswerReader&) = delete;
    AnswerReader& operator=(const AnswerReader&) = delete;
    virtual ~AnswerReader() = default;
    /// False = nothing good can come of it any more; finish() says why.
    [[nodiscard]] virtual bool add(std::string_view piece) = 0;
    [[nodiscard]] virtual CollectorResult finish() = 0;
};

/// One request to a collector: what to send and how to read the answer. `decode` runs on a worker.
struct CollectorRequest {
    std::string target; ///< percent-encoded path and query; the key of the answer cache
    bool post = false;
    bool bypassCaches = false;
    bool newest = false; ///< not what is kept, nor what is in the air
    /// Small answers that are asked for again are kept; others are known only as long as somebody shows them.
    bool keepValue = false;
    bool missingIsEmpty = false; ///< 404 decodes as an empty body
    std::string accept = "application/json";
    std::size_t maxBytes = std::size_t{64} << 20U;
    std::function<CollectorResult(std::string_view body)> decode;
    /// Made for an answer of more than one piece; empty = all of it goes to `decode`.
    std::function<std::unique_ptr<AnswerReader>()> reader;
};

[[nodiscard]] CollectorRequest listRequest(const TraceListRequest& request, const FetchRequest& fetch);
[[nodiscard]] CollectorRequest traceRequest(const TraceId& id, const FetchRequest& fetch);
[[nodiscard]] CollectorRequest logsRequest(const TraceId& id, const FetchRequest& fetch);
[[nodiscard]] CollectorRequest servicesRequest(bool includeOwn, const FetchRequest& fetch);
[[nodiscard]] CollectorRequest statusRequest(const FetchRequest& fetch);
[[nodiscard]] CollectorRequest pinRequest(const TraceId& id, bool pinned);
[[nodiscard]] CollectorRequest clearRequest(bool includePinned);

} // namespace tracedeck
