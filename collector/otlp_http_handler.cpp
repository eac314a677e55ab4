// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/otlp_http_handler.h"

#include "collector/error_response.h"
#include "formats/inflate.h"
#include "formats/otlp_encode.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>

namespace tracedeck {

namespace {

/// Real telemetry compresses 5 to 20 times; beyond this ratio a large body is an attack.
constexpr std::size_t kMaxInflateRatio = 200;
constexpr std::size_t kAlwaysAllowedBytes = std::size_t{4} << 20U;

std::string lowerTrimmed(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        if (c == ';')
            break;
        if (c != ' ' && c != '\t')
            out.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
    }
    return out;
}

HeadVerdict refuseAndClose(HttpResponse response)
{
    response.close = true;
    HeadVerdict verdict;
    verdict.kind = HeadVerdict::Kind::Refuse;
    verdict.refusal = std::move(response);
    return verdict;
}

OtlpEncoding answerEncoding(const HttpHead& head)
{
    return otlpEncodingOf(head.field("content-type")).value_or(OtlpEncoding::Json);
}

void submitBody(ApiBackend& backend, IngestRequest request, HttpHandler::Respond respond)
{
    const OtlpSignal signal = request.signal;
    const OtlpEncoding encoding = request.encoding;
    backend.submit(std::move(request), [signal, encoding, respond = std::move(respond)](Result<IngestOutcome> outcome) {
        if (!outcome)
            return respond(otlpErrorResponse(encoding, outcome.error()));
        respond(makeResponse(
            200, otlpContentType(encoding),
            encodeExportResponse(encoding, rejectedFieldOf(signal), outcome->rejected, outcome->rejectReason)));
    });
}

} // namespace

std::optional<OtlpSignal> otlpSignalOf(std::string_view path)
{
    if (path == "/v1/traces")
        return OtlpSignal::Traces;
    if (path == "/v1/logs")
        return OtlpSignal::Logs;
    return path == "/v1/metrics" ? std::optional(OtlpSignal::Metrics) : std::nullopt;
}

std::optional<OtlpEncoding> otlpEncodingOf(std::string_view contentType)
{
    const std::string type = lowerTrimmed(contentType);
    if (type == "application/x-protobuf")
        return OtlpEncoding::Protobuf;
    return type == "application/json" ? std::optional(OtlpEncoding::Json) : std::nullopt;
}

std::string_view rejectedFieldOf(OtlpSignal signal)
{
    switch (signal) {
    case OtlpSignal::Traces:
        return "rejectedSpans";
    case OtlpSignal::Logs:
        return "rejectedLogRecords";
    default:
        return "rejectedDataPoints";
    }
}

OtlpHttpHandler::OtlpHttpHandler(ApiBackend& backend, const AccessPolicy& policy, WorkerPool& inflaters,
                                 std::size_t bodyLimit)
    : m_backend(backend), m_policy(policy), m_inflaters(inflaters), m_bodyLimit(bodyLimit)
{ }

HeadVerdict OtlpHttpHandler::checkHead(const HttpHead& head) const
{
    if (head.method != "POST") {
        HttpResponse response =
            failure(head, makeError(ErrorCode::InvalidArgument, head.path, "only POST is taken here"));
        response.status = 405;
        response.fields.push_back({"Allow", "POST"});
        return refuseAndClose(std::move(response));
    }
    if (!otlpEncodingOf(head.field("content-type")))
        return refuseAndClose(failure(head,
                                      makeError(ErrorCode::Unsupported, head.path,
                                                "Content-Type must be application/x-protobuf or application/json")));
    const std::string packing = lowerTrimmed(head.field("content-encoding"));
    if (!packing.empty() && packing != "gzip" && packing != "identity")
        return refuseAndClose(
            failure(head, makeError(ErrorCode::Unsupported, head.path, "Content-Encoding must be gzip or identity")));
    if (head.contentLength > m_bodyLimit)
        return refuseAndClose(
            failure(head,
                    makeError(ErrorCode::TooLarge, head.path,
                              fmt::format("the body has {} bytes, the limit is {}", head.contentLength, m_bodyLimit))));
    if (m_policy.ingestNeedsToken() && !m_policy.tokenAccepted(head.field("authorization")))
        return refuseAndClose(failure(head,
                                      makeError(ErrorCode::Unauthorized, head.path, "this collector needs a token",
                                                "Send Authorization: Bearer with the content of its token file.")));
    HeadVerdict verdict;
    verdict.bodyLimit = m_bodyLimit;
    return verdict;
}

void OtlpHttpHandler::handle(HttpRequest request, Respond respond)
{
    const OtlpSignal signal = otlpSignalOf(request.head.path).value_or(OtlpSignal::Traces);
    const OtlpEncoding encoding = answerEncoding(request.head);
    if (lowerTrimmed(request.head.field("content-encoding")) != "gzip")
        return submitBody(m_backend, {signal, encoding, std::move(request.body), std::move(request.head.peer), nullptr},
                          std::move(respond));

    // std::function must be copyable, a 64 MiB body should not be copied.
    auto packed = std::make_shared<std::string>(std::move(request.body));
    const bool queued = m_inflaters.post([this, signal, encoding, packed, respond, peer = request.head.peer] {
        const std::size_t ratioLimit = std::max(kAlwaysAllowedBytes, packed->size() * kMaxInflateRatio);
        Result<std::string> body = inflateGzip(*packed, std::min(m_bodyLimit, ratioLimit));
        packed->clear();
        packed->shrink_to_fit();
        if (!body) {
            m_backend.noteRejected(body.error().what);
            return respond(otlpErrorResponse(encoding, body.error()));
        }
        submitBody(m_backend, {signal, encoding, std::move(body).value(), peer, nullptr}, respond);
    });
    if (!queued)
        respond(
            otlpErrorResponse(encoding, makeError(ErrorCode::Busy, "ingest", "too many bodies are waiting", {}, true)));
}

HttpResponse OtlpHttpHandler::failure(const HttpHead& head, const Error& error) const
{
    m_backend.noteRejected(error.what);
    return otlpErrorResponse(answerEncoding(head), error);
}

} // namespace tracedeck
