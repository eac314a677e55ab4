// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table_columns.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <string>

namespace tracedeck {
namespace {

/// A table with every column filled from `seed`, some rows with missing values.
template <class Table> Table filled(std::size_t rows, std::uint32_t seed)
{
    Table table;
    table.resize(rows);
    std::uint32_t state = seed * 2654435761U + 1;
    const auto next = [&state] { return state = state * 1664525U + 1013904223U, state >> 8U; };
    for (std::size_t row = 0; row < rows; ++row) {
        table.keys[row] = (std::uint64_t{next()} << 20U) | row;
        visitTexts(table, [&](TextColumn& column) {
            column[row] = table.strings.intern(next() % 4 == 0 ? "" : "text " + std::to_string(next() % 50));
        });
        visitNumbers(table, [&](auto& column) {
            if (next() % 3 != 0) {
                column.set(row, static_cast<std::remove_reference_t<decltype(column.raw(0))>>(next() % 1000));
            }
        });
        visitLists(table, [&](ListColumn& column) {
            for (std::uint32_t i = next() % 3; i > 0; --i) {
                column.add(table.strings.intern("item " + std::to_string(next() % 20)));
            }
            column.endRow();
        });
        table.flags[row] = static_cast<std::uint8_t>(next() % 4);
        table.platform[row] = static_cast<Platform>(next() % static_cast<std::uint32_t>(Platform::Count));
    }
    table.finish();
    return table;
}

template <class Table> void appendedRowsEqualTheirOrigin(std::uint32_t seed)
{
    const auto first = filled<Table>(seed % 7, seed);
    const auto second = filled<Table>(1 + seed % 9, seed + 1);
    std::vector<std::uint32_t> all(first.rows());
    for (std::uint32_t i = 0; i < all.size(); ++i) {
        all[i] = i;
    }
    std::vector<std::uint32_t> backwards;
    for (auto row = static_cast<std::uint32_t>(second.rows()); row-- > 0;) {
        backwards.push_back(row);
    }
    Table both;
    both.append(first, all);
    both.append(second, backwards);
    both.finish();
    RC_ASSERT(both.rows() == first.rows() + second.rows());
    // A digest covers every shown value of a row, whatever its handles are.
    for (std::size_t row = 0; row < first.rows(); ++row) {
        RC_ASSERT(both.digests[row] == first.digests[row]);
        RC_ASSERT(both.keys[row] == first.keys[row]);
        RC_ASSERT(both.search.row(row) == first.search.row(row));
    }
    for (std::size_t i = 0; i < backwards.size(); ++i) {
        RC_ASSERT(both.digests[first.rows() + i] == second.digests[backwards[i]]);
        RC_ASSERT(both.search.row(first.rows() + i) == second.search.row(backwards[i]));
    }
}

RC_GTEST_PROP(TableAppend, HostRowsKeepEveryValue, (std::uint32_t seed))
{
    appendedRowsEqualTheirOrigin<InfrastructureTable>(seed);
}

RC_GTEST_PROP(TableAppend, WorkloadRowsKeepEveryValue, (std::uint32_t seed))
{
    appendedRowsEqualTheirOrigin<WorkloadTable>(seed);
}

TEST(TableAppend, AppendingAWholeTableToAnEmptyOneIsACopy)
{
    const auto origin = filled<WorkloadTable>(5, 3);
    WorkloadTable copy;
    copy.append(origin, {0, 1, 2, 3, 4});
    copy.finish();
    EXPECT_EQ(copy.digests, origin.digests);
    EXPECT_EQ(copy.hostKeys, origin.hostKeys);
    EXPECT_EQ(copy.bucket, origin.bucket);
    copy.append(origin, {});
    EXPECT_EQ(copy.rows(), 5U);
}

TEST(TableAppend, ListsThatWereNeverEndedCountAsEmpty)
{
    InfrastructureTable origin;
    origin.resize(2); // no finish(): lists have no rows yet
    InfrastructureTable target;
    target.append(origin, {0, 1});
    target.finish();
    EXPECT_EQ(target.tags.size(), 2U);
    EXPECT_TRUE(target.tags.row(1).empty());
}

} // namespace
} // namespace tracedeck
