// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/otlp_encode.h"

namespace tracedeck {

/// The protobuf half of encodeOtlpTraces and encodeOtlpLogs.
[[nodiscard]] std::string encodeProtobufTraces(const SpanTable& spans, std::span<const std::uint32_t> rows);
[[nodiscard]] std::string encodeProtobufLogs(const LogTable& logs);

} // namespace tracedeck
