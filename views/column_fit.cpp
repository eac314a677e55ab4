// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/column_fit.h"

#include <algorithm>
#include <cstddef>

namespace tracedeck {
namespace {

int least(const FitColumn& column)
{
    return column.fixed ? column.width : std::min(column.minWidth, column.width);
}

/// Index of the next column to hide among those that give way from `from` on, or the size of `columns`.
std::size_t nextToHide(const std::vector<FitColumn>& columns, const std::vector<int>& widths, int from)
{
    std::size_t found = columns.size();
    for (std::size_t i = 0; i < columns.size(); ++i) {
        // Of equals the rightmost goes first.
        if (widths[i] > 0 && columns[i].givesWay >= from
            && (found == columns.size() || columns[i].givesWay >= columns[found].givesWay)) {
            found = i;
        }
    }
    return found;
}

/// Gives `amount` pixels (negative: takes) by weight; rounding remainders go to the earlier columns.
void share(std::vector<int>& widths, const std::vector<int>& weights, int amount)
{
    int total = 0;
    for (const int weight : weights) {
        total += weight;
    }
    if (total <= 0) {
        return;
    }
    int given = 0;
    int weightSoFar = 0;
    for (std::size_t i = 0; i < widths.size(); ++i) {
        weightSoFar += weights[i];
        const int upToHere = static_cast<int>(static_cast<long long>(amount) * weightSoFar / total);
        widths[i] += upToHere - given;
        given = upToHere;
    }
}

} // namespace

std::vector<int> fitColumns(const std::vector<FitColumn>& columns, int available)
{
    std::vector<int> widths(columns.size());
    int needed = 0;
    int wanted = 0;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        widths[i] = columns[i].hidden ? 0 : columns[i].width;
        wanted += widths[i];
        needed += columns[i].hidden ? 0 : least(columns[i]);
    }
    const auto hideOne = [&](int from) {
        const std::size_t column = nextToHide(columns, widths, from);
        if (column == columns.size()) {
            return false;
        }
        needed -= least(columns[column]);
        wanted -= widths[column];
        widths[column] = 0;
        return true;
    };
    while (wanted > available + available / 24 && hideOne(kExtraColumn)) { }
    while (needed > available && hideOne(1)) { }
    std::vector<int> weights(columns.size());
    const bool shrink = wanted > available;
    int spare = 0;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (widths[i] > 0 && !columns[i].fixed) {
            weights[i] = shrink ? widths[i] - least(columns[i]) : columns[i].stretch;
            spare += weights[i];
        }
    }
    share(widths, weights, shrink ? -std::min(wanted - available, spare) : available - wanted);
    return widths;
}

} // namespace tracedeck
