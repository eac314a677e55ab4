// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/json_writer.h"
#include "formats/otlp_encode.h"
#include "formats/protobuf_reader.h"

#include <protozero/pbf_writer.hpp>

namespace tracedeck {

std::string encodeExportResponse(OtlpEncoding encoding, std::string_view rejectedField, std::uint64_t rejected,
                                 std::string_view message)
{
    const bool complete = rejected == 0 && message.empty();
    std::string body;
    if (encoding == OtlpEncoding::Json) {
        JsonWriter json(body);
        json.beginObject();
        if (!complete) {
            json.key("partialSuccess").beginObject().key(rejectedField).quoted(rejected);
            json.member("errorMessage", message).endObject();
        }
        json.endObject();
        return body;
    }
    if (!complete) {
        // rejected_spans, rejected_log_records and rejected_data_points all have number 1.
        protozero::pbf_writer response(body);
        protozero::pbf_writer partial(response, 1);
        if (rejected != 0) {
            partial.add_int64(1, static_cast<std::int64_t>(rejected));
        }
        partial.add_string(2, message.data(), message.size());
    }
    return body;
}

std::string encodeRpcStatus(OtlpEncoding encoding, int code, std::string_view message)
{
    std::string body;
    if (encoding == OtlpEncoding::Json) {
        JsonWriter json(body);
        json.beginObject().member("code", std::int32_t{code}).member("message", message).endObject();
        return body;
    }
    protozero::pbf_writer status(body);
    status.add_int32(1, code);
    status.add_string(2, message.data(), message.size());
    return body;
}

} // namespace tracedeck
