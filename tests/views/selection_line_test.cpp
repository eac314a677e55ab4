// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/selection_line.h"

#include <QAbstractButton>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

namespace tracedeck {
namespace {

TEST(SelectionText, SaysSumsMeansAndTheirBasis)
{
    SelectionTotals totals;
    totals.rows = 5;
    EXPECT_EQ(selectionText(totals), QStringLiteral("5 selected"));
    totals.cpuPercent = 42;
    totals.cpuRows = 5;
    totals.memoryUsedBytes = 13'207'024'435;
    totals.memoryRows = 5;
    EXPECT_EQ(selectionText(totals), QStringLiteral("5 selected \u00b7 mean CPU 42% \u00b7 memory 12.3 GiB"));
    totals.cpuRows = 3;
    totals.memoryUsedBytes.reset();
    totals.problems = 1;
    totals.networkBytesPerSec = 2e6;
    EXPECT_EQ(selectionText(totals),
              QStringLiteral("5 selected \u00b7 mean CPU 42% of 3 \u00b7 network 2.00 MB/s \u00b7 1 problem"));
    totals = {};
    totals.rows = 1500;
    totals.problems = 12;
    EXPECT_EQ(selectionText(totals), QStringLiteral("1,500 selected \u00b7 12 problems"));
}

TEST(SelectionLine, ShowsFromTwoRowsOnAndClears)
{
    QWidget window;
    SelectionLine line(&window);
    SelectionTotals totals;
    totals.rows = 1;
    line.showTotals(totals);
    EXPECT_TRUE(line.isHidden());
    totals.rows = 2;
    line.showTotals(totals);
    EXPECT_FALSE(line.isHidden());
    EXPECT_EQ(line.accessibleName(), line.text());
    QSignalSpy cleared(&line, &SelectionLine::clearRequested);
    line.findChild<QAbstractButton*>()->click();
    EXPECT_EQ(cleared.count(), 1);
    line.showTotals({});
    EXPECT_TRUE(line.isHidden());
}

} // namespace
} // namespace tracedeck
