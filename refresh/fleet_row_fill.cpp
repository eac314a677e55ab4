// SPDX-License-Identifier: GPL-3.0-or-later
#include "refresh/fleet_row_fill.h"

#include "core/table_columns.h"

#include <algorithm>

namespace tracedeck {
namespace {

/// The engine, cluster or hypervisor that runs a workload knows its name and state; a host knows itself.
bool manages(const WorkloadTable& table, std::size_t row)
{
    return table.platform[row] != Platform::LocalMachine;
}

bool manages(const InfrastructureTable& table, std::size_t row)
{
    return table.type[row] == InfrastructureType::Agent;
}

/// Texts that say which row this is, or that belong to a number; they follow other rules.
bool isBound(const WorkloadTable& table, const TextColumn* column)
{
    return column == &table.id || column == &table.instance || column == &table.cpuBasis || column == &table.memoryBasis
        || column == &table.statusDetail || column == &table.resourceStatus;
}

bool isBound(const InfrastructureTable& table, const TextColumn* column)
{
    return column == &table.id || column == &table.platformId || column == &table.cpuBasis
        || column == &table.memoryBasis || column == &table.diskBasis || column == &table.statusDetail;
}

void takeStatus(WorkloadTable& merged, std::size_t row, const WorkloadTable& from, std::size_t fromRow)
{
    merged.status[row] = merged.strings.intern(from.strings.view(from.status[fromRow]));
    merged.statusDetail[row] = merged.strings.intern(from.strings.view(from.statusDetail[fromRow]));
    merged.resourceStatus[row] = merged.strings.intern(from.strings.view(from.resourceStatus[fromRow]));
}

void takeStatus(InfrastructureTable& merged, std::size_t row, const InfrastructureTable& from, std::size_t fromRow)
{
    merged.status[row] = from.status[fromRow];
    merged.statusText[row] = merged.strings.intern(from.strings.view(from.statusText[fromRow]));
    merged.statusDetail[row] = merged.strings.intern(from.strings.view(from.statusDetail[fromRow]));
}

/// The basis of the number that was taken, from the row that gave it.
template <class Table, class Column>
void takeBasis(Table& merged, std::size_t row, const std::vector<std::shared_ptr<const Table>>& from,
               const std::vector<SourceRow>& rows, Column column, TextColumn Table::*basis)
{
    for (const SourceRow& source : rows) {
        const Table& table = *from[source.table];
        if ((table.*column).has(source.row)) {
            (merged.*basis)[row] = merged.strings.intern(table.strings.view((table.*basis)[source.row]));
            return;
        }
    }
}

} // namespace

template <class Table>
FleetRowFill<Table>::FleetRowFill(Table& merged, const std::vector<std::shared_ptr<const Table>>& from,
                                  const std::vector<std::string>& labels)
    : m_merged(merged), m_from(from), m_labels(labels)
{
    for (const auto& table : from) {
        Columns& columns = m_columns.emplace_back();
        visitTexts(*table, [&](const TextColumn& column) { columns.texts.push_back(&column); });
        visitNumbers(*table, [&](const auto& column) {
            if constexpr (std::is_same_v<std::remove_cvref_t<decltype(column)>, OptionalColumn<double>>) {
                columns.reals.push_back(&column);
            } else {
                columns.integers.push_back(&column);
            }
        });
    }
}

template <class Table> StringId FleetRowFill<Table>::translated(std::uint32_t table, StringId id)
{
    return m_merged.strings.intern(m_from[table]->strings.view(id));
}

template <class Table>
std::vector<SourceRow> FleetRowFill<Table>::inOrder(const std::vector<SourceRow>& rows, bool byManager) const
{
    std::vector<SourceRow> ordered = rows;
    const auto rank = [&](const SourceRow& row) {
        const Table& table = *m_from[row.table];
        return ((table.flags[row.row] & kRowStale) != 0 ? 2 : 0) + (byManager && !manages(table, row.row) ? 1 : 0);
    };
    std::stable_sort(ordered.begin(), ordered.end(),
                     [&](const SourceRow& a, const SourceRow& b) { return rank(a) < rank(b); });
    return ordered;
}

template <class Table> void FleetRowFill<Table>::fill(std::size_t mergedRow, const std::vector<SourceRow>& rows)
{
    const std::vector<SourceRow> byValue = inOrder(rows, false);
    const std::vector<SourceRow> byManager = inOrder(rows, true);
    fillNumbers(mergedRow, byValue);
    fillTexts(mergedRow, byManager);
    fillPlain(mergedRow, byValue, byManager);
    std::string seenBy;
    for (const SourceRow& row : rows) {
        const std::string& label = row.table < m_labels.size() ? m_labels[row.table] : std::string();
        seenBy += (seenBy.empty() || label.empty() ? "" : ", ") + label;
    }
    uniteLists(mergedRow, byManager, seenBy);
}

template <class Table> void FleetRowFill<Table>::fillNumbers(std::size_t mergedRow, const std::vector<SourceRow>& rows)
{
    std::size_t real = 0;
    std::size_t integer = 0;
    const auto take = [&](auto& mine, auto list, std::size_t c) {
        mine.clear(mergedRow);
        for (const SourceRow& row : rows) {
            if (const auto value = (m_columns[row.table].*list)[c]->get(row.row)) {
                mine.set(mergedRow, *value);
                return;
            }
        }
    };
    visitNumbers(m_merged, [&](auto& column) {
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(column)>, OptionalColumn<double>>) {
            take(column, &Columns::reals, real++);
        } else {
            take(column, &Columns::integers, integer++);
        }
    });
    takeBasis(m_merged, mergedRow, m_from, rows, &Table::cpuPercent, &Table::cpuBasis);
    takeBasis(m_merged, mergedRow, m_from, rows, &Table::memoryPercent, &Table::memoryBasis);
    if constexpr (AnyInfrastructureTable<Table>) {
        takeBasis(m_merged, mergedRow, m_from, rows, &Table::diskPercent, &Table::diskBasis);
    }
}

template <class Table> void FleetRowFill<Table>::fillTexts(std::size_t mergedRow, const std::vector<SourceRow>& rows)
{
    std::size_t c = 0;
    visitTexts(m_merged, [&](TextColumn& mine) {
        const std::size_t column = c++;
        if (isBound(m_merged, &mine)) {
            return;
        }
        for (const SourceRow& row : rows) {
            if (const StringId text = (*m_columns[row.table].texts[column])[row.row]; text != 0) {
                mine[mergedRow] = translated(row.table, text);
                return;
            }
        }
    });
    takeStatus(m_merged, mergedRow, *m_from[rows.front().table], rows.front().row);
}

template <class Table>
void FleetRowFill<Table>::fillPlain(std::size_t mergedRow, const std::vector<SourceRow>& byValue,
                                    const std::vector<SourceRow>& byManager)
{
    const SourceRow& manager = byManager.front();
    const Table& managing = *m_from[manager.table];
    m_merged.type[mergedRow] = managing.type[manager.row];
    m_merged.platform[mergedRow] = managing.platform[manager.row];
    // Stale only when every source is; pending only while the numbers shown are.
    const SourceRow& value = byValue.front();
    std::uint8_t flags = m_from[value.table]->flags[value.row];
    if (m_merged.cpuPercent.has(mergedRow)) {
        flags = static_cast<std::uint8_t>(flags & ~kRatesPending);
    }
    m_merged.flags[mergedRow] = flags;
    for (const SourceRow& row : byManager) {
        const Table& table = *m_from[row.table];
        if constexpr (AnyWorkloadTable<Table>) {
            m_merged.platformScopes[mergedRow] |= table.platformScopes[row.row];
            if (m_merged.hostKeys[mergedRow] == 0) {
                m_merged.hostKeys[mergedRow] = table.hostKeys[row.row];
            }
        } else {
            m_merged.sources[mergedRow] |= table.sources[row.row];
        }
    }
}

template <class Table>
void FleetRowFill<Table>::uniteLists(std::size_t mergedRow, const std::vector<SourceRow>& rows,
                                     const std::string& seenBy)
{
    RowLists& lists = m_lists[mergedRow];
    const auto addNew = [](Items& items, StringId id) {
        if (std::find(items.begin(), items.end(), id) == items.end()) {
            items.push_back(id);
            return true;
        }
        return false;
    };
    if (!seenBy.empty()) {
        lists[2].push_back(m_merged.strings.intern("Seen by"));
        lists[3].push_back(m_merged.strings.intern(seenBy));
    }
    for (const SourceRow& row : rows) {
        const Table& table = *m_from[row.table];
        for (const StringId id : table.tags.row(row.row)) {
            (void)addNew(lists[0], translated(row.table, id));
        }
        for (const StringId id : table.ipAddresses.row(row.row)) {
            (void)addNew(lists[1], translated(row.table, id));
        }
        const auto names = table.detailNames.row(row.row);
        const auto values = table.detailValues.row(row.row);
        for (std::size_t i = 0; i < names.size() && i < values.size(); ++i) {
            if (addNew(lists[2], translated(row.table, names[i]))) {
                lists[3].push_back(translated(row.table, values[i]));
            }
        }
    }
}

template <class Table> void FleetRowFill<Table>::finishLists()
{
    if (m_lists.empty()) {
        return;
    }
    std::size_t which = 0;
    visitLists(m_merged, [&](ListColumn& column) {
        ListColumn rebuilt;
        for (std::size_t row = 0; row < m_merged.rows(); ++row) {
            if (const auto filled = m_lists.find(row); filled != m_lists.end()) {
                for (const StringId id : filled->second.at(which)) {
                    rebuilt.add(id);
                }
            } else if (row < column.size()) {
                for (const StringId id : column.row(row)) {
                    rebuilt.add(id);
                }
            }
            rebuilt.endRow();
        }
        column = std::move(rebuilt);
        ++which;
    });
}

template class FleetRowFill<InfrastructureTable>;
template class FleetRowFill<WorkloadTable>;

} // namespace tracedeck
