// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/infrastructure_table.h"
#include "selectors/infrastructure_query.h"
#include "selectors/row_plan.h"

namespace tracedeck {

/// Those of `rows` that pass `filter`, order kept. A filter left at its default hands `rows` on as they
/// are. Cost: one pass over the columns asked for; text by a scan of the search arena.
[[nodiscard]] RowIndexes filterInfrastructure(const InfrastructureTable& table, const InfrastructureFilter& filter,
                                              RowIndexes rows);

/// Whether a row is a service machine (backup server, mail gateway).
[[nodiscard]] constexpr bool isServiceType(InfrastructureType type)
{
    return type == InfrastructureType::ProxmoxBackup || type == InfrastructureType::ProxmoxMail;
}

/// Those of `rows` that belong to `part`, order kept; All hands them on.
[[nodiscard]] RowIndexes keepPart(const InfrastructureTable& table, InfrastructurePart part, RowIndexes rows);

struct InfrastructureSplit {
    RowIndexes primary;
    RowIndexes services;
};

/// Both parts at once, order kept; no row is lost.
[[nodiscard]] InfrastructureSplit splitInfrastructure(const InfrastructureTable& table, const RowIndexes& rows);

} // namespace tracedeck
