// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/http_message.h"
#include "core/result.h"
#include "formats/otlp_decode.h"

#include <string_view>

namespace tracedeck {

/// HTTP status of a failure: 400 malformed or wrong argument, 401, 403, 404, 413, 415, 429 busy,
/// 503 when a retry helps or the store cannot take data, else 500.
[[nodiscard]] int httpStatusOf(const Error& error);
/// google.rpc code that goes with it (3, 5, 7, 8, 13, 14, 16).
[[nodiscard]] int rpcCodeOf(const Error& error);

/// Answer of the read API: `{"error":{code,what,hint}}`.
[[nodiscard]] HttpResponse apiErrorResponse(const Error& error);
/// Answer of OTLP/HTTP: google.rpc.Status in the encoding of the request.
[[nodiscard]] HttpResponse otlpErrorResponse(OtlpEncoding encoding, const Error& error);
[[nodiscard]] std::string_view otlpContentType(OtlpEncoding encoding);

} // namespace tracedeck
