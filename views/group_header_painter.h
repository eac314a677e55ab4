// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/row_plan.h"

#include <QRect>
#include <QString>
#include <array>
#include <cstddef>
#include <optional>

class QPainter;

namespace tracedeck {

/// Paints group headers across whole rows: triangle, status shape, bold label and what it says. The words of
/// headers painted lately are kept, so that a header that stays the same allocates nothing.
class GroupHeaderPainter {
public:
    /// `number` tells headers on screen apart: any that are shown together have different ones.
    void paint(QPainter& painter, const QRect& row, int number, const PlanGroup& group, bool hovered);

private:
    struct Words {
        std::optional<PlanGroup> group; ///< of which they are; empty = of none yet
        QString label;
        QString detail;
    };
    static constexpr std::size_t kKept = 64;
    std::array<Words, kKept> m_words;
};

/// The dimmed part behind the label: "Core Fabric · 9 of 18 · CPU 61% · memory 77% · worst: stopped".
[[nodiscard]] QString groupHeaderDetail(const PlanGroup& group);
/// The label, or the words for rows without a value of the grouping.
[[nodiscard]] QString groupHeaderLabel(const PlanGroup& group);

} // namespace tracedeck
