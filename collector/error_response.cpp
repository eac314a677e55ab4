// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/error_response.h"

#include "formats/otlp_encode.h"
#include "formats/trace_api_json.h"

namespace tracedeck {

namespace {

/// What every error answer carries besides its body: how to authenticate, when to come again.
void addFields(HttpResponse& response, const Error& error)
{
    if (response.status == 401)
        response.fields.push_back({"WWW-Authenticate", "Bearer realm=\"tracedeck\""});
    if (response.status == 429)
        response.fields.push_back({"Retry-After", "1"});
    if (response.status == 503) {
        const bool storage = error.code == ErrorCode::StorageFull || error.code == ErrorCode::ReadOnly;
        response.fields.push_back({"Retry-After", storage ? "30" : "2"});
    }
}

std::string sentence(const Error& error)
{
    return error.hint.empty() ? error.what : error.what + ". " + error.hint;
}

} // namespace

int httpStatusOf(const Error& error)
{
    switch (error.code) {
    case ErrorCode::InvalidArgument:
    case ErrorCode::Malformed:
        return 400;
    case ErrorCode::Unauthorized:
        return 401;
    case ErrorCode::PermissionDenied:
        return 403;
    case ErrorCode::NotFound:
        return 404;
    case ErrorCode::TooLarge:
        return 413;
    case ErrorCode::Unsupported:
        return 415;
    case ErrorCode::Busy:
        return 429;
    case ErrorCode::StorageFull:
    case ErrorCode::ReadOnly:
    case ErrorCode::TimedOut:
    case ErrorCode::Cancelled:
        return 503;
    default:
        return error.retryable ? 503 : 500;
    }
}

int rpcCodeOf(const Error& error)
{
    switch (httpStatusOf(error)) {
    case 400:
    case 413:
    case 415:
        return 3; // INVALID_ARGUMENT
    case 401:
        return 16; // UNAUTHENTICATED
    case 403:
        return 7; // PERMISSION_DENIED
    case 404:
        return 5; // NOT_FOUND
    case 429:
        return 8; // RESOURCE_EXHAUSTED
    case 503:
        return 14; // UNAVAILABLE
    default:
        return 13; // INTERNAL
    }
}

std::string_view otlpContentType(OtlpEncoding encoding)
{
    return encoding == OtlpEncoding::Json ? "application/json" : "application/x-protobuf";
}

HttpResponse apiErrorResponse(const Error& error)
{
    HttpResponse response = makeResponse(httpStatusOf(error), "application/json", encodeApiError(error));
    addFields(response, error);
    return response;
}

HttpResponse otlpErrorResponse(OtlpEncoding encoding, const Error& error)
{
    HttpResponse response = makeResponse(httpStatusOf(error), otlpContentType(encoding),
                                         encodeRpcStatus(encoding, rpcCodeOf(error), sentence(error)));
    addFields(response, error);
    return response;
}

} // namespace tracedeck
