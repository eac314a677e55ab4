// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/table_column.h"

#include <QtGlobal>
#include <initializer_list>

namespace tracedeck {

/// The parts every column states; the presets below add what its kind implies.
struct ColumnHead {
    const char16_t* id;
    const char* title;
    int width;
    int givesWay;
};

/// Words, sortable when `sortable`; `stretch` is its share of spare width.
[[nodiscard]] TableColumn textColumn(const ColumnHead& head, CellFill fill, bool sortable = true, int stretch = 0);
/// Percent with bar; `secondarySample` reserves the lane of the size beside the bar.
[[nodiscard]] TableColumn percentColumn(const ColumnHead& head, const char16_t* secondarySample, CellFill fill,
                                        CellTip tip = nullptr);
/// Bytes per second.
[[nodiscard]] TableColumn rateColumn(const ColumnHead& head, CellFill fill, CellTip tip);
/// A right-aligned number, largest first on the first click.
[[nodiscard]] TableColumn numberColumn(const ColumnHead& head, CellFill fill, bool sortable);
/// Time since something started; repainted by the age ticker.
[[nodiscard]] TableColumn ageColumn(const ColumnHead& head, CellFill fill);

/// What a header says about its column.
struct ColumnExplanation {
    const char16_t* id;
    const char* text;
};
/// Sets the explanations of the named columns; ids without a column are left out.
void explainColumns(TableColumns& columns, std::initializer_list<ColumnExplanation> explanations);

} // namespace tracedeck
