// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet_snapshot.h"
#include "formats/pulse_json.h"
#include "sources/pulse_source.h"

#include <cstdint>
#include <string>
#include <vector>

namespace tracedeck {

/// How the server's record of each of these rows is found, keyed as pulseTables() keys them. Resources that are
/// no rows are left out.
[[nodiscard]] std::vector<PulseHistoryRow> pulseHistoryRows(const std::string& instance,
                                                            const std::vector<PulseResource>& resources);

/// The id rows are known by: "INSTANCE:NODE:VMID" for guests where all three are known,
/// "k8s:CLUSTER:pod:UID" for pods, else the resource id.
[[nodiscard]] std::string pulseCanonicalId(const PulseResource& resource);

/// Hosts and workloads among `resources`; other kinds (storage, networks …) are left out. `startNs` is
/// parallel, 0 = unknown. A zero of a workload that does not run counts as missing.
[[nodiscard]] FleetSnapshot pulseTables(const std::string& instance, const std::vector<PulseResource>& resources,
                                        const std::vector<std::int64_t>& startNs);

} // namespace tracedeck
