// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace tracedeck::test {

/// One span of a body under test.
struct SpanSpec {
    TraceId traceId;
    std::uint64_t spanId = 1;
    std::uint64_t parentId = 0;
    std::int64_t startNs = 1'000;
    std::int64_t endNs = 2'000;
    std::string service = "shop";
    std::string name = "GET /cart";
    bool error = false;
    bool own = false;
    std::vector<std::pair<std::string, std::string>> resource{}; ///< further texts of its resource
};

/// A trace id whose bytes spell the number.
[[nodiscard]] TraceId traceIdOf(std::uint64_t number);
/// ExportTraceServiceRequest as protobuf, written here by hand so that the decoder is not tested with its
/// own encoder. Neighbours with equal service, own and resource share a ResourceSpans.
[[nodiscard]] std::string traceBody(const std::vector<SpanSpec>& spans);
/// The same as JSON.
[[nodiscard]] std::string traceJson(const std::vector<SpanSpec>& spans);
/// ExportLogsServiceRequest with one record per trace id (zero = without).
[[nodiscard]] std::string logBody(const std::vector<TraceId>& traces, const std::string& text);
/// ExportMetricsServiceRequest with one gauge of `points` points.
[[nodiscard]] std::string metricBody(int points);

} // namespace tracedeck::test
