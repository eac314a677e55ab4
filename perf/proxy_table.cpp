// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/proxy_table.h"

#include <QHash>
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

namespace {

constexpr int kNameColumn = 0;
constexpr int kNodeColumn = 1;

class NodeOrder : public QSortFilterProxyModel {
protected:
    [[nodiscard]] bool lessThan(const QModelIndex& left, const QModelIndex& right) const override
    {
        const auto text = [](const QModelIndex& index, int column) {
            return index.siblingAtColumn(column).data().toString();
        };
        const int nodes = text(left, kNodeColumn).compare(text(right, kNodeColumn), Qt::CaseInsensitive);
        if (nodes != 0) {
            return nodes < 0;
        }
        const auto cpu = [](const QModelIndex& index) {
            const QVariant value = index.siblingAtColumn(PlainTableModel::kCpuColumn).data();
            return value.isValid() ? value.toDouble() : -1;
        };
        const double a = cpu(left);
        const double b = cpu(right);
        return a != b ? a > b : text(left, kNameColumn).compare(text(right, kNameColumn), Qt::CaseInsensitive) < 0;
    }
};

void filterByText(QSortFilterProxyModel& proxy, PlainTableModel& model, const QString& text)
{
    proxy.setFilterKeyColumn(-1);
    proxy.setFilterCaseSensitivity(Qt::CaseInsensitive);
    proxy.setFilterFixedString(text);
    proxy.setSourceModel(&model);
}

} // namespace

int rowsByProxy(PlainTableModel& model, const QString& text)
{
    QSortFilterProxyModel proxy;
    filterByText(proxy, model, text);
    proxy.sort(PlainTableModel::kCpuColumn, Qt::DescendingOrder);
    return proxy.rowCount();
}

int groupsByProxy(PlainTableModel& model, const QString& text)
{
    NodeOrder proxy;
    filterByText(proxy, model, text);
    proxy.sort(kNodeColumn);
    struct Mean {
        double sum = 0;
        int rows = 0;
    };
    QHash<QString, Mean> means;
    for (int row = 0; row < proxy.rowCount(); ++row) {
        Mean& mean = means[proxy.index(row, kNodeColumn).data().toString()];
        const QVariant cpu = proxy.index(row, PlainTableModel::kCpuColumn).data();
        mean.sum += cpu.toDouble();
        mean.rows += cpu.isValid() ? 1 : 0;
    }
    return static_cast<int>(means.size());
}

} // namespace tracedeck
