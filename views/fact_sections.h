// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/row_facts.h"

namespace tracedeck {

/// Levels from which on a percentage is a problem; 0 = never.
struct ProblemLevels {
    double cpu = 80;
    double memory = 85;
    double disk = 90;
};

/// The facts of a row in the order one reads them: values first, then under headings of their own what is wrong,
/// what the row belongs to, its disks, networks and labels, and the rest. Sections without facts have no
/// heading; nothing is left out, and within a section the order stays.
[[nodiscard]] std::vector<RowFact> sectionedFacts(const RowFacts& facts, const ProblemLevels& levels = {});

/// What is wrong with the row now, worst first: its status with the reason, percentages past their level, that
/// it restarts, that its values are old. Empty when nothing is.
[[nodiscard]] std::vector<RowFact> rowProblems(const RowFacts& facts, const ProblemLevels& levels = {});

} // namespace tracedeck
