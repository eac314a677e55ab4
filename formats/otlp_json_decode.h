// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/otlp_decode.h"

namespace tracedeck {

/// The JSON half of decodeOtlpTraces, decodeOtlpLogs and countOtlpMetricPoints. A text that is not JSON
/// (not UTF-8 included) is malformed as a whole; a record with a field of a wrong type is rejected.
[[nodiscard]] Result<void> decodeJsonTraces(std::string_view body, OtlpTraces& into, const TraceId* only);
[[nodiscard]] Result<OtlpLogs> decodeJsonLogs(std::string_view body);
[[nodiscard]] Result<std::uint64_t> countJsonMetricPoints(std::string_view body);

} // namespace tracedeck
