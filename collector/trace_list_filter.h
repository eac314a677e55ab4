// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/trace_rows.h"
#include "core/result.h"
#include "core/trace_list_table.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace tracedeck {

/// The query of a trace list, compiled once per page.
class TraceListFilter {
public:
    /// InvalidArgument, naming the column and what was expected, for a query that does not parse.
    [[nodiscard]] static Result<TraceListFilter> compile(const std::string& query);

    [[nodiscard]] bool matchesAll() const noexcept { return m_query.empty(); }
    /// Positions of the matching rows. `table` builds the columns the query looks at.
    [[nodiscard]] std::vector<std::uint32_t> match(const std::vector<TraceRow>& rows,
                                                   const std::function<TraceListTable()>& table) const;

private:
    std::string m_query;
};

} // namespace tracedeck
