// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/column.h"
#include "core/platform.h"
#include "views/table_summary.h"

#include <optional>
#include <vector>

namespace tracedeck {

/// Mean over the rows that have a value; nothing when none has.
[[nodiscard]] std::optional<double> meanOf(const OptionalColumn<double>& column);
/// Sum over the rows that have a value; nothing when none of the columns has one.
[[nodiscard]] std::optional<double> sumOf(std::initializer_list<const OptionalColumn<double>*> columns);
/// The platforms with rows, in their fixed order. `sets` is one set per row.
[[nodiscard]] std::vector<SourceOption> sourceOptions(const std::vector<PlatformSet>& sets,
                                                      const std::vector<Platform>& main);

} // namespace tracedeck
