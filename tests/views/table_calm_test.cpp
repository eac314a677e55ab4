// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever refreshes bring, what a person holds stays: current row, selection, hover and the place being read.
#include "models/workload_columns.h"
#include "tests/support/sample_fleet.h"
#include "views/grouped_table_view.h"

#include <QScrollBar>
#include <QTest>
#include <algorithm>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace tracedeck;

namespace {

/// A table on screen, refreshed with any mixture of values, rows that leave or come, and another order.
class CalmTable {
public:
    CalmTable()
    {
        m_model.setNow(sample::kNowNs);
        m_view.setTableModel(&m_model);
        m_view.resize(800, 300);
        m_view.show();
        apply(sample::fleet(60), sample::inOrder(60));
    }
    void refresh()
    {
        std::vector<sample::Workload> rows = m_rows;
        switch (*rc::gen::inRange(0, 4)) {
        case 0:
            for (sample::Workload& row : rows) {
                row.cpu = *rc::gen::inRange(0, 100);
            }
            break;
        case 1:
            if (rows.size() > 1) {
                rows.erase(rows.begin()
                           + *rc::gen::inRange<std::ptrdiff_t>(0, static_cast<std::ptrdiff_t>(rows.size())));
            }
            break;
        case 2: {
            sample::Workload added;
            added.id = m_next++;
            rows.insert(rows.begin()
                            + *rc::gen::inRange<std::ptrdiff_t>(0, static_cast<std::ptrdiff_t>(rows.size()) + 1),
                        added);
            break;
        }
        default:
            break;
        }
        std::vector<std::uint32_t> order = sample::inOrder(rows.size());
        if (*rc::gen::inRange(0, 3) == 0) {
            std::rotate(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(order.size() / 3), order.end());
        }
        apply(std::move(rows), order);
    }
    [[nodiscard]] bool shows(RowKey key) const { return m_model.rowOfKey(key) >= 0; }
    GroupedTableModel& model() { return m_model; }
    GroupedTableView& view() { return m_view; }

private:
    void apply(std::vector<sample::Workload> rows, const std::vector<std::uint32_t>& order)
    {
        m_rows = std::move(rows);
        const auto table = sample::tableOf(m_rows);
        m_model.apply(sample::updateTo(m_model, table, sample::planOf(*table, order)));
    }

    std::vector<sample::Workload> m_rows;
    std::uint64_t m_next = 1000;
    GroupedTableModel m_model{workloadColumns()};
    GroupedTableView m_view;
};

} // namespace

RC_GTEST_PROP(CalmTableProperty, theCurrentRowStaysTheCurrentRow, ())
{
    CalmTable table;
    const RowKey key = table.model().rowKey(*rc::gen::inRange(0, 60));
    table.view().setCurrentKey(key);
    for (int i = *rc::gen::inRange(1, 8); i > 0; --i) {
        table.refresh();
        if (!table.shows(key)) {
            RC_ASSERT(table.view().selectedKeys().empty()); // nobody inherits a selection
            return;
        }
        RC_ASSERT(table.view().currentKey() == key);
        RC_ASSERT(table.view().selectedKeys() == std::vector<RowKey>{key});
    }
}

RC_GTEST_PROP(CalmTableProperty, aSelectionLosesOnlyRowsThatLeave, ())
{
    CalmTable table;
    table.view().setCurrentKey(table.model().rowKey(10));
    for (int i = 0; i < 5; ++i) {
        QTest::keyClick(&table.view(), Qt::Key_Down, Qt::ShiftModifier);
    }
    std::vector<RowKey> held = table.view().selectedKeys();
    RC_ASSERT(held.size() == 6U);
    for (int i = *rc::gen::inRange(1, 6); i > 0; --i) {
        table.refresh();
        std::erase_if(held, [&table](RowKey key) { return !table.shows(key); });
        std::vector<RowKey> now = table.view().selectedKeys();
        std::sort(now.begin(), now.end());
        std::sort(held.begin(), held.end());
        RC_ASSERT(now == held);
    }
}

RC_GTEST_PROP(CalmTableProperty, theScrollBarStaysInItsRangeAndRowsInTheView, ())
{
    CalmTable table;
    table.view().verticalScrollBar()->setValue(*rc::gen::inRange(0, 2'000));
    for (int i = *rc::gen::inRange(1, 6); i > 0; --i) {
        table.refresh();
        const auto [first, last] = table.view().visibleRows();
        RC_ASSERT(first >= 0);
        RC_ASSERT(last < table.model().rowCount());
        RC_ASSERT(first <= last);
        RC_ASSERT(!table.view().rowRect(first).isEmpty());
    }
}
