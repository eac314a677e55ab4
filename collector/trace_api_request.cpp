// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/trace_api_request.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

namespace tracedeck {

namespace {

constexpr std::string_view kPrefix = "/api/v1/";

Error wrongParameter(std::string_view name, std::string_view value, std::string_view expected)
{
    return makeError(ErrorCode::InvalidArgument, "request",
                     fmt::format("{} is “{}”, expected {}", name, value, expected));
}

template <class Number> Result<void> readNumber(const HttpHead& head, std::string_view name, Number& into)
{
    const std::string* text = head.parameter(name);
    if (text == nullptr || text->empty())
        return {};
    Number value{};
    const auto [end, failure] = std::from_chars(text->data(), text->data() + text->size(), value);
    if (failure != std::errc() || end != text->data() + text->size() || value < 0)
        return wrongParameter(name, *text, "a whole number that is not negative");
    into = value;
    return {};
}

Result<ApiTarget> traceTargetOf(std::string_view rest)
{
    const std::size_t slash = rest.find('/');
    const std::string_view suffix = slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
    ApiTarget target;
    if (slash == std::string_view::npos)
        target.kind = ApiTarget::Kind::Trace;
    else if (suffix == "logs")
        target.kind = ApiTarget::Kind::TraceLogs;
    else if (suffix == "pin")
        target.kind = ApiTarget::Kind::Pin;
    else
        return makeError(ErrorCode::NotFound, "request", "no such path");
    target.post = target.kind == ApiTarget::Kind::Pin;
    const auto id = TraceId::fromHex(rest.substr(0, slash));
    if (!id || id->isZero())
        return wrongParameter("trace id", rest.substr(0, slash), "1 to 32 hex digits, not all zero");
    target.traceId = *id;
    return target;
}

} // namespace

Result<ApiTarget> apiTargetOf(std::string_view path)
{
    struct Known {
        std::string_view path;
        ApiTarget::Kind kind;
    };
    static constexpr std::array<Known, 7> kKnown{{{"/healthz", ApiTarget::Kind::Health},
                                                  {"/metrics", ApiTarget::Kind::Metrics},
                                                  {"/api/v1/status", ApiTarget::Kind::Status},
                                                  {"/api/v1/traces", ApiTarget::Kind::Traces},
                                                  {"/api/v1/services", ApiTarget::Kind::Services},
                                                  {"/api/v1/ws", ApiTarget::Kind::WebSocket},
                                                  {"/api/v1/clear", ApiTarget::Kind::Clear}}};
    for (const Known& known : kKnown) {
        if (known.path == path) {
            ApiTarget target;
            target.kind = known.kind;
            target.post = known.kind == ApiTarget::Kind::Clear;
            return target;
        }
    }
    constexpr std::string_view kTraces = "traces/";
    if (path.starts_with(kPrefix) && path.substr(kPrefix.size()).starts_with(kTraces))
        return traceTargetOf(path.substr(kPrefix.size() + kTraces.size()));
    return makeError(ErrorCode::NotFound, "request", "no such path", "The read API is described in docs/api.md.");
}

Result<bool> switchOf(const HttpHead& head, std::string_view name, bool fallback)
{
    const std::string* text = head.parameter(name);
    if (text == nullptr)
        return fallback;
    if (text->empty() || *text == "1" || *text == "true")
        return true;
    if (*text == "0" || *text == "false")
        return false;
    return wrongParameter(name, *text, "1 or 0");
}

Result<void> checkParameters(const HttpHead& head, std::initializer_list<std::string_view> known)
{
    for (const auto& [name, value] : head.query) {
        if (name != "no_cache" && std::find(known.begin(), known.end(), name) == known.end())
            return makeError(ErrorCode::InvalidArgument, "request", fmt::format("unknown parameter “{}”", name),
                             fmt::format("Known here: {}.", fmt::join(known, ", ")));
    }
    return {};
}

Result<TraceListRequest> listRequestOf(const HttpHead& head)
{
    TraceListRequest request;
    const Result<void> known = checkParameters(head, {"q", "from", "to", "errors", "own", "order", "limit", "cursor"});
    if (!known)
        return known.error();
    for (const Result<void>& read : {readNumber(head, "from", request.fromNs), readNumber(head, "to", request.toNs),
                                     readNumber(head, "limit", request.limit)}) {
        if (!read)
            return read.error();
    }
    request.limit = std::clamp<std::uint32_t>(request.limit, 1, 1000);
    const Result<bool> errors = switchOf(head, "errors", false);
    const Result<bool> own = switchOf(head, "own", false);
    if (!errors || !own)
        return errors ? own.error() : errors.error();
    request.errorsOnly = *errors;
    request.includeOwn = *own;
    if (const std::string* order = head.parameter("order"); order != nullptr && !order->empty()) {
        const auto named = traceOrderFromKey(*order);
        if (!named)
            return wrongParameter("order", *order,
                                  "start-desc, start-asc, duration-desc, duration-asc, spans-desc or errors-desc");
        request.order = *named;
    }
    if (const std::string* query = head.parameter("q"))
        request.query = *query;
    if (const std::string* cursor = head.parameter("cursor"))
        request.cursor = *cursor;
    return request;
}

Result<OtlpEncoding> answerFormatOf(const HttpHead& head)
{
    if (const std::string* format = head.parameter("format")) {
        if (*format == "json")
            return OtlpEncoding::Json;
        if (*format == "protobuf")
            return OtlpEncoding::Protobuf;
        return wrongParameter("format", *format, "json or protobuf");
    }
    const std::string_view accept = head.field("accept");
    const bool protobuf = accept.find("application/x-protobuf") != std::string_view::npos
        || accept.find("application/protobuf") != std::string_view::npos;
    return protobuf ? OtlpEncoding::Protobuf : OtlpEncoding::Json;
}

} // namespace tracedeck
