// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/column_presets.h"

namespace tracedeck {
namespace {

TableColumn columnOf(const ColumnHead& head, CellFill fill, bool sortable)
{
    TableColumn column;
    column.id = QString::fromUtf16(head.id);
    column.title = head.title;
    column.width = head.width;
    column.givesWay = head.givesWay;
    column.fill = fill;
    if (sortable) {
        column.sortKey = column.id;
    }
    return column;
}

TableColumn rightColumn(const ColumnHead& head, CellFill fill, bool sortable, int minWidth)
{
    TableColumn column = columnOf(head, fill, sortable);
    column.align = ColumnAlign::Right;
    column.minWidth = minWidth;
    column.descendingFirst = true;
    return column;
}

} // namespace

TableColumn textColumn(const ColumnHead& head, CellFill fill, bool sortable, int stretch)
{
    constexpr int kReadable = 80;
    TableColumn column = columnOf(head, fill, sortable);
    column.stretch = stretch;
    column.minWidth = qMin(head.width, kReadable);
    return column;
}

TableColumn percentColumn(const ColumnHead& head, const char16_t* secondarySample, CellFill fill, CellTip tip)
{
    constexpr int kNumberAndBar = 86;
    TableColumn column = columnOf(head, fill, true);
    column.minWidth = kNumberAndBar;
    column.stretch = 1; // longer bars read better
    column.descendingFirst = true;
    column.numberSample = QStringLiteral("100");
    column.unitSample = QStringLiteral("%");
    column.secondarySample = QString::fromUtf16(secondarySample);
    column.tip = tip;
    return column;
}

TableColumn rateColumn(const ColumnHead& head, CellFill fill, CellTip tip)
{
    constexpr int kRate = 88;
    TableColumn column = rightColumn(head, fill, true, kRate);
    column.unitSample = QStringLiteral("MB/s");
    column.tip = tip;
    return column;
}

TableColumn numberColumn(const ColumnHead& head, CellFill fill, bool sortable)
{
    constexpr int kNumber = 56;
    return rightColumn(head, fill, sortable, kNumber);
}

void explainColumns(TableColumns& columns, std::initializer_list<ColumnExplanation> explanations)
{
    for (const ColumnExplanation& explanation : explanations) {
        for (TableColumn& column : columns) {
            if (column.id == QStringView(explanation.id)) {
                column.explain = explanation.text;
            }
        }
    }
}

TableColumn ageColumn(const ColumnHead& head, CellFill fill)
{
    constexpr int kTwoUnits = 84;
    TableColumn column = rightColumn(head, fill, true, kTwoUnits);
    column.ages = true;
    return column;
}

} // namespace tracedeck
