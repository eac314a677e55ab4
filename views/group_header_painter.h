// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/row_plan.h"

#include <QRect>
#include <QString>

class QPainter;

namespace tracedeck {

/// Paints a group header across a whole row: triangle, status shape, bold label and what it says.
void paintGroupHeader(QPainter& painter, const QRect& row, const PlanGroup& group, bool hovered);

/// The dimmed part behind the label: "Core Fabric · 9 of 18 · CPU 61% · memory 77% · worst: stopped".
[[nodiscard]] QString groupHeaderDetail(const PlanGroup& group);
/// The label, or the words for rows without a value of the grouping.
[[nodiscard]] QString groupHeaderLabel(const PlanGroup& group);

} // namespace tracedeck
