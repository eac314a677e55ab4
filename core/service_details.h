// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace tracedeck {

/// Names of the details (InfrastructureTable::detailNames) that the service columns read from backup servers
/// and mail gateways. Values are whole numbers as decimal text, or free text for the version; a detail that a
/// source does not know is left out. Facts: Pulse's pbs and pmg facets.
inline constexpr std::string_view kDatastoresDetail = "Datastores";
inline constexpr std::string_view kJobsDetail = "Jobs"; ///< backup, sync, verify, prune and garbage jobs together
inline constexpr std::string_view kQueueDetail = "Queue"; ///< messages waiting in all queues
inline constexpr std::string_view kDeferredDetail = "Deferred";
inline constexpr std::string_view kHoldDetail = "On hold";
inline constexpr std::string_view kMailNodesDetail = "Nodes";
inline constexpr std::string_view kVersionDetail = "Version";

} // namespace tracedeck
