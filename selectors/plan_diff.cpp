// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/plan_diff.h"

#include "selectors/key_row_index.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace tracedeck {
namespace {

constexpr std::size_t kMaxEdits = 4;
constexpr std::int32_t kGone = -1;

/// The rows between the common head and the common tail of two plans.
struct Middle {
    std::uint32_t begin = 0;
    std::uint32_t oldEnd = 0;
    std::uint32_t newEnd = 0;
};

Middle findMiddle(const std::vector<RowKey>& before, const std::vector<RowKey>& after)
{
    Middle middle{0, static_cast<std::uint32_t>(before.size()), static_cast<std::uint32_t>(after.size())};
    const auto [oldMismatch, newMismatch] = std::mismatch(before.begin(), before.end(), after.begin(), after.end());
    middle.begin = static_cast<std::uint32_t>(oldMismatch - before.begin());
    while (middle.oldEnd > middle.begin && middle.newEnd > middle.begin
           && before[middle.oldEnd - 1] == after[middle.newEnd - 1]) {
        --middle.oldEnd;
        --middle.newEnd;
    }
    return middle;
}

void addToRuns(std::vector<RowRange>& runs, std::uint32_t row)
{
    if (!runs.empty() && runs.back().end == row) {
        ++runs.back().end;
    } else {
        runs.push_back({row, row + 1});
    }
}

/// Adds the rows of [newBegin, newEnd) whose digest differs; old rows sit `shift` rows further down.
void compareAligned(const RowPlan& before, const RowPlan& after, RowRange rows, std::int64_t shift,
                    std::vector<RowRange>& runs)
{
    for (std::uint32_t row = rows.begin; row < rows.end; ++row) {
        if (after.digests[row] != before.digests[static_cast<std::size_t>(row + shift)]) {
            addToRuns(runs, row);
        }
    }
}

/// Old row of the middle → new row, each new row given out once; kGone where the key has left.
struct Join {
    std::vector<std::int32_t> newRowOf; ///< relative to the middle's begin
    std::vector<std::int32_t> oldRowOf; ///< relative to the middle's begin, absolute old row
    bool orderKept = true;
};

Join joinMiddle(const RowPlan& before, const RowPlan& after, const Middle& middle)
{
    Join join;
    join.newRowOf.assign(middle.oldEnd - middle.begin, kGone);
    join.oldRowOf.assign(middle.newEnd - middle.begin, kGone);
    const KeyRowIndex index(after.keys, middle.begin, middle.newEnd);
    std::int32_t lastNewRow = kGone;
    for (std::uint32_t row = middle.begin; row < middle.oldEnd; ++row) {
        const std::int32_t newRow = index.find(before.keys[row]);
        if (newRow == KeyRowIndex::kMissing) {
            continue;
        }
        std::int32_t& owner = join.oldRowOf[static_cast<std::uint32_t>(newRow) - middle.begin];
        if (owner != kGone) { // a key twice in one plan: the first keeps the row
            join.orderKept = false;
            continue;
        }
        owner = static_cast<std::int32_t>(row);
        join.newRowOf[row - middle.begin] = newRow;
        join.orderKept = join.orderKept && newRow > lastNewRow;
        lastNewRow = std::max(lastNewRow, newRow);
    }
    return join;
}

/// Contiguous runs of `kGone`, in absolute rows.
std::vector<RowRange> goneRuns(const std::vector<std::int32_t>& partnerOf, std::uint32_t begin)
{
    std::vector<RowRange> runs;
    for (std::size_t i = 0; i < partnerOf.size(); ++i) {
        if (partnerOf[i] == kGone) {
            addToRuns(runs, begin + static_cast<std::uint32_t>(i));
        }
    }
    return runs;
}

std::vector<std::int32_t> fullMapping(std::size_t oldRows, std::size_t newRows, const Middle& middle, const Join& join)
{
    std::vector<std::int32_t> mapping(oldRows);
    const auto shift = static_cast<std::int64_t>(newRows) - static_cast<std::int64_t>(oldRows);
    for (std::size_t row = 0; row < oldRows; ++row) {
        if (row < middle.begin) {
            mapping[row] = static_cast<std::int32_t>(row);
        } else if (row < middle.oldEnd) {
            mapping[row] = join.newRowOf[row - middle.begin];
        } else {
            mapping[row] = static_cast<std::int32_t>(static_cast<std::int64_t>(row) + shift);
        }
    }
    return mapping;
}

} // namespace

PlanDiff diffPlans(const RowPlan& before, const RowPlan& after)
{
    PlanDiff diff;
    const Middle middle = findMiddle(before.keys, after.keys);
    const auto newRows = static_cast<std::uint32_t>(after.keys.size());
    const std::int64_t shift = static_cast<std::int64_t>(before.keys.size()) - newRows;
    compareAligned(before, after, {0, middle.begin}, 0, diff.changed);
    if (middle.begin == middle.oldEnd && middle.begin == middle.newEnd) {
        compareAligned(before, after, {middle.newEnd, newRows}, shift, diff.changed);
        diff.kind = diff.changed.empty() ? PlanDiff::Kind::None : PlanDiff::Kind::Values;
        return diff;
    }
    const Join join = joinMiddle(before, after, middle);
    for (std::uint32_t row = middle.begin; row < middle.newEnd; ++row) {
        const std::int32_t oldRow = join.oldRowOf[row - middle.begin];
        if (oldRow != kGone && after.digests[row] != before.digests[static_cast<std::size_t>(oldRow)]) {
            addToRuns(diff.changed, row);
        }
    }
    compareAligned(before, after, {middle.newEnd, newRows}, shift, diff.changed);

    std::vector<RowRange> removed = goneRuns(join.newRowOf, middle.begin);
    const std::vector<RowRange> inserted = goneRuns(join.oldRowOf, middle.begin);
    if (!join.orderKept || removed.size() + inserted.size() > kMaxEdits) {
        diff.kind = PlanDiff::Kind::Reorder;
        diff.newRowOf = fullMapping(before.keys.size(), after.keys.size(), middle, join);
        return diff;
    }
    diff.kind = PlanDiff::Kind::Ranges;
    std::reverse(removed.begin(), removed.end());
    for (const RowRange& range : removed) {
        diff.edits.push_back({false, range});
    }
    for (const RowRange& range : inserted) {
        diff.edits.push_back({true, range});
    }
    return diff;
}

} // namespace tracedeck
