// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/otlp_decode.h"

#include "formats/otlp_protobuf_decode.h"

namespace tracedeck {
namespace {

Error noJson()
{
    return makeError(ErrorCode::Unsupported, "otlp", "this build reads protobuf only");
}

} // namespace

Result<void> decodeOtlpTraces(std::string_view body, OtlpEncoding encoding, OtlpTraces& into, const TraceId* only)
{
    return encoding == OtlpEncoding::Protobuf ? decodeProtobufTraces(body, into, only) : noJson();
}

Result<OtlpLogs> decodeOtlpLogs(std::string_view body, OtlpEncoding encoding)
{
    return encoding == OtlpEncoding::Protobuf ? decodeProtobufLogs(body) : noJson();
}

Result<std::uint64_t> countOtlpMetricPoints(std::string_view body, OtlpEncoding encoding)
{
    return encoding == OtlpEncoding::Protobuf ? countProtobufMetricPoints(body) : noJson();
}

} // namespace tracedeck
