// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/otlp_decode.h"

#include "formats/otlp_json_decode.h"
#include "formats/otlp_protobuf_decode.h"

namespace tracedeck {

Result<void> decodeOtlpTraces(std::string_view body, OtlpEncoding encoding, OtlpTraces& into, const TraceId* only)
{
    return encoding == OtlpEncoding::Protobuf ? decodeProtobufTraces(body, into, only)
                                              : decodeJsonTraces(body, into, only);
}

Result<OtlpLogs> decodeOtlpLogs(std::string_view body, OtlpEncoding encoding)
{
    return encoding == OtlpEncoding::Protobuf ? decodeProtobufLogs(body) : decodeJsonLogs(body);
}

Result<std::uint64_t> countOtlpMetricPoints(std::string_view body, OtlpEncoding encoding)
{
    return encoding == OtlpEncoding::Protobuf ? countProtobufMetricPoints(body) : countJsonMetricPoints(body);
}

} // namespace tracedeck
