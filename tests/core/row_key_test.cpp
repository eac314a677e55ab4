// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ids.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <string>
#include <xxhash.h>

namespace tracedeck {
namespace {

/// The definition: kind, length of the first part in four bytes, both parts.
RowKey keyByDefinition(RowKind kind, const std::string& first, const std::string& second)
{
    std::string bytes(1, static_cast<char>(kind));
    const auto length = static_cast<std::uint32_t>(first.size());
    for (unsigned shift = 0; shift < 32; shift += 8) {
        bytes.push_back(static_cast<char>((length >> shift) & 0xFFU));
    }
    bytes += first + second;
    return XXH3_64bits(bytes.data(), bytes.size());
}

TEST(RowKey, IsTheHashOfItsPartsWhateverTheirLength)
{
    EXPECT_TRUE(rc::check("any parts, short and long", [] {
        const auto first = *rc::gen::arbitrary<std::string>();
        const auto second = *rc::gen::arbitrary<std::string>();
        const auto more = static_cast<std::size_t>(*rc::gen::element(0, 0, 200, 250, 251, 252, 5000));
        const std::string longSecond = second + std::string(more, 'x');
        RC_ASSERT(makeRowKey(RowKind::Workload, first, longSecond)
                  == keyByDefinition(RowKind::Workload, first, longSecond));
        RC_ASSERT(makeGroupKey(first, longSecond) == keyByDefinition(RowKind::GroupHeader, first, longSecond));
    }));
}

TEST(RowKey, KeepsPartsAndKindsApart)
{
    EXPECT_NE(makeRowKey(RowKind::Workload, "ab", "c"), makeRowKey(RowKind::Workload, "a", "bc"));
    EXPECT_NE(makeRowKey(RowKind::Workload, "a", "b"), makeGroupKey("a", "b"));
    EXPECT_EQ(makeRowKey(RowKind::Workload, "a", "b"), makeRowKey(RowKind::Workload, "a", "b"));
}

TEST(TraceId, ReadsShortIdsAsTheLowHalf)
{
    const auto id = TraceId::fromHex("5B8EFFF798038103");
    ASSERT_TRUE(id.has_value());
    EXPECT_EQ(id->toHex(), "00000000000000005b8efff798038103");
    EXPECT_FALSE(TraceId::fromHex("").has_value());
    EXPECT_FALSE(TraceId::fromHex("xyz").has_value());
    EXPECT_FALSE(TraceId::fromHex(std::string(33, 'a')).has_value());
}

} // namespace
} // namespace tracedeck
