// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source_rows.h"
#include "models/table_snapshot.h"

#include <memory>
#include <vector>

namespace tracedeck {

/// A merged table together with the sources its rows came from, for "stale since".
template <class Table>
[[nodiscard]] TableSnapshot withSources(const std::shared_ptr<const Table>& table,
                                        const std::vector<SourceRows>& sources)
{
    return TableSnapshot(table).withSources(std::make_shared<const std::vector<SourceRows>>(sources));
}

} // namespace tracedeck
