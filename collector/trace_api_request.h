// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/http_message.h"
#include "core/ids.h"
#include "core/result.h"
#include "core/trace_list_request.h"
#include "formats/otlp_decode.h"

#include <initializer_list>
#include <optional>
#include <string_view>

namespace tracedeck {

/// What a path under /api/v1/ asks for.
struct ApiTarget {
    enum class Kind { Status, Traces, Trace, TraceLogs, Pin, Clear, Services, WebSocket, Metrics, Health };
    Kind kind = Kind::Health;
    bool post = false; ///< its method; all others are GET
    TraceId traceId; ///< for Trace, TraceLogs, Pin
};

/// NotFound for paths that are not ours, InvalidArgument for a broken trace id.
[[nodiscard]] Result<ApiTarget> apiTargetOf(std::string_view path);

/// The list request a query string spells: q, from, to (ns since the Unix epoch), errors, own, order,
/// limit, cursor. InvalidArgument names the parameter and what was expected.
[[nodiscard]] Result<TraceListRequest> listRequestOf(const HttpHead& head);

/// A parameter that is a switch: absent = `fallback`; 1, true, empty or 0, false.
[[nodiscard]] Result<bool> switchOf(const HttpHead& head, std::string_view name, bool fallback);

/// Refuses parameters nobody reads: a mistyped filter must not look like an answer. `no_cache` is
/// always known.
[[nodiscard]] Result<void> checkParameters(const HttpHead& head, std::initializer_list<std::string_view> known);

/// ?format=json|protobuf wins, then Accept, then JSON.
[[nodiscard]] Result<OtlpEncoding> answerFormatOf(const HttpHead& head);

} // namespace tracedeck
