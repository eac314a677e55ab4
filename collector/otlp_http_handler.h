// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/access_policy.h"
#include "collector/api_backend.h"
#include "collector/http_handler.h"
#include "collector/worker_pool.h"

#include <cstddef>
#include <optional>
#include <string_view>

namespace tracedeck {

/// The signal a path of OTLP/HTTP carries: /v1/traces, /v1/logs, /v1/metrics.
[[nodiscard]] std::optional<OtlpSignal> otlpSignalOf(std::string_view path);
/// The encoding a Content-Type names; parameters are ignored.
[[nodiscard]] std::optional<OtlpEncoding> otlpEncodingOf(std::string_view contentType);
/// Name of the partial-success count of a signal.
[[nodiscard]] std::string_view rejectedFieldOf(OtlpSignal signal);

/// OTLP/HTTP ingest: checks the head, inflates on a worker, hands bytes to the pipeline, answers after
/// commit in the encoding of the request.
class OtlpHttpHandler final : public HttpHandler {
public:
    /// `bodyLimit` holds before and after decompression. All references outlive the handler.
    OtlpHttpHandler(ApiBackend& backend, const AccessPolicy& policy, WorkerPool& inflaters, std::size_t bodyLimit);

    [[nodiscard]] HeadVerdict checkHead(const HttpHead& head) const override;
    void handle(HttpRequest request, Respond respond) override;
    [[nodiscard]] HttpResponse failure(const HttpHead& head, const Error& error) const override;

private:
    ApiBackend& m_backend;
    const AccessPolicy& m_policy;
    WorkerPool& m_inflaters;
    std::size_t m_bodyLimit;
};

} // namespace tracedeck
