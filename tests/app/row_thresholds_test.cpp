// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/row_thresholds.h"

#include "app/settings_store.h"
#include "app/table_looks.h"
#include "models/grouped_table_model.h"
#include "models/workload_columns.h"
#include "tests/support/sample_fleet.h"
#include "views/threshold_dialog.h"

#include <QDoubleSpinBox>
#include <QJsonArray>
#include <QJsonObject>
#include <QTest>
#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

RowThresholds rowOf(RowKey key, const char* name, std::optional<double> cpu)
{
    RowThresholds row;
    row.key = key;
    row.name = name;
    row.critical[0] = cpu;
    return row;
}

} // namespace

TEST(RowThresholdSettings, RoundTripWithAllBitsOfTheKeyAndReplaceEachOther)
{
    SettingsStore settings{QString()};
    EXPECT_TRUE(rowThresholdsOf(settings).empty());
    setRowThresholds(settings, rowOf(0xfedcba9876543210U, "web", 95));
    setRowThresholds(settings, rowOf(2, "db", 0));
    ASSERT_EQ(rowThresholdsOf(settings).size(), 2U);
    EXPECT_EQ(rowThresholdsOf(settings)[0], rowOf(0xfedcba9876543210U, "web", 95));
    setRowThresholds(settings, rowOf(3, "web", 90)); // made anew under its old name
    ASSERT_EQ(rowThresholdsOf(settings).size(), 2U);
    EXPECT_EQ(thresholdsFromSettings(settings).rows[1], rowOf(3, "web", 90));
    setRowThresholds(settings, rowOf(2, "db", std::nullopt));
    EXPECT_EQ(rowThresholdsOf(settings).size(), 1U) << "as all rows";
}

TEST(RowThresholdSettings, NonsenseIsLeftOut)
{
    SettingsStore settings{QString()};
    settings.setValue(
        QStringLiteral("thresholds.rows"),
        QJsonArray{QJsonObject{{QStringLiteral("cpu"), 50}}, 7,
                   QJsonObject{{QStringLiteral("name"), QStringLiteral("a")}},
                   QJsonObject{{QStringLiteral("name"), QStringLiteral("b")}, {QStringLiteral("cpu"), 5000}},
                   QJsonObject{{QStringLiteral("name"), QStringLiteral("c")}, {QStringLiteral("disk"), 70}}});
    const std::vector<RowThresholds> rows = rowThresholdsOf(settings);
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].name, "c");
    EXPECT_EQ(rows[0].critical[2], 70.0);
}

TEST(RowThresholdSettings, TheDialogKeepsWhatItIsToldByKey)
{
    SettingsStore settings{QString()};
    QWidget window;
    window.show();
    editRowThresholds(settings, 9, QStringLiteral("web"), false, &window);
    auto* dialog = window.findChild<ThresholdDialog*>();
    ASSERT_NE(dialog, nullptr);
    dialog->field(ThresholdMetric::Cpu)->setValue(60);
    dialog->accept();
    ASSERT_EQ(rowThresholdsOf(settings).size(), 1U);
    EXPECT_EQ(rowThresholdsOf(settings)[0], rowOf(9, "web", 60));
}

TEST(RowThresholds, StandInTheTooltipOfTheCellTheyJudge)
{
    const auto table = sample::tableOf({{.id = 1, .name = "web", .cpu = 70}, {.id = 2, .name = "db", .cpu = 70}});
    GroupedTableModel model(workloadColumns());
    ThresholdRules rules;
    rules.rows = {rowOf(table->keys[0], "web", 95)};
    model.setThresholds(rules);
    const auto plan = sample::planOf(*table, {0, 1});
    model.apply({TableSnapshot(table), nullptr, plan, diffPlans({}, *plan), {}});
    const auto tip = [&](int row) { return model.index(row, model.columnOf(u"cpu")).data(Qt::ToolTipRole).toString(); };
    EXPECT_TRUE(tip(0).contains(QStringLiteral("Critical from 95%: a threshold of this row (80% otherwise)")))
        << tip(0).toStdString();
    EXPECT_FALSE(tip(1).contains(QStringLiteral("threshold")));
    rules.rows[0].critical[0] = 0;
    model.setThresholds(rules);
    EXPECT_TRUE(tip(0).contains(QStringLiteral("Never critical"))) << tip(0).toStdString();
}
