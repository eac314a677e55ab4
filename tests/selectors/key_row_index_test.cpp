// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/key_row_index.h"

#include <gtest/gtest.h>

namespace tracedeck {
namespace {

TEST(KeyRowIndex, FindsEveryKeyOfItsRangeAndNothingElse)
{
    std::vector<RowKey> keys;
    for (RowKey key = 0; key < 1000; ++key) {
        keys.push_back(key << 52U); // only high bits differ
    }
    const KeyRowIndex index(keys, 10, 900);
    for (std::uint32_t row = 0; row < keys.size(); ++row) {
        EXPECT_EQ(index.find(keys[row]),
                  row >= 10 && row < 900 ? static_cast<std::int32_t>(row) : KeyRowIndex::kMissing);
    }
    EXPECT_EQ(index.find(12345), KeyRowIndex::kMissing);
}

TEST(KeyRowIndex, AnEmptyRangeFindsNothing)
{
    const std::vector<RowKey> keys{1, 2};
    EXPECT_EQ(KeyRowIndex(keys, 1, 1).find(2), KeyRowIndex::kMissing);
}

TEST(KeyRowIndex, ARepeatedKeyAnswersItsFirstRow)
{
    const std::vector<RowKey> keys{4, 9, 9};
    EXPECT_EQ(KeyRowIndex(keys, 0, 3).find(9), 1);
}

} // namespace
} // namespace tracedeck
