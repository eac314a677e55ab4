// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/table_changes.h"

#include "selectors/row_severity.h"

#include <gtest/gtest.h>

namespace tracedeck {
namespace {

TEST(ChangeWords, NameEveryChangeOfARow)
{
    EXPECT_EQ(changeWords(0), QString());
    EXPECT_EQ(changeWords(kRowNew), QStringLiteral("new"));
    EXPECT_EQ(changeWords(kRowGone), QStringLiteral("gone"));
    EXPECT_EQ(changeWords(kRowRestarted | kRowMoved), QStringLiteral("restarted \u00b7 moved"));
    EXPECT_EQ(changeWords(kRowImageChanged | kRowStateChanged), QStringLiteral("other image \u00b7 other state"));
}

TEST(ChangeLines, SayWhatWasBefore)
{
    RowMarks before;
    before.keys = {7};
    before.place = {before.texts.intern("node-a")};
    before.image = {before.texts.intern("web:1")};
    before.state = {static_cast<std::uint8_t>(RowSeverity::Ok)};
    TableChanges changes;
    changes.before = std::make_shared<const RowMarks>(before);
    changes.present = 2;
    changes.ofRow = {kRowMoved | kRowImageChanged | kRowStateChanged, kRowNew, kRowGone};
    changes.earlierRow = {0, RowChanges::kNoRow, 0};
    EXPECT_EQ(changeLines(changes, 0), QStringLiteral("Moved from node-a\nBefore: web:1\nWas running"));
    EXPECT_EQ(changeLines(changes, 1), QStringLiteral("New since then"));
    EXPECT_EQ(changeLines(changes, 2), QStringLiteral("Gone since then: last values shown"));
    EXPECT_EQ(changeLines(changes, 99), QString()) << "a row nobody compared";
    EXPECT_FALSE(changes.isGone(1));
    EXPECT_TRUE(changes.isGone(2));
}

} // namespace
} // namespace tracedeck
