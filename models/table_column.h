// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cell_content.h"
#include "models/table_snapshot.h"
#include "selectors/io_distribution.h"
#include "selectors/threshold_levels.h"

#include <QString>
#include <cstdint>
#include <vector>

namespace tracedeck {

/// What cells depend on besides their row.
struct CellContext {
    std::int64_t nowNs = 0; ///< for ages; ns since the Unix epoch
    ThresholdRules thresholds; ///< for rows without levels of their own (TableSnapshot::levels)
    IoScale io; ///< how the rates are distributed over the rows that pass the filter
};

/// One cell to fill: a row of a table, in a context.
struct CellRequest {
    const TableSnapshot& snapshot;
    std::uint32_t row = 0;
    const CellContext& context;
};

using CellFill = void (*)(const CellRequest& request, CellContent& out);
using CellTip = QString (*)(const CellRequest& request);

enum class ColumnAlign : quint8 { Left, Right };

/// A column as data. A new column is one entry in a column list (infrastructure_columns.cpp ...).
struct TableColumn {
    QString id{}; ///< stable: settings, links, dumps
    const char* title = ""; ///< source text; views translate it in the context "TableColumn"
    const char* explain = ""; ///< tooltip of the header: what the number is of; translated like the title
    int width = 100; ///< wanted width in pixels at text scale 1
    int minWidth = 60;
    int stretch = 0; ///< share of spare width; 0 = keeps its width
    int givesWay = 0; ///< 0 = never; else the column with the largest number hides first when it gets narrow
    ColumnAlign align = ColumnAlign::Left;
    bool hiddenByDefault = false;
    bool ages = false; ///< text depends on the time: repainted by the age ticker
    bool descendingFirst = false; ///< what the first click on the header sorts by
    QString sortKey{}; ///< key of the sort selector; empty = the column cannot be sorted
    QString numberSample{}; ///< widest number and unit, for the lanes of Number and Metric cells
    QString unitSample{};
    QString secondarySample{};
    CellFill fill = nullptr;
    CellTip tip = nullptr; ///< tooltip (basis, parts of a sum); null = the full text
};

using TableColumns = std::vector<TableColumn>;

/// Adapts `void fill(const Table&, const CellRequest&, CellContent&)` to CellFill. A snapshot of another
/// kind leaves the cell empty.
template <class Table, auto Fill> void fillFrom(const CellRequest& request, CellContent& out)
{
    if (const Table* table = request.snapshot.table<Table>()) {
        Fill(*table, request, out);
    }
}

template <class Table, auto Tip> QString tipFrom(const CellRequest& request)
{
    const Table* table = request.snapshot.table<Table>();
    return table ? Tip(*table, request) : QString();
}

} // namespace tracedeck
