// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/csv_rows.h"

#include <gtest/gtest.h>
#include <limits>

namespace tracedeck {
namespace {

RowCopyCell textCell(const QString& text)
{
    return {text, false, false, 0};
}

RowCopy oneColumn(std::vector<RowCopyCell> cells)
{
    RowCopy rows;
    rows.columns = {{QStringLiteral("name"), QStringLiteral("Name"), false}};
    for (RowCopyCell& cell : cells) {
        rows.rows.push_back({std::move(cell)});
    }
    return rows;
}

TEST(CsvRows, QuotesWhatNeedsQuotesAndNothingElse)
{
    EXPECT_EQ(encodeCsv(oneColumn({textCell(QStringLiteral("web")), textCell(QStringLiteral("a,b")),
                                   textCell(QStringLiteral("say \"hi\"")), textCell(QStringLiteral("two\nlines"))})),
              QStringLiteral("name\r\nweb\r\n\"a,b\"\r\n\"say \"\"hi\"\"\"\r\n\"two\nlines\"\r\n"));
}

TEST(CsvRows, AnyLineEndIsQuoted)
{
    EXPECT_EQ(encodeCsv(oneColumn({textCell(QStringLiteral("old\rMac"))})), QStringLiteral("name\r\n\"old\rMac\"\r\n"));
}

TEST(CsvRows, NumbersAreNumbersAndUnknownIsEmpty)
{
    EXPECT_EQ(encodeCsv(oneColumn({{QStringLiteral("74%"), false, true, 74.25},
                                   {QStringLiteral("\u2013"), true, false, 0},
                                   {QStringLiteral("odd"), false, true, std::numeric_limits<double>::infinity()}})),
              QStringLiteral("name\r\n74.25\r\n\r\nodd\r\n"));
}

TEST(CsvRows, NoCellBecomesAFormula)
{
    EXPECT_EQ(encodeCsv(oneColumn({textCell(QStringLiteral("=1+1")), textCell(QStringLiteral("@cmd"))})),
              QStringLiteral("name\r\n'=1+1\r\n'@cmd\r\n"));
    EXPECT_EQ(encodeCsv(oneColumn({textCell(QStringLiteral("\t=1+1"))})), QStringLiteral("name\r\n'\t=1+1\r\n"))
        << "a tab in front is skipped by what reads it";
}

TEST(CsvRows, ShortRowsAreFilledUpAndNoRowsAreAHeader)
{
    RowCopy rows;
    rows.columns = {{QStringLiteral("a"), {}, false}, {QStringLiteral("b"), {}, false}};
    EXPECT_EQ(encodeCsv(rows), QStringLiteral("a,b\r\n"));
    rows.rows.push_back({textCell(QStringLiteral("x"))});
    EXPECT_EQ(encodeCsv(rows), QStringLiteral("a,b\r\nx,\r\n"));
}

} // namespace
} // namespace tracedeck
