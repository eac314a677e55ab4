// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/metrics_text.h"

#include <fmt/format.h>

namespace tracedeck {

namespace {

void metric(std::string& out, std::string_view name, std::string_view type, std::string_view help, std::uint64_t value)
{
    out +=
        fmt::format("# HELP tracedeck_{0} {1}\n# TYPE tracedeck_{0} {2}\ntracedeck_{0} {3}\n", name, help, type, value);
}

std::string escapeLabel(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        if (c == '\\' || c == '"')
            out.push_back('\\');
        if (c == '\n')
            out += "\\n";
        else
            out.push_back(c);
    }
    return out;
}

void storeMetrics(std::string& out, const StoreStatus& status)
{
    metric(out, "store_traces", "gauge", "Traces in the store.", status.traces);
    metric(out, "store_spans", "gauge", "Spans in the store.", status.spans);
    metric(out, "store_logs", "gauge", "Log records in the store.", status.logs);
    metric(out, "store_bytes", "gauge", "Size of the database.", status.databaseBytes);
    metric(out, "store_retention_bytes", "gauge", "Size above which the oldest traces go.", status.retentionBytes);
    metric(out, "store_read_only", "gauge", "1 when the store cannot take data.",
           status.readOnly || !status.problem.empty() ? 1 : 0);
    metric(out, "metric_points_total", "counter", "Metric data points accepted and counted.", status.metricPoints);
    metric(out, "ingest_requests_total", "counter", "Export requests taken.", status.requests);
    metric(out, "ingest_duplicate_requests_total", "counter", "Exact retries acknowledged and not stored.",
           status.duplicateRequests);
    metric(out, "ingest_rejected_records_total", "counter", "Records refused.", status.rejected);
}

} // namespace

std::string metricsText(const StoreStatus& status, const ServerCounters& counters, std::string_view version)
{
    std::string out = fmt::format("# HELP tracedeck_build_info Version of the collector.\n"
                                  "# TYPE tracedeck_build_info gauge\ntracedeck_build_info{{version=\"{}\"}} 1\n",
                                  escapeLabel(version));
    storeMetrics(out, status);
    metric(out, "http_requests_total", "counter", "HTTP requests answered.", counters.httpRequests);
    metric(out, "http_client_errors_total", "counter", "Answers with a 4xx status.", counters.httpClientErrors);
    metric(out, "http_server_errors_total", "counter", "Answers with a 5xx status.", counters.httpServerErrors);
    metric(out, "http_body_bytes_total", "counter", "Bytes of request bodies as sent.", counters.httpBodyBytes);
    metric(out, "http_connections", "gauge", "Open HTTP connections.", counters.httpConnections);
    metric(out, "http_connections_refused_total", "counter", "Connections over the limit.",
           counters.httpConnectionsRefused);
    metric(out, "tls_connections", "gauge", "Open TLS connections.", counters.tlsConnections);
    metric(out, "tls_handshake_failures_total", "counter", "TLS handshakes that failed.",
           counters.tlsHandshakeFailures);
    metric(out, "grpc_requests_total", "counter", "gRPC calls answered.", counters.grpcRequests);
    metric(out, "push_clients", "gauge", "Connected push clients.", counters.pushClients);
    metric(out, "push_resyncs_total", "counter", "Slow push clients told to read again.", counters.pushResyncs);
    metric(out, "push_dropped_total", "counter", "Changes told as part of a resync only.", counters.pushDropped);
    metric(out, "push_refused_total", "counter", "Push connections over a cap.", counters.pushRefused);
    return out;
}

} // namespace tracedeck
