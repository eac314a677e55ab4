// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/otlp_protobuf_decode.h"

#include "formats/otlp_protobuf_walk.h"
#include "formats/otlp_rows.h"

namespace tracedeck {
namespace {

/// Counts the data points of one Metric: the kinds differ in their number, never in where points stand.
std::uint64_t countPointsOfMetric(std::string_view metric)
{
    std::uint64_t points = 0;
    pbf_reader reader(metric);
    while (reader.next()) {
        switch (reader.tag_and_type()) {
        case bytesField(5): // gauge
        case bytesField(7): // sum
        case bytesField(9): // histogram
        case bytesField(10): // exponential histogram
        case bytesField(11): { // summary
            pbf_reader data(reader.get_view());
            while (data.next(1, WireType::length_delimited)) {
                data.skip();
                ++points;
            }
            break;
        }
        default:
            reader.skip();
        }
    }
    return points;
}

} // namespace

Error protobufError(std::string_view what, std::string_view body, const char* place)
{
    const auto offset = static_cast<std::size_t>(place - body.data());
    return makeError(ErrorCode::Malformed, "otlp",
                     "not a protobuf message (" + std::string(what) + ") in the record at byte "
                         + std::to_string(offset) + " of " + std::to_string(body.size()));
}

Result<void> decodeProtobufTraces(std::string_view body, OtlpTraces& into, const TraceId* only)
{
    OtlpSpanRows rows(into.spans);
    const OtlpMark mark = rows.mark();
    Rejections rejections;
    OtlpProtobufWalk<OtlpSpanRows> walk(rows, rejections, only);
    try {
        walk.traces(body);
    } catch (const protozero::exception& failure) {
        rows.rollback(mark);
        return protobufError(failure.what(), body, walk.recordStart());
    }
    if (into.rejected == 0) {
        into.rejectReason = rejections.reason;
    }
    into.rejected += rejections.count;
    return {};
}

Result<OtlpLogs> decodeProtobufLogs(std::string_view body)
{
    OtlpLogs into;
    OtlpLogRows rows(into.logs);
    Rejections rejections;
    OtlpProtobufWalk<OtlpLogRows> walk(rows, rejections);
    try {
        walk.logs(body);
    } catch (const protozero::exception& failure) {
        return protobufError(failure.what(), body, walk.recordStart());
    }
    into.rejected = rejections.count;
    into.rejectReason = rejections.reason;
    return into;
}

Result<std::uint64_t> countProtobufMetricPoints(std::string_view body)
{
    std::uint64_t points = 0;
    const char* place = body.data();
    try {
        pbf_reader request(body);
        while (request.next(1, WireType::length_delimited)) {
            pbf_reader resource(request.get_view());
            while (resource.next(2, WireType::length_delimited)) {
                pbf_reader scope(resource.get_view());
                while (scope.next(2, WireType::length_delimited)) {
                    const std::string_view metric = scope.get_view();
                    place = metric.data();
                    points += countPointsOfMetric(metric);
                }
            }
        }
    } catch (const protozero::exception& failure) {
        return protobufError(failure.what(), body, place);
    }
    return points;
}

} // namespace tracedeck
