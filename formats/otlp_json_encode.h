// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/otlp_encode.h"

namespace tracedeck {

/// The JSON half of encodeOtlpTraces and encodeOtlpLogs.
[[nodiscard]] std::string encodeJsonTraces(const SpanTable& spans, std::span<const std::uint32_t> rows);
[[nodiscard]] std::string encodeJsonLogs(const LogTable& logs);

} // namespace tracedeck
