// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/threshold_dialog.h"

#include <QDoubleSpinBox>
#include <QPointer>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

namespace tracedeck {
namespace {

RowThresholds webRow()
{
    RowThresholds row;
    row.key = 7;
    row.name = "web";
    row.critical[static_cast<std::size_t>(ThresholdMetric::Cpu)] = 95;
    return row;
}

TEST(ThresholdDialog, ShowsOwnBoundsAndSaysTheGeneralOnes)
{
    const QPointer<ThresholdDialog> dialog = new ThresholdDialog(ThresholdRules(), webRow(), true);
    EXPECT_EQ(dialog->field(ThresholdMetric::Cpu)->text(), QStringLiteral("95%"));
    EXPECT_EQ(dialog->field(ThresholdMetric::Memory)->text(), QStringLiteral("as all rows (85%)"));
    EXPECT_EQ(dialog->field(ThresholdMetric::Temperature)->text(), QStringLiteral("as all rows (80 \u00b0C)"));
    EXPECT_EQ(dialog->thresholds(), webRow());
    delete dialog;
}

TEST(ThresholdDialog, WorkloadsHaveNoTemperature)
{
    const ThresholdDialog dialog(ThresholdRules(), webRow(), false);
    EXPECT_EQ(dialog.field(ThresholdMetric::Temperature), nullptr);
    EXPECT_FALSE(dialog.thresholds().critical[3].has_value());
}

TEST(ThresholdDialog, TellsWhatWasChosenOnlyWhenKept)
{
    auto* dialog = new ThresholdDialog(ThresholdRules(), webRow(), false);
    QSignalSpy chosen(dialog, &ThresholdDialog::chosen);
    dialog->field(ThresholdMetric::Memory)->setValue(0);
    dialog->field(ThresholdMetric::Cpu)->setValue(-1);
    dialog->show();
    QTest::keyClick(dialog, Qt::Key_Escape);
    EXPECT_EQ(chosen.count(), 0);

    auto* again = new ThresholdDialog(ThresholdRules(), webRow(), false);
    QSignalSpy kept(again, &ThresholdDialog::chosen);
    again->field(ThresholdMetric::Memory)->setValue(0);
    again->field(ThresholdMetric::Cpu)->setValue(-1);
    again->accept();
    ASSERT_EQ(kept.count(), 1);
    const auto row = kept[0][0].value<RowThresholds>();
    EXPECT_EQ(row.key, 7U);
    EXPECT_FALSE(row.critical[0].has_value()) << "as all rows";
    EXPECT_EQ(row.critical[1], 0.0) << "off for this row";
}

} // namespace
} // namespace tracedeck
