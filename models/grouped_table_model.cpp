// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/grouped_table_model.h"

#include "core/performance_switches.h"
#include "models/cell_text.h"
#include "models/table_changes.h"
#include "selectors/key_row_index.h"

#include <algorithm>
#include <utility>

Q_DECLARE_METATYPE(const tracedeck::PlanGroup*)

namespace tracedeck {
namespace {

constexpr std::size_t kShown = 0;
constexpr std::size_t kNext = 1;
constexpr std::size_t kMaxChangeSignals = 1000; ///< above that one signal over everything is cheaper
constexpr std::int64_t kNsPerSecond = 1'000'000'000;

const std::shared_ptr<const RowPlan>& emptyPlan()
{
    static const auto plan = std::make_shared<const RowPlan>();
    return plan;
}

const QList<int>& valueRoles()
{
    static const QList<int> roles{CellRole,     GroupRole,       Qt::DisplayRole,       SortValueRole,
                                  CopyTextRole, Qt::ToolTipRole, Qt::AccessibleTextRole};
    return roles;
}

std::uint32_t rowsOf(const RowPlan& plan)
{
    return static_cast<std::uint32_t>(plan.rows.size());
}

/// New rows that no old row maps to, ascending.
std::vector<std::int32_t> unclaimedRows(const std::vector<std::int32_t>& newRowOf, std::uint32_t newRows)
{
    std::vector<bool> claimed(newRows);
    for (const std::int32_t row : newRowOf) {
        if (row >= 0) {
            claimed[static_cast<std::size_t>(row)] = true;
        }
    }
    std::vector<std::int32_t> rows;
    for (std::uint32_t row = 0; row < newRows; ++row) {
        if (!claimed[row]) {
            rows.push_back(static_cast<std::int32_t>(row));
        }
    }
    return rows;
}

} // namespace

GroupedTableModel::GroupedTableModel(TableColumns columns, QObject* parent)
    : QAbstractTableModel(parent), m_columns(std::move(columns)), m_cache(m_columns.size())
{
    m_sides[kShown].plan = emptyPlan();
}

GroupedTableModel::~GroupedTableModel() = default;

void GroupedTableModel::apply(TableUpdate update)
{
    if (!update.plan) {
        update.plan = emptyPlan();
    }
    const RowPlan* base = update.base ? update.base.get() : emptyPlan().get();
    const PlanDiff diff = base == plan().get() ? std::move(update.diff) : diffPlans(*plan(), *update.plan);
    freezeVanished(*update.plan);
    m_context.io = update.io;
    if (diff.kind == PlanDiff::Kind::Ranges || diff.kind == PlanDiff::Kind::Reorder) {
        Q_EMIT aboutToApply();
    }
    m_sides[kNext] = {std::move(update.snapshot), std::move(update.plan)};
    switch (diff.kind) {
    case PlanDiff::Kind::None:
        adoptNext();
        return;
    case PlanDiff::Kind::Values:
        adoptNext();
        break;
    case PlanDiff::Kind::Ranges:
        applyRanges(diff);
        break;
    case PlanDiff::Kind::Reorder:
        applyReorder(diff);
        break;
    }
    emitChanged(diff.changed);
    Q_EMIT applied();
    if (!update.crossings.empty()) {
        Q_EMIT crossed(update.crossings);
    }
}

void GroupedTableModel::adoptNext()
{
    m_sides[kShown] = std::exchange(m_sides[kNext], Side{});
    m_window.showAll(PlanWindow::Side::Old, rowsOf(*plan()));
}

void GroupedTableModel::applyRanges(const PlanDiff& diff)
{
    const std::uint32_t oldRows = rowsOf(*m_sides[kShown].plan);
    const std::uint32_t newRows = rowsOf(*m_sides[kNext].plan);
    std::vector<RowRange> hidden; // ascending; removals arrive last first
    std::vector<RowRange> inserted;
    for (const PlanDiff::Edit& edit : diff.edits) {
        if (edit.insert) {
            inserted.push_back(edit.range);
            continue;
        }
        beginRemoveRows({}, static_cast<int>(edit.range.begin), static_cast<int>(edit.range.end) - 1);
        hidden.insert(hidden.begin(), edit.range);
        m_window.showExcept(PlanWindow::Side::Old, oldRows, hidden);
        endRemoveRows();
    }
    m_window.showExcept(PlanWindow::Side::New, newRows, inserted);
    for (std::size_t i = 0; i < inserted.size(); ++i) {
        beginInsertRows({}, static_cast<int>(inserted[i].begin), static_cast<int>(inserted[i].end) - 1);
        m_window.showExcept(PlanWindow::Side::New, newRows, std::span(inserted).subspan(i + 1));
        endInsertRows();
    }
    adoptNext();
}

void GroupedTableModel::applyReorder(const PlanDiff& diff)
{
    const std::uint32_t oldRows = rowsOf(*m_sides[kShown].plan);
    const std::uint32_t newRows = rowsOf(*m_sides[kNext].plan);
    if (newRows > oldRows) {
        beginInsertRows({}, static_cast<int>(oldRows), static_cast<int>(newRows) - 1);
        m_window.showHeadAndTail(PlanWindow::Side::Old, oldRows, newRows);
        endInsertRows();
    }
    Q_EMIT layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    m_window.showHeadAndTail(PlanWindow::Side::New, newRows, std::max(oldRows, newRows));
    changePersistentRows(diff.newRowOf);
    Q_EMIT layoutChanged({}, QAbstractItemModel::VerticalSortHint);
    if (newRows < oldRows) {
        beginRemoveRows({}, static_cast<int>(newRows), static_cast<int>(oldRows) - 1);
        m_window.showAll(PlanWindow::Side::New, newRows);
        endRemoveRows();
    }
    adoptNext();
}

void GroupedTableModel::changePersistentRows(const std::vector<std::int32_t>& newRowOf)
{
    const QModelIndexList before = persistentIndexList();
    QModelIndexList after;
    after.reserve(before.size());
    std::vector<std::int32_t> freeRows; // new rows nobody moves to, found when first needed
    for (const QModelIndex& index : before) {
        auto row = static_cast<std::size_t>(index.row());
        int newRow = -1;
        if (row < newRowOf.size()) {
            newRow = newRowOf[row];
        } else { // came with the insert at the tail: stands for one of the rows that are new
            if (freeRows.empty()) {
                freeRows = unclaimedRows(newRowOf, rowsOf(*m_sides[kNext].plan));
            }
            row -= newRowOf.size();
            newRow = row < freeRows.size() ? freeRows[row] : -1;
        }
        after.push_back(newRow < 0 ? QModelIndex() : createIndex(newRow, index.column()));
    }
    changePersistentIndexList(before, after);
}

void GroupedTableModel::emitChanged(const std::vector<RowRange>& runs)
{
    if (runs.empty() || m_columns.empty()) {
        return;
    }
    const int lastColumn = static_cast<int>(m_columns.size()) - 1;
    const auto emitRun = [this, lastColumn](std::uint32_t begin, std::uint32_t end) {
        Q_EMIT dataChanged(createIndex(static_cast<int>(begin), 0), createIndex(static_cast<int>(end) - 1, lastColumn),
                           valueRoles());
    };
    if (runs.size() > kMaxChangeSignals) {
        emitRun(runs.front().begin, runs.back().end);
        return;
    }
    for (const RowRange& run : runs) {
        emitRun(run.begin, run.end);
    }
}

void GroupedTableModel::setNow(std::int64_t nowNs)
{
    m_context.nowNs = nowNs;
}

void GroupedTableModel::setThresholds(const ThresholdRules& rules)
{
    if (rules == m_context.thresholds) {
        return;
    }
    m_context.thresholds = rules;
    ++m_epoch;
    if (m_window.rows() > 0) {
        emitChanged({{0, m_window.rows()}});
    }
}

/// Rows newly marked as vanished have no table row any more: what they showed last is kept.
void GroupedTableModel::freezeVanished(const RowPlan& next)
{
    if (next.vanished == 0) {
        m_frozen.clear();
        return;
    }
    const RowPlan& shown = *plan();
    const KeyRowIndex rows(shown.keys, 0, rowsOf(shown));
    QHash<RowKey, std::vector<CellContent>> kept;
    for (std::size_t i = 0; i < next.rows.size(); ++i) {
        if (!next.rows[i].isVanished()) {
            continue;
        }
        const RowKey key = next.keys[i];
        const auto found = m_frozen.find(key);
        const std::int32_t row = rows.find(key);
        if (found != m_frozen.end()) {
            kept.insert(key, std::move(found.value()));
        } else if (row != KeyRowIndex::kMissing && !shown.rows[static_cast<std::size_t>(row)].isVanished()) {
            std::vector<CellContent> cells(m_columns.size());
            for (std::size_t column = 0; column < cells.size(); ++column) {
                fill({&m_sides[kShown], static_cast<std::uint32_t>(row)}, column, cells[column]);
                cells[column].vanished = true;
            }
            kept.insert(key, std::move(cells));
        }
    }
    m_frozen = std::move(kept);
}

void GroupedTableModel::fill(const Spot& spot, std::size_t column, CellContent& out) const
{
    const PlanRow row = spot.planRow();
    out.clear(&m_columns[column]);
    if (row.isGroup()) {
        out.kind = CellKind::Group;
        return;
    }
    if (row.isVanished()) {
        const auto frozen = m_frozen.constFind(spot.side->plan->keys[spot.row]);
        if (frozen != m_frozen.constEnd()) {
            out = (*frozen)[column];
        }
        out.vanished = true;
        return;
    }
    m_columns[column].fill({spot.side->snapshot, row.index(), m_context}, out);
    if (out.state == CellState::Value && spot.side->snapshot.isStale(row.index())) {
        out.state = CellState::Stale;
    }
    if (const TableChanges* changes = spot.side->snapshot.changes().get()) {
        out.vanished = changes->isGone(row.index());
    }
}

const CellContent* GroupedTableModel::cell(int row, int column) const
{
    if (row < 0 || row >= rowCount() || column < 0 || column >= columnCount()) {
        return nullptr;
    }
    const Spot at = spot(row);
    const auto index = static_cast<std::size_t>(column);
    const RowKey key = at.side->plan->keys[at.row];
    const std::uint64_t digest = at.side->plan->digests[at.row];
    const std::int64_t second = m_columns[index].ages ? m_context.nowNs / kNsPerSecond : 0;
    const std::int64_t stamp = m_epoch * 0x100000000LL + second;
    CellCache::Entry& entry = m_cache.slot(static_cast<std::uint32_t>(row), index);
    if (!entry.holds(key, digest, stamp) || !performanceSwitches().textCache) {
        fill(at, index, entry.content);
        entry.key = key;
        entry.digest = digest;
        entry.stamp = stamp;
    }
    return &entry.content;
}

} // namespace tracedeck
