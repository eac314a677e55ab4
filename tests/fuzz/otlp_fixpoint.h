// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/otlp_decode.h"
#include "formats/otlp_encode.h"
#include "tests/fuzz/fuzz_check.h"

#include <numeric>
#include <vector>

namespace tracedeck {

inline std::string encodeAll(const SpanTable& spans, OtlpEncoding encoding)
{
    std::vector<std::uint32_t> rows(spans.rows());
    std::iota(rows.begin(), rows.end(), 0U);
    return encodeOtlpTraces(spans, rows, encoding);
}

/// What was kept once comes back from either encoding, and nothing of it is rejected.
inline void checkFixpoint(const SpanTable& spans)
{
    const std::string protobuf = encodeAll(spans, OtlpEncoding::Protobuf);
    for (const OtlpEncoding encoding : {OtlpEncoding::Protobuf, OtlpEncoding::Json}) {
        OtlpTraces back;
        fuzzCheck(decodeOtlpTraces(encodeAll(spans, encoding), encoding, back).ok());
        fuzzCheck(back.rejected == 0 && back.spans.rows() == spans.rows());
        fuzzCheck(encodeAll(back.spans, OtlpEncoding::Protobuf) == protobuf);
    }
}

inline void checkLogs(std::string_view body, OtlpEncoding encoding)
{
    const Result<OtlpLogs> logs = decodeOtlpLogs(body, encoding);
    if (!logs.ok()) {
        return;
    }
    const std::string protobuf = encodeOtlpLogs(logs->logs, OtlpEncoding::Protobuf);
    for (const OtlpEncoding again : {OtlpEncoding::Protobuf, OtlpEncoding::Json}) {
        const Result<OtlpLogs> back = decodeOtlpLogs(encodeOtlpLogs(logs->logs, again), again);
        fuzzCheck(back.ok() && back->rejected == 0);
        fuzzCheck(encodeOtlpLogs(back->logs, OtlpEncoding::Protobuf) == protobuf);
    }
}

/// Decodes traces; a refused body must not leave anything behind.
inline bool checkTraces(std::string_view body, OtlpEncoding encoding, OtlpTraces& traces)
{
    if (!decodeOtlpTraces(body, encoding, traces).ok()) {
        fuzzCheck(traces.spans == SpanTable() && traces.rejected == 0);
        return false;
    }
    checkFixpoint(traces.spans);
    return true;
}

} // namespace tracedeck
