// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/trace_stream.h"

#include "formats/otlp_encode.h"

#include <cstdint>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

namespace tracedeck {

namespace {

using Convert = std::function<Result<std::string>(std::string_view)>;

/// What stands between the brackets of `{"resourceSpans":[…]}`.
std::string_view listItems(std::string_view json)
{
    const std::size_t open = json.find('[');
    const std::size_t close = json.rfind(']');
    return open == std::string_view::npos || close == std::string_view::npos || close <= open
        ? std::string_view()
        : json.substr(open + 1, close - open - 1);
}

Result<std::string> traceToJson(std::string_view protobuf)
{
    OtlpTraces decoded;
    const Result<void> outcome = decodeOtlpTraces(protobuf, OtlpEncoding::Protobuf, decoded);
    if (!outcome)
        return outcome.error();
    std::vector<std::uint32_t> rows(decoded.spans.rows());
    std::iota(rows.begin(), rows.end(), 0U);
    return encodeOtlpTraces(decoded.spans, rows, OtlpEncoding::Json);
}

Result<std::string> logsToJson(std::string_view protobuf)
{
    const Result<OtlpLogs> decoded = decodeOtlpLogs(protobuf, OtlpEncoding::Protobuf);
    if (!decoded)
        return decoded.error();
    return encodeOtlpLogs(decoded->logs, OtlpEncoding::Json);
}

Result<void> sendProtobuf(const BlobReader& read, const ChunkSink& sink)
{
    return read([&](std::string_view blob) { return sink(std::string(blob)); });
}

Result<void> sendJson(const BlobReader& read, const ChunkSink& sink, std::string_view listName, const Convert& convert)
{
    Result<void> conversion;
    bool any = false;
    const Result<void> outcome = read([&](std::string_view blob) {
        const Result<std::string> json = convert(blob);
        if (!json) {
            conversion = json.error();
            return false;
        }
        const std::string_view items = listItems(*json);
        if (items.empty())
            return true;
        std::string piece = any ? std::string(",") : "{\"" + std::string(listName) + "\":[";
        any = true;
        piece += items;
        return sink(std::move(piece));
    });
    if (!outcome || !conversion)
        return outcome ? conversion : outcome;
    sink(any ? std::string("]}") : "{\"" + std::string(listName) + "\":[]}");
    return {};
}

} // namespace

BodyProducer streamTrace(BlobReader read, OtlpEncoding encoding)
{
    return [read = std::move(read), encoding](const ChunkSink& sink) {
        return encoding == OtlpEncoding::Protobuf ? sendProtobuf(read, sink)
                                                  : sendJson(read, sink, "resourceSpans", traceToJson);
    };
}

BodyProducer streamLogs(BlobReader read, OtlpEncoding encoding)
{
    return [read = std::move(read), encoding](const ChunkSink& sink) {
        return encoding == OtlpEncoding::Protobuf ? sendProtobuf(read, sink)
                                                  : sendJson(read, sink, "resourceLogs", logsToJson);
    };
}

} // namespace tracedeck
