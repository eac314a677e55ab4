// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/column.h"

#include "core/row_digest.h"
#include "core/string_pool.h"

#include <gtest/gtest.h>
#include <limits>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

using namespace tracedeck;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

template <class T> void expectSame(const OptionalColumn<T>& column, const std::vector<std::optional<T>>& model)
{
    RC_ASSERT(column.size() == model.size());
    for (std::size_t row = 0; row < model.size(); ++row) {
        RC_ASSERT(column.has(row) == model[row].has_value());
        RC_ASSERT(column.get(row) == model[row]);
        RC_ASSERT(column.raw(row) == model[row].value_or(T{}));
    }
}

} // namespace

RC_GTEST_PROP(OptionalColumn, BehavesLikeAVectorOfOptionals, ())
{
    OptionalColumn<std::int64_t> column;
    std::vector<std::optional<std::int64_t>> model;
    for (int left = *rc::gen::inRange(0, 40); left > 0; --left) {
        const auto row = model.empty() ? 0U : *rc::gen::inRange<std::size_t>(0, model.size());
        switch (model.empty() ? 0 : *rc::gen::inRange(0, 4)) {
        case 0: {
            const auto rows = model.size() + *rc::gen::inRange<std::size_t>(0, 90);
            column.resize(rows);
            model.resize(rows);
            break;
        }
        case 1:
            column.clear(row);
            model[row].reset();
            break;
        case 2: {
            const auto value = *rc::gen::arbitrary<std::int64_t>();
            column.set(row, value);
            model[row] = value;
            break;
        }
        default:
            column.set(row, std::optional<std::int64_t>());
            model[row].reset();
        }
        expectSame(column, model);
    }
    OptionalColumn<std::int64_t> same;
    same.resize(model.size());
    for (std::size_t row = 0; row < model.size(); ++row) {
        same.set(row, model[row]);
    }
    RC_ASSERT((column == same)); // columns compare bytewise, so nothing of the history may be left in them
}

TEST(OptionalColumn, AWordBorderIsNoBorder)
{
    for (const std::size_t rows : {1U, 63U, 64U, 65U, 127U, 128U, 129U}) {
        OptionalColumn<double> column;
        column.resize(rows);
        column.set(rows - 1, 5.0);
        for (std::size_t row = 0; row < rows; ++row) {
            EXPECT_EQ(column.has(row), row == rows - 1) << row << " of " << rows;
        }
        EXPECT_EQ(column.presentBits().size(), (rows + 63) / 64);
        EXPECT_EQ(column.values().size(), rows);
    }
}

TEST(OptionalColumn, RowsThatComeAfterAShrinkAreMissing)
{
    for (const std::size_t kept : {0U, 1U, 63U, 64U, 65U}) {
        OptionalColumn<std::int64_t> column;
        column.resize(130);
        for (std::size_t row = 0; row < 130; ++row) {
            column.set(row, 7);
        }
        column.resize(kept);
        column.resize(130);
        for (std::size_t row = 0; row < 130; ++row) {
            EXPECT_EQ(column.has(row), row < kept) << row << " after keeping " << kept;
        }
    }
}

TEST(OptionalColumn, noNumberThatIsNoneEverEnters)
{
    OptionalColumn<double> column;
    column.resize(2);
    for (const double bad : {kNaN, -kNaN, kInfinity, -kInfinity}) {
        column.set(0, 3.0);
        column.set(0, bad);
        EXPECT_FALSE(column.has(0)) << bad;
        EXPECT_EQ(column.raw(0), 0.0) << "a missing row holds 0, so that columns compare bytewise";
        column.set(1, std::optional<double>(bad));
        EXPECT_FALSE(column.has(1)) << bad;
    }
    for (const double good : {0.0, -0.0, std::numeric_limits<double>::max(), std::numeric_limits<double>::lowest(),
                              std::numeric_limits<double>::denorm_min()}) {
        column.set(0, good);
        EXPECT_EQ(column.get(0), good);
    }
}

TEST(OptionalColumn, missingAndZeroAreDifferent)
{
    OptionalColumn<std::int64_t> missing;
    missing.resize(1);
    OptionalColumn<std::int64_t> zero = missing;
    zero.set(0, 0);
    EXPECT_FALSE(missing == zero);
    RowDigest a;
    RowDigest b;
    a.add(missing, 0);
    b.add(zero, 0);
    EXPECT_NE(a.value(), b.value());
}

RC_GTEST_PROP(ListColumn, RowsComeBackAsTheyWereAdded, (const std::vector<std::vector<StringId>>& rows))
{
    ListColumn column;
    for (const auto& row : rows) {
        for (const StringId id : row) {
            column.add(id);
        }
        column.endRow();
    }
    RC_ASSERT(column.size() == rows.size());
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const auto items = column.row(row);
        RC_ASSERT(std::vector<StringId>(items.begin(), items.end()) == rows[row]);
    }
}

TEST(RowDigest, orderPlaceAndLengthCount)
{
    const auto digestOf = [](std::initializer_list<const char*> texts) {
        RowDigest digest;
        for (const char* text : texts) {
            digest.add(std::string_view(text));
        }
        return digest.value();
    };
    EXPECT_EQ(digestOf({"a", "b"}), digestOf({"a", "b"}));
    EXPECT_NE(digestOf({"a", "b"}), digestOf({"b", "a"}));
    EXPECT_NE(digestOf({"ab", ""}), digestOf({"a", "b"}));
    EXPECT_NE(digestOf({""}), digestOf({}));
    EXPECT_NE(digestOf({"", ""}), digestOf({""}));
    RowDigest zero;
    zero.add(std::uint64_t{0});
    EXPECT_NE(zero.value(), RowDigest().value()) << "a zero is a value too";
}

TEST(RowDigest, doesNotDependOnHandles)
{
    StringPool first;
    StringPool second;
    second.intern("something else");
    const StringId a = first.intern("web");
    const StringId b = second.intern("web");
    ASSERT_NE(a, b);
    ListColumn listA;
    ListColumn listB;
    listA.add(a);
    listA.endRow();
    listB.add(b);
    listB.endRow();
    RowDigest one;
    RowDigest two;
    one.add(first, a);
    one.add(first, listA, 0);
    two.add(second, b);
    two.add(second, listB, 0);
    EXPECT_EQ(one.value(), two.value());
    ListColumn twoItems;
    twoItems.add(a);
    twoItems.add(a);
    twoItems.endRow();
    RowDigest longer;
    longer.add(first, twoItems, 0);
    RowDigest shorter;
    shorter.add(first, listA, 0);
    EXPECT_NE(longer.value(), shorter.value());
}
