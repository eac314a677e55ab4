// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"

#include <cstdint>
#include <string>

namespace tracedeck {

/// One service as the store has counted it; times are ns since the Unix epoch, UTC.
struct ServiceSummary {
    std::string name;
    std::uint64_t spans = 0;
    std::uint64_t errors = 0;
    std::int64_t lastSeenNs = 0;
    bool own = false;

    bool operator==(const ServiceSummary&) const = default;
};

/// Counters and state, maintained in memory and in the database; reading them costs no scan.
struct StoreStatus {
    std::uint64_t traces = 0; ///< own ones included
    std::uint64_t ownTraces = 0; ///< written by Tracedeck about itself
    std::uint64_t spans = 0;
    std::uint64_t logs = 0;
    std::uint64_t metricPoints = 0;
    std::uint64_t requests = 0;
    std::uint64_t duplicateRequests = 0;
    std::uint64_t rejected = 0;
    std::string lastRejectReason;
    std::int64_t lastRejectNs = 0;
    std::uint64_t databaseBytes = 0;
    std::uint64_t otherGeneration = 0; ///< grows with every change of traces that are not our own
    std::uint64_t ownGeneration = 0;
    std::int64_t retentionNs = 0;
    std::uint64_t retentionBytes = 0;
    bool readOnly = false;
    std::string problem; ///< user sentence when the store cannot take data, else empty
};

/// One trace that a commit made or changed.
struct TraceChange {
    TraceId traceId;
    bool isNew = false;
    bool own = false;

    bool operator==(const TraceChange&) const = default;
};

} // namespace tracedeck
