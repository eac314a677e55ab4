// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/sqlite_statement.h"

#include <cstdint>

namespace tracedeck {

/// The one row of table `state`. Written in the same transaction as what it counts.
struct StoreCounters {
    std::int64_t otherTraces = 0;
    std::int64_t ownTraces = 0;
    std::int64_t spans = 0;
    std::int64_t logs = 0;
    std::int64_t metricPoints = 0;
    std::int64_t requests = 0;
    std::int64_t duplicateRequests = 0;
    std::int64_t rejected = 0;
    std::int64_t otherGeneration = 0;
    std::int64_t ownGeneration = 0;
    std::int64_t lastRequest = 0; ///< highest request number ever given
    std::int64_t ownBytes = 0; ///< stored bytes of requests that hold only own spans

    bool operator==(const StoreCounters&) const = default;
};

[[nodiscard]] Result<StoreCounters> loadCounters(Database& database);
[[nodiscard]] Result<void> storeCounters(Database& database, const StoreCounters& counters);

} // namespace tracedeck
