// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/span_table.h"
#include "formats/otlp_decode.h"

#include <cstdint>
#include <span>
#include <string>

namespace tracedeck {

/// Writes the given rows of a table as an ExportTraceServiceRequest (TracesData), grouped by resource
/// and scope in first-use order. decode(encode(t)) gives equal rows. JSON follows the OTLP rules: hex
/// ids, 64-bit integers as decimal strings, lowerCamelCase.
[[nodiscard]] std::string encodeOtlpTraces(const SpanTable& spans, std::span<const std::uint32_t> rows,
                                           OtlpEncoding encoding);
[[nodiscard]] std::string encodeOtlpLogs(const LogTable& logs, OtlpEncoding encoding);
/// Body of a success (rejected = 0, no message: empty message or `{}`) or partial success answer.
/// `rejectedField` is "rejectedSpans", "rejectedLogRecords" or "rejectedDataPoints".
[[nodiscard]] std::string encodeExportResponse(OtlpEncoding encoding, std::string_view rejectedField,
                                               std::uint64_t rejected, std::string_view message);
/// google.rpc.Status in the encoding of the request.
[[nodiscard]] std::string encodeRpcStatus(OtlpEncoding encoding, int code, std::string_view message);

} // namespace tracedeck
