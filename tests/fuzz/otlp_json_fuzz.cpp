// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/otlp_fixpoint.h"

using namespace tracedeck;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view body = fuzzText(data, size);
    OtlpTraces traces;
    (void)checkTraces(body, OtlpEncoding::Json, traces);
    checkLogs(body, OtlpEncoding::Json);
    (void)countOtlpMetricPoints(body, OtlpEncoding::Json).ok();
    return 0;
}
