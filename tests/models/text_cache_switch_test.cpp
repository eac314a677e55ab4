// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/performance_switches.h"
#include "models/grouped_table_model.h"
#include "models/workload_columns.h"
#include "selectors/plan_diff.h"
#include "tests/support/sample_fleet.h"

#include <gtest/gtest.h>

namespace tracedeck {
namespace {

/// Every text of the model, twice, so that kept ones would be seen.
QStringList allTexts(const GroupedTableModel& model)
{
    QStringList texts;
    for (int round = 0; round < 2; ++round) {
        for (int row = 0; row < model.rowCount(); ++row) {
            for (int column = 0; column < model.columnCount(); ++column) {
                texts.append(model.cell(row, column)->joinedText());
            }
        }
    }
    return texts;
}

} // namespace

TEST(TextCacheSwitch, OffGivesTheTextsOfOn)
{
    GroupedTableModel model(workloadColumns());
    for (int refresh = 0; refresh < 20; ++refresh) {
        std::vector<sample::Workload> rows(6);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            rows[i].id = static_cast<std::uint64_t>(i) + 1;
            rows[i].node = i < 3 ? "node-a" : "node-b";
            rows[i].cpu = refresh * 3 + static_cast<int>(i);
        }
        sample::show(model, rows, refresh % 2 == 1);
        const QStringList on = allTexts(model);
        performanceSwitches().textCache = false;
        EXPECT_EQ(allTexts(model), on);
        performanceSwitches().textCache = true;
        EXPECT_FALSE(on.isEmpty());
    }
}

} // namespace tracedeck
