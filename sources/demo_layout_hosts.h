// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/infrastructure_table.h"
#include "sources/demo_layout.h"

#include <cstddef>
#include <vector>

namespace tracedeck {

/// Adds `count` hosts of all kinds to `table` and their shapes to `shapes`; the table is finished.
void layOutDemoHosts(std::size_t count, const DemoPlace& place, InfrastructureTable& table,
                     std::vector<DemoShape>& shapes);
/// How many workloads a host of this kind carries, relative to others; 0 = none.
[[nodiscard]] std::size_t demoHostWeight(const InfrastructureTable& table, std::size_t row);

} // namespace tracedeck
