// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/row_facts.h"

#include <QString>
#include <vector>

namespace tracedeck {

/// One fact of two rows. What a row does not report is an en dash; it differs from any value.
struct ComparedFact {
    QString label;
    QString left; ///< with its unit and basis
    QString right;
    QString difference; ///< numbers only: "+12 points", "+1.2 GiB" of the right over the left; may be empty
    bool heading = false; ///< the label opens a section
    bool differs = false;
    bool operator==(const ComparedFact&) const = default;
};

/// The facts of two rows side by side, in the order and under the headings of the drawer: those of the left row,
/// what only the right one has at the end of its section. Facts that stand several times under one label are
/// paired in their order.
[[nodiscard]] std::vector<ComparedFact> comparedFacts(const RowFacts& left, const RowFacts& right);

} // namespace tracedeck
