// SPDX-License-Identifier: GPL-3.0-or-later
// The reading half of GroupedTableModel: what rows and cells answer.
#include "core/number_format.h"
#include "models/cell_text.h"
#include "models/cell_values.h"
#include "models/grouped_table_model.h"
#include "models/table_changes.h"

#include <algorithm>

namespace tracedeck {

GroupedTableModel::Spot GroupedTableModel::spot(int row) const
{
    const PlanWindow::Place place = m_window.place(static_cast<std::uint32_t>(row));
    return {&m_sides[place.side == PlanWindow::Side::Old ? 0 : 1], place.row};
}

int GroupedTableModel::columnOf(QStringView id) const
{
    const auto found =
        std::find_if(m_columns.begin(), m_columns.end(), [id](const TableColumn& column) { return column.id == id; });
    return found == m_columns.end() ? -1 : static_cast<int>(found - m_columns.begin());
}

RowKey GroupedTableModel::rowKey(int row) const
{
    if (row < 0 || row >= rowCount()) {
        return 0;
    }
    const Spot at = spot(row);
    return at.side->plan->keys[at.row];
}

int GroupedTableModel::rowOfKey(RowKey key) const
{
    const std::vector<RowKey>& keys = plan()->keys;
    const auto found = std::find(keys.begin(), keys.end(), key);
    return found == keys.end() ? -1 : static_cast<int>(found - keys.begin());
}

bool GroupedTableModel::isGroup(int row) const
{
    return row >= 0 && row < rowCount() && spot(row).planRow().isGroup();
}

bool GroupedTableModel::isVanished(int row) const
{
    if (row < 0 || row >= rowCount()) {
        return false;
    }
    const Spot at = spot(row);
    const TableChanges* const changes = at.side->snapshot.changes().get();
    const bool isGone = changes != nullptr && !at.planRow().isGroup() && changes->isGone(at.planRow().index());
    return isGone || at.planRow().isVanished();
}

const PlanGroup* GroupedTableModel::group(int row) const
{
    if (!isGroup(row)) {
        return nullptr;
    }
    const Spot at = spot(row);
    return &at.side->plan->groups[at.planRow().index()];
}

qint64 GroupedTableModel::sourceRow(int row) const
{
    if (row < 0 || row >= rowCount()) {
        return -1;
    }
    const PlanRow planRow = spot(row).planRow();
    return planRow.isGroup() || planRow.isVanished() ? -1 : static_cast<qint64>(planRow.index());
}

int GroupedTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_window.rows());
}

int GroupedTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant GroupedTableModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount() || index.column() >= columnCount()) {
        return {};
    }
    switch (role) {
    case CellRole:
        return QVariant::fromValue(cell(index.row(), index.column()));
    case RowKeyRole:
        return QVariant::fromValue<quint64>(rowKey(index.row()));
    case IsGroupRole:
        return isGroup(index.row());
    case GroupRole:
        return QVariant::fromValue(group(index.row()));
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
    case SortValueRole:
    case CopyTextRole: {
        const Spot at = spot(index.row());
        return at.planRow().isGroup() ? groupData(at, index.column(), role)
                                      : cellData(index.row(), index.column(), role);
    }
    default:
        return {};
    }
}

QVariant GroupedTableModel::groupData(const Spot& at, int column, int role) const
{
    const PlanGroup& header = at.side->plan->groups[at.planRow().index()];
    if (role == Qt::AccessibleTextRole) {
        return accessibleText(header);
    }
    if (column != 0 || role == Qt::ToolTipRole) {
        return {}; // the label stands once, at the start of the row
    }
    return QString::fromStdString(header.label);
}

QString GroupedTableModel::staleReason(const Spot& at) const
{
    const SourceRows* source = at.side->snapshot.sourceOf(at.planRow().index());
    if (source == nullptr || source->lastGoodNs <= 0) {
        return QStringLiteral("Stale: its source does not answer");
    }
    // A source that answers for other rows is heard of; it is this row that it does not hear of.
    const std::vector<SourceRows>& all = *at.side->snapshot.sources();
    for (std::size_t row = source == all.data() ? 0 : (source - 1)->end; row < source->end; ++row) {
        if (!at.side->snapshot.isStale(row)) {
            return QStringLiteral("Stale: %1 answers, but not for this row").arg(QString::fromStdString(source->label));
        }
    }
    const auto age = QString::fromStdString(formatAge(m_context.nowNs - source->lastGoodNs));
    return QStringLiteral("Stale: %1 last answered %2 ago").arg(QString::fromStdString(source->label), age);
}

QVariant GroupedTableModel::cellData(int row, int column, int role) const
{
    const CellContent& content = *cell(row, column);
    switch (role) {
    case Qt::AccessibleTextRole:
        return accessibleText(content);
    case SortValueRole:
        return content.hasValue ? QVariant(content.value) : QVariant(content.text);
    case Qt::ToolTipRole: {
        const CellTip tip = m_columns[static_cast<std::size_t>(column)].tip;
        const Spot at = spot(row);
        const QString said =
            tip && !at.planRow().isVanished() ? tip({at.side->snapshot, at.planRow().index(), m_context}) : QString();
        const QString full = said.isEmpty() && content.kind != CellKind::Metric ? content.joinedText() : said;
        return content.state == CellState::Stale ? tipLines(full, staleReason(at)) : full;
    }
    default:
        return content.joinedText();
    }
}

QVariant GroupedTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) {
        return {};
    }
    const TableColumn& column = m_columns[static_cast<std::size_t>(section)];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return QString::fromUtf8(column.title);
    case Qt::ToolTipRole:
        return QString::fromUtf8(column.explain);
    default:
        return {};
    }
}

Qt::ItemFlags GroupedTableModel::flags(const QModelIndex& index) const
{
    if (!index.isValid()) {
        return Qt::NoItemFlags;
    }
    const Qt::ItemFlags header = Qt::ItemIsEnabled | Qt::ItemNeverHasChildren;
    return isGroup(index.row()) ? header : header | Qt::ItemIsSelectable;
}

} // namespace tracedeck
