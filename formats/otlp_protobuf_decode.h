// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/otlp_decode.h"

namespace tracedeck {

/// The protobuf half of decodeOtlpTraces, decodeOtlpLogs and countOtlpMetricPoints.
[[nodiscard]] Result<void> decodeProtobufTraces(std::string_view body, OtlpTraces& into, const TraceId* only);
[[nodiscard]] Result<OtlpLogs> decodeProtobufLogs(std::string_view body);
[[nodiscard]] Result<std::uint64_t> countProtobufMetricPoints(std::string_view body);

/// The error for bytes that are no protobuf message, with the place where reading stopped.
[[nodiscard]] Error protobufError(std::string_view what, std::string_view body, const char* place);

} // namespace tracedeck
