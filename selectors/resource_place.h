// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/infrastructure_table.h"
#include "core/resource_identity.h"
#include "core/span_table.h"
#include "core/workload_table.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace tracedeck {

/// A row that a resource names, and by which attribute.
struct ResourcePlace {
    std::uint32_t row = 0;
    std::string_view key; ///< "container.id", "host.name" …, "connection peer"; lives for ever
};

/// What a resource of a span table says about its place. Views live as long as the table. Only texts are
/// read: a process number names no row.
[[nodiscard]] ResourceIdentity resourceIdentity(const SpanTable& spans, std::uint32_t resource);

/// The workload the resource runs in: same container id (one of the two may be cut to 12 digits), pod of
/// the same namespace, container name, guest of that host name, the one at the other end of the connection
/// (container id, unit or guest, address, process), and at last the one workload that is named like the service (units
/// without ".service"). Names that several rows share name none. One pass over the rows per attribute.
[[nodiscard]] std::optional<ResourcePlace> findWorkload(const WorkloadTable& table, const ResourceIdentity& resource,
                                                        std::string_view service);
/// The host the resource is on: machine id, host name, name, address of its connection.
[[nodiscard]] std::optional<ResourcePlace> findHost(const InfrastructureTable& table, const ResourceIdentity& resource);

} // namespace tracedeck
