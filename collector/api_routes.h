// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/access_policy.h"
#include "collector/api_backend.h"
#include "collector/http_handler.h"
#include "collector/push_seats.h"
#include "collector/server_counters.h"
#include "collector/trace_api_request.h"
#include "collector/worker_pool.h"

#include <cstddef>
#include <optional>
#include <string>

namespace tracedeck {

/// The read API under /api/v1/ plus /healthz and /metrics. Queries run on `queries`, never on the I/O
/// thread. All references outlive the handler.
class ApiRoutes final : public HttpHandler {
public:
    /// `instance` is a random word of this run: it keeps ETags of an earlier run from matching.
    ApiRoutes(ApiBackend& backend, const AccessPolicy& policy, WorkerPool& queries, ServerCounters& counters,
              PushSeats& seats, std::string instance, std::string version);

    [[nodiscard]] HeadVerdict checkHead(const HttpHead& head) const override;
    void handle(HttpRequest request, Respond respond) override;
    [[nodiscard]] HttpResponse failure(const HttpHead& head, const Error& error) const override;

    /// Answers on the calling thread; what handle() runs on a worker.
    [[nodiscard]] HttpResponse answer(const HttpHead& head) const;

private:
    /// Whether this head may do what its target does; empty = yes. `reader` is the number of its token.
    [[nodiscard]] std::optional<Error> accessProblem(const ApiTarget& target, const HttpHead& head,
                                                     std::size_t& reader) const;
    [[nodiscard]] HeadVerdict admitPush(const HttpHead& head, std::size_t reader) const;
    [[nodiscard]] HttpResponse status() const;
    [[nodiscard]] HttpResponse traces(const HttpHead& head) const;
    [[nodiscard]] HttpResponse trace(const ApiTarget& target, const HttpHead& head) const;
    [[nodiscard]] HttpResponse services(const HttpHead& head) const;
    [[nodiscard]] HttpResponse pin(const ApiTarget& target, const HttpHead& head) const;
    [[nodiscard]] HttpResponse clear(const HttpHead& head) const;
    /// Tag of an answer that shows other people's traces, and our own only when `own`.
    [[nodiscard]] std::string entityTag(bool own, std::string_view variant) const;

    ApiBackend& m_backend;
    const AccessPolicy& m_policy;
    WorkerPool& m_queries;
    ServerCounters& m_counters;
    PushSeats& m_seats;
    std::string m_instance;
    std::string m_version;
};

/// Whether the client already has what `tag` names (If-None-Match, unless ?no_cache).
[[nodiscard]] bool clientHas(const HttpHead& head, std::string_view tag);

} // namespace tracedeck
