// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/otlp_encode.h"

#include "formats/otlp_json_encode.h"
#include "formats/otlp_protobuf_encode.h"

namespace tracedeck {

std::string encodeOtlpTraces(const SpanTable& spans, std::span<const std::uint32_t> rows, OtlpEncoding encoding)
{
    return encoding == OtlpEncoding::Protobuf ? encodeProtobufTraces(spans, rows) : encodeJsonTraces(spans, rows);
}

std::string encodeOtlpLogs(const LogTable& logs, OtlpEncoding encoding)
{
    return encoding == OtlpEncoding::Protobuf ? encodeProtobufLogs(logs) : encodeJsonLogs(logs);
}

} // namespace tracedeck
