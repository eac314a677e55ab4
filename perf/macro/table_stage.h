// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workload_columns.h"
#include "perf/selector_fixture.h"
#include "perf/table_states.h"
#include "views/grouped_table_view.h"

#include <QApplication>
#include <QSize>
#include <memory>
#include <set>
#include <utility>

namespace tracedeck {

/// Notes which rows a frame asks for.
class WatchedModel : public GroupedTableModel {
public:
    using GroupedTableModel::GroupedTableModel;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override
    {
        if (m_watching) {
            m_rows.insert(index.row());
        }
        return GroupedTableModel::data(index, role);
    }
    bool m_watching = false;
    mutable std::set<int> m_rows;
};

/// A table on a window of its own, with fixture rows.
struct TableStage {
    WatchedModel model{workloadColumns()};
    GroupedTableView view;
    PreparedWorkloads workloads;

    explicit TableStage(QSize size)
    {
        model.setNow(kFixtureNowNs);
        view.setTableModel(&model);
        view.resize(size);
    }
    void open()
    {
        view.show();
        QApplication::processEvents();
    }
    void show(PreparedWorkloads next, const WorkloadQuery& query)
    {
        workloads = std::move(next);
        model.apply(updateFrom(model.plan(), workloads, planFor(workloads, query)));
    }
    void frame() { view.viewport()->repaint(); }
};

} // namespace tracedeck
