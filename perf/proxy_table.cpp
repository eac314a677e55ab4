// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/proxy_table.h"

#include <QSortFilterProxyModel>
#include <QString>
#include <array>

namespace tracedeck {

QVariant PlainTableModel::data(const QModelIndex& index, int role) const
{
    if (role != Qt::DisplayRole) {
        return {};
    }
    const auto row = static_cast<std::size_t>(index.row());
    if (index.column() == kCpuColumn) {
        return m_table->cpuPercent.has(row) ? QVariant(m_table->cpuPercent.raw(row)) : QVariant();
    }
    const std::array<const TextColumn*, kCpuColumn> texts{&m_table->name, &m_table->node, &m_table->image,
                                                          &m_table->status};
    const std::string_view text = m_table->strings.view((*texts[static_cast<std::size_t>(index.column())])[row]);
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

int rowsByProxy(PlainTableModel& model, const QString& text)
{
    QSortFilterProxyModel proxy;
    proxy.setFilterKeyColumn(-1);
    proxy.setFilterCaseSensitivity(Qt::CaseInsensitive);
    proxy.setFilterFixedString(text);
    proxy.setSourceModel(&model);
    proxy.sort(PlainTableModel::kCpuColumn, Qt::DescendingOrder);
    return proxy.rowCount();
}

} // namespace tracedeck
