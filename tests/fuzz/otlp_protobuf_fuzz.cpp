// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/otlp_resource_stamp.h"
#include "tests/fuzz/otlp_fixpoint.h"

using namespace tracedeck;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view body = fuzzText(data, size);
    OtlpTraces traces;
    const bool good = checkTraces(body, OtlpEncoding::Protobuf, traces);
    std::uint64_t visited = 0;
    const Result<OtlpScan> scan = scanOtlpTraces(body, [&visited](const SpanBrief&) { ++visited; });
    fuzzCheck(scan.ok() == good);
    if (good) {
        fuzzCheck(scan->accepted == traces.spans.rows() && scan->accepted == visited);
        fuzzCheck(scan->rejected == traces.rejected && scan->rejectReason == traces.rejectReason);
    }
    const std::string stamped = stampResources(body, {"10.0.0.1", "", "cart.service", "cart", ""});
    if (good && !stamped.empty()) {
        OtlpTraces again;
        fuzzCheck(decodeOtlpTraces(stamped, OtlpEncoding::Protobuf, again).ok());
        fuzzCheck(again.spans.rows() == traces.spans.rows() && again.spans.spanId == traces.spans.spanId);
    }
    checkLogs(body, OtlpEncoding::Protobuf);
    (void)countOtlpMetricPoints(body, OtlpEncoding::Protobuf).ok();
    return 0;
}
