// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cell_content.h"
#include "selectors/row_plan.h"

#include <QString>

namespace tracedeck {

/// What a screen reader says for a cell: "CPU 84%, critical, 3 cpu".
[[nodiscard]] QString accessibleText(const CellContent& cell);
/// And for a group header: "group pve-west-a, 9 of 18, worst critical, collapsed".
[[nodiscard]] QString accessibleText(const PlanGroup& group);
/// "9 of 18", or "18" when nothing is filtered out.
[[nodiscard]] QString shownOfTotal(std::uint32_t shown, std::uint32_t total);

} // namespace tracedeck
