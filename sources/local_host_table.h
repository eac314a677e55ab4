// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/infrastructure_table.h"
#include "sources/counter_history.h"
#include "sources/local_machine_sample.h"

#include <string>

namespace tracedeck {

/// What rows of this machine share.
struct LocalIdentity {
    std::string instance; ///< source instance, part of every row key
    std::string hostId; ///< machine id, else host name: the canonical id of the host row
    RowKey hostKey = 0;
    std::string hostname;
    std::int64_t bootTimeNs = 0; ///< 0 = unknown
};

/// The one-row table of this machine. Rates come from `history` (its round already begun).
[[nodiscard]] InfrastructureTable buildHostTable(const MachineSample& sample, const LocalIdentity& identity,
                                                 CounterHistory& history);

/// Appends a fact for the drawer to a row being built; missing values are left out.
void addDetail(StringPool& strings, ListColumn& names, ListColumn& values, std::string_view name,
               std::string_view value);

} // namespace tracedeck
