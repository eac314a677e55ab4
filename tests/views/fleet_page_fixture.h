// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workload_columns.h"
#include "tests/support/sample_fleet.h"
#include "views/detail_drawer.h"
#include "views/empty_state.h"
#include "views/fleet_page.h"
#include "views/grouped_table_view.h"

#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

namespace tracedeck::sample {

/// The workloads page over rows that the test puts there; nothing derives, so a choice changes no rows by itself.
class FleetPageFixture : public testing::Test {
protected:
    FleetPageFixture()
    {
        m_page.resize(1280, 800);
        m_page.show();
    }
    void SetUp() override { ASSERT_TRUE(QTest::qWaitForWindowActive(&m_page)); }

    /// Shows rows and says that they are all there is.
    void fill(const std::vector<Workload>& rows, bool grouped = false, const std::vector<RowKey>& collapsed = {})
    {
        show(m_model, rows, grouped, collapsed);
        TableSummary summary;
        summary.shown = summary.total = rows.size();
        m_page.setSummary(summary);
    }
    bool run(const char* command) { return m_page.runCommand(QString::fromLatin1(command)); }
    [[nodiscard]] GroupedTableView& table() { return *m_page.table(); }
    [[nodiscard]] EmptyState& empty() { return *m_page.findChild<EmptyState*>(); }
    [[nodiscard]] QString notice() const
    {
        return m_noticed.isEmpty() ? QString() : m_noticed.last().first().toString();
    }

    GroupedTableModel m_model{workloadColumns()};
    FleetPage m_page{workloadsPageSetup([] { return kNowNs; }), &m_model};
    QSignalSpy m_noticed{&m_page, &Page::noticed};
    QSignalSpy m_choices{&m_page, &FleetPage::choiceChanged};
};

} // namespace tracedeck::sample
