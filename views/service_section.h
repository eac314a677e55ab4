// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/grouped_table_view.h"

#include <QWidget>

namespace tracedeck {

/// Backup servers and mail gateways below the hosts: a title with counts and a table of their own, as high as
/// its rows, at most kMostRows of them. Hidden while there are none.
class ServiceSection : public QWidget {
    Q_OBJECT

public:
    static constexpr int kMostRows = 6;

    explicit ServiceSection(GroupedTableModel* model, QWidget* parent = nullptr);

    [[nodiscard]] GroupedTableView* table() const { return m_table; }
    [[nodiscard]] GroupedTableModel* model() const { return m_model; }
    [[nodiscard]] QString titleText() const;
    /// How many there are before any filter, for "1 of 4".
    void setTotal(std::uint64_t total);
    void setDensity(RowDensity density);

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void arrange();

    GroupedTableModel* m_model;
    GroupedTableView* m_table;
    std::uint64_t m_total = 0;
};

} // namespace tracedeck
