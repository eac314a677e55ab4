// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/stress/stress_report.h"

#include <nlohmann/json.hpp>

namespace tracedeck::stress {

std::string reportJson(const StressReport& report)
{
    nlohmann::ordered_json json;
    json["scenario"] = report.scenario;
    json["attempted"] = report.attempted;
    json["successful"] = report.successful;
    json["failed"] = report.failed;
    json["sent"] = report.sent;
    json["received"] = report.received;
    json["errors"] = report.errors;
    json["produced"] = report.produced;
    json["expected"] = report.expected;
    json["delivered"] = report.delivered;
    json["dropped"] = report.dropped;
    json["rejected"] = report.rejected;
    json["in_flight"] = report.inFlight;
    json["lost"] = report.lost;
    json["duplicates"] = report.duplicates;
    json["sequence_gaps"] = report.sequenceGaps;
    if (report.scenario == "ws") {
        json["tokens"] = report.tokens;
        json["per_client_cap"] = report.perClientCap;
        json["over_cap"] = {{"attempted", report.overCapAttempted},
                            {"refused", report.overCapRefused},
                            {"status", report.overCapStatus},
                            {"reason", report.overCapReason}};
    }
    json["seconds"] = report.seconds;
    json["per_second"] = report.seconds > 0 ? static_cast<double>(report.produced) / report.seconds : 0.0;
    json["latency_ms"] = {{"samples", report.latency.samples},
                          {"p50", report.latency.p50},
                          {"p95", report.latency.p95},
                          {"p99", report.latency.p99},
                          {"max", report.latency.max}};
    json["conserved"] = report.good();
    json["problems"] = report.problems;
    return json.dump();
}

} // namespace tracedeck::stress
