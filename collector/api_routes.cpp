// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/api_routes.h"

#include "collector/error_response.h"
#include "collector/metrics_text.h"
#include "collector/trace_stream.h"
#include "formats/trace_api_json.h"

#include <fmt/format.h>

#include <utility>

namespace tracedeck {

namespace {

constexpr std::string_view kJson = "application/json";
/// POSTs of the API carry nothing of use in their body.
constexpr std::size_t kCommandBodyLimit = 4096;

HeadVerdict refuse(HttpResponse response)
{
    HeadVerdict verdict;
    verdict.kind = HeadVerdict::Kind::Refuse;
    verdict.refusal = std::move(response);
    return verdict;
}

HttpResponse tagged(HttpResponse response, const std::string& tag)
{
    // no-cache, not no-store: clients keep the answer and ask whether it still holds.
    for (HttpField& field : response.fields) {
        if (field.name == "Cache-Control")
            field.value = "private, no-cache";
    }
    response.fields.push_back({"ETag", tag});
    response.fields.push_back({"Vary", "Accept, Authorization"});
    return response;
}

HttpResponse notModified(const std::string& tag)
{
    HttpResponse response;
    response.status = 304;
    response.fields.push_back({"ETag", tag});
    return response;
}

} // namespace

bool clientHas(const HttpHead& head, std::string_view tag)
{
    const Result<bool> noCache = switchOf(head, "no_cache", false);
    if (!noCache || *noCache)
        return false;
    std::string_view rest = head.field("if-none-match");
    while (!rest.empty()) {
        const std::size_t comma = rest.find(',');
        std::string_view item = rest.substr(0, comma);
        rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
        while (!item.empty() && item.front() == ' ')
            item.remove_prefix(1);
        while (!item.empty() && item.back() == ' ')
            item.remove_suffix(1);
        if (item.starts_with("W/"))
            item.remove_prefix(2);
        if (item == tag || item == "*")
            return true;
    }
    return false;
}

ApiRoutes::ApiRoutes(ApiBackend& backend, const AccessPolicy& policy, WorkerPool& queries, ServerCounters& counters,
                     PushSeats& seats, std::string instance, std::string version)
    : m_backend(backend),
      m_policy(policy),
      m_queries(queries),
      m_counters(counters),
      m_seats(seats),
      m_instance(std::move(instance)),
      m_version(std::move(version))
{ }

HeadVerdict ApiRoutes::checkHead(const HttpHead& head) const
{
    const Result<ApiTarget> target = apiTargetOf(head.path);
    if (!target)
        return refuse(failure(head, target.error()));
    const bool methodFits = target->post ? head.method == "POST" : head.method == "GET" || head.method == "HEAD";
    if (!methodFits) {
        const std::string allowed = target->post ? "POST" : "GET, HEAD";
        HttpResponse response =
            failure(head, makeError(ErrorCode::InvalidArgument, head.path, "only " + allowed + " is taken here"));
        response.status = 405;
        response.fields.push_back({"Allow", allowed});
        return refuse(std::move(response));
    }
    std::size_t reader = 0;
    if (const auto problem = accessProblem(*target, head, reader))
        return refuse(failure(head, *problem));
    if (head.contentLength > kCommandBodyLimit)
        return refuse(failure(head, makeError(ErrorCode::TooLarge, head.path, "no body is expected here")));
    HeadVerdict verdict;
    verdict.bodyLimit = kCommandBodyLimit;
    return target->kind == ApiTarget::Kind::WebSocket ? admitPush(head, reader) : verdict;
}

std::optional<Error> ApiRoutes::accessProblem(const ApiTarget& target, const HttpHead& head, std::size_t& reader) const
{
    if (target.kind == ApiTarget::Kind::Health)
        return std::nullopt;
    const std::optional<std::size_t> known = m_policy.readerOf(head.field("authorization"));
    if (!known)
        return makeError(ErrorCode::Unauthorized, head.path, "the token is missing or wrong",
                         "Send Authorization: Bearer with the content of the collector's token file.");
    reader = *known;
    if (target.post && reader != 0)
        return makeError(ErrorCode::PermissionDenied, head.path, "this token may only read");
    return std::nullopt;
}

HeadVerdict ApiRoutes::admitPush(const HttpHead& head, std::size_t reader) const
{
    if (const Result<void> known = checkParameters(head, {"own"}); !known)
        return refuse(failure(head, known.error()));
    Result<PushSeats::Seat> seat = m_seats.take(reader);
    if (!seat) {
        m_counters.pushRefused++;
        return refuse(failure(head, seat.error()));
    }
    HeadVerdict verdict;
    verdict.kind = HeadVerdict::Kind::WebSocket;
    verdict.seat = std::move(seat).value();
    return verdict;
}

void ApiRoutes::handle(HttpRequest request, Respond respond)
{
    if (request.head.path == "/healthz")
        return respond(answer(request.head));
    auto head = std::make_shared<HttpHead>(std::move(request.head));
    const bool queued = m_queries.post([this, head, respond] { respond(answer(*head)); });
    if (!queued)
        respond(apiErrorResponse(makeError(ErrorCode::Busy, "api", "too many queries are waiting", {}, true)));
}

HttpResponse ApiRoutes::failure(const HttpHead& /*head*/, const Error& error) const
{
    return apiErrorResponse(error);
}

HttpResponse ApiRoutes::answer(const HttpHead& head) const
{
    const Result<ApiTarget> target = apiTargetOf(head.path);
    if (!target)
        return apiErrorResponse(target.error());
    switch (target->kind) {
    case ApiTarget::Kind::Health:
        return makeResponse(200, "text/plain; charset=utf-8", "ok\n");
    case ApiTarget::Kind::Metrics:
        return makeResponse(200, "text/plain; version=0.0.4; charset=utf-8",
                            metricsText(m_backend.status(), m_counters, m_version));
    case ApiTarget::Kind::Status:
        return status();
    case ApiTarget::Kind::Traces:
        return traces(head);
    case ApiTarget::Kind::Trace:
    case ApiTarget::Kind::TraceLogs:
        return trace(*target, head);
    case ApiTarget::Kind::Services:
        return services(head);
    case ApiTarget::Kind::Pin:
        return pin(*target, head);
    case ApiTarget::Kind::Clear:
        return clear(head);
    case ApiTarget::Kind::WebSocket:
        break;
    }
    return apiErrorResponse(makeError(ErrorCode::InvalidArgument, head.path, "this path speaks WebSocket only"));
}

HttpResponse ApiRoutes::status() const
{
    return makeResponse(200, kJson, encodeStoreStatus(m_backend.status(), m_version));
}

HttpResponse ApiRoutes::traces(const HttpHead& head) const
{
    const Result<TraceListRequest> request = listRequestOf(head);
    if (!request)
        return apiErrorResponse(request.error());
    // The tag is taken before the query: a commit in between makes the tag too old, never too new.
    const std::string tag = entityTag(request->includeOwn, "list");
    if (clientHas(head, tag))
        return notModified(tag);
    const Result<TraceListPage> page = m_backend.listTraces(*request);
    return page ? tagged(makeResponse(200, kJson, encodeTraceListPage(*page)), tag) : apiErrorResponse(page.error());
}

HttpResponse ApiRoutes::trace(const ApiTarget& target, const HttpHead& head) const
{
    const Result<void> known = checkParameters(head, {"format"});
    const Result<OtlpEncoding> format = answerFormatOf(head);
    if (!known || !format)
        return apiErrorResponse(known ? format.error() : known.error());
    const bool json = *format == OtlpEncoding::Json;
    const std::string tag = entityTag(true, json ? "json" : "protobuf");
    if (clientHas(head, tag))
        return notModified(tag);
    HttpResponse response = tagged(makeResponse(200, otlpContentType(*format), {}), tag);
    const TraceId id = target.traceId;
    if (target.kind == ApiTarget::Kind::Trace)
        response.stream = streamTrace([this, id](const auto& sink) { return m_backend.readTrace(id, sink); }, *format);
    else
        response.stream = streamLogs([this, id](const auto& sink) { return m_backend.readLogs(id, sink); }, *format);
    return response;
}

HttpResponse ApiRoutes::services(const HttpHead& head) const
{
    const Result<void> known = checkParameters(head, {"own"});
    const Result<bool> own = switchOf(head, "own", false);
    if (!known || !own)
        return apiErrorResponse(known ? own.error() : known.error());
    const std::string tag = entityTag(*own, "services");
    if (clientHas(head, tag))
        return notModified(tag);
    const Result<std::vector<ServiceSummary>> list = m_backend.services(*own);
    return list ? tagged(makeResponse(200, kJson, encodeServices(*list)), tag) : apiErrorResponse(list.error());
}

HttpResponse ApiRoutes::pin(const ApiTarget& target, const HttpHead& head) const
{
    const Result<void> known = checkParameters(head, {"pinned"});
    const Result<bool> pinned = switchOf(head, "pinned", true);
    if (!known || !pinned)
        return apiErrorResponse(known ? pinned.error() : known.error());
    m_backend.setPinned(target.traceId, *pinned);
    return makeResponse(200, kJson, "{}");
}

HttpResponse ApiRoutes::clear(const HttpHead& head) const
{
    const Result<void> known = checkParameters(head, {"pinned"});
    const Result<bool> pinned = switchOf(head, "pinned", false);
    if (!known || !pinned)
        return apiErrorResponse(known ? pinned.error() : known.error());
    const Result<void> cleared = m_backend.clear(*pinned);
    return cleared ? makeResponse(200, kJson, "{}") : apiErrorResponse(cleared.error());
}

std::string ApiRoutes::entityTag(bool own, std::string_view variant) const
{
    const StoreStatus status = m_backend.status();
    return own ? fmt::format("\"{}-{}-{}-{}\"", m_instance, status.otherGeneration, status.ownGeneration, variant)
               : fmt::format("\"{}-{}-{}\"", m_instance, status.otherGeneration, variant);
}

} // namespace tracedeck
