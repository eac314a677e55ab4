// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/infrastructure_table.h"
#include "core/workload_table.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tracedeck {

/// What a match by the other end of the connection is called; see formats' PeerPlace.
inline constexpr std::string_view kPeerKey = "connection peer";

/// One way in which traces can belong to a row: traces with a resource attribute of this value.
struct TraceMatch {
    std::string key; ///< attribute by its OpenTelemetry name, "container.id", "service.name" …, or kPeerKey
    std::string value;
    std::string query; ///< the trace query that finds them
    bool operator==(const TraceMatch&) const = default;
};

/// Ways in which traces can name this workload, surest first: container id, pod and namespace, container
/// name or (for guests, which have a host of their own) host name, then the connection the spans came over
/// (container id, unit or process, addresses), and the service name as the last resort: unit without ".service",
/// compose service, deployment of a pod, name of the row. Nothing for a row without any of these. Precondition: row <
/// table.rows().
[[nodiscard]] std::vector<TraceMatch> traceMatches(const WorkloadTable& table, std::size_t row);

/// Ways in which traces can name this host: machine id, host name, name of the row, address of the connection.
[[nodiscard]] std::vector<TraceMatch> traceMatches(const InfrastructureTable& table, std::size_t row);

} // namespace tracedeck
