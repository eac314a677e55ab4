// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/infrastructure_table.h"
#include "core/workload_table.h"
#include "perf/selector_digest.h"
#include "selectors/collation_rank.h"

#include <functional>
#include <string>
#include <vector>

namespace tracedeck {

/// One named use of the selectors. run() does the work; what it returns computes the digest of the
/// result, so that a benchmark times the one without the other. Tables and ranks must outlive both.
struct SelectorCase {
    std::string name;
    std::function<std::function<DigestFields()>()> run;
};

[[nodiscard]] std::vector<SelectorCase> infrastructureCases(const InfrastructureTable& table,
                                                            const CollationRanks& ranks);
[[nodiscard]] std::vector<SelectorCase> workloadCases(const WorkloadTable& table, const CollationRanks& ranks);

} // namespace tracedeck
