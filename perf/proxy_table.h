// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workload_table.h"

#include <QAbstractTableModel>
#include <memory>

namespace tracedeck {

/// The same rows as an ordinary model of texts and numbers, for a QSortFilterProxyModel to work on: what
/// the table would be without selectors. Columns: name, node, image, status, cpu.
class PlainTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    static constexpr int kCpuColumn = 4;

    explicit PlainTableModel(std::shared_ptr<const WorkloadTable> table) : m_table(std::move(table)) { }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_table->rows());
    }
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : 5; }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    std::shared_ptr<const WorkloadTable> m_table;
};

/// Filters by a text in any column and sorts by CPU with a QSortFilterProxyModel; rows that are left.
[[nodiscard]] int rowsByProxy(PlainTableModel& model, const QString& text);
/// What our table shows, by the means of a QSortFilterProxyModel: the same filter, rows by node, in each node by CPU
/// and then name, and the mean CPU of every node; how many nodes there are.
[[nodiscard]] int groupsByProxy(PlainTableModel& model, const QString& text);

} // namespace tracedeck
