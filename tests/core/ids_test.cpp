// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ids.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include <set>

using namespace tracedeck;

namespace {

TraceId anyTraceId()
{
    TraceId id;
    for (std::uint8_t& byte : id.bytes) {
        byte = *rc::gen::arbitrary<std::uint8_t>();
    }
    return id;
}

std::string upper(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::toupper(c); });
    return text;
}

} // namespace

RC_GTEST_PROP(TraceIds, HexReadsBackInAnyCase, ())
{
    const TraceId id = anyTraceId();
    const std::string hex = id.toHex();
    RC_ASSERT(hex.size() == 32U);
    RC_ASSERT(TraceId::fromHex(hex) == id);
    RC_ASSERT(TraceId::fromHex(upper(hex)) == id);
    RC_ASSERT(id.isZero() == (hex == std::string(32, '0')));
}

RC_GTEST_PROP(TraceIds, OrderIsTheOrderOfTheirText, ())
{
    const TraceId a = anyTraceId();
    const TraceId b = anyTraceId();
    RC_ASSERT((a < b) == (a.toHex() < b.toHex()));
    RC_ASSERT((a == b) == (a.toHex() == b.toHex()));
    RC_ASSERT(std::hash<TraceId>{}(a) == std::hash<TraceId>{}(*TraceId::fromHex(a.toHex())));
}

TEST(TraceIds, ShortOnesArePaddedOnTheLeft)
{
    for (std::size_t size = 1; size <= 32; ++size) {
        const std::string digits = std::string(size, 'f');
        ASSERT_TRUE(TraceId::fromHex(digits).has_value()) << size;
        EXPECT_EQ(TraceId::fromHex(digits)->toHex(), std::string(32 - size, '0') + digits);
    }
    EXPECT_EQ(TraceId::fromHex("0")->isZero(), true);
}

TEST(TraceIds, OnlyHexDigitsInEveryPlace)
{
    for (int c = 0; c < 256; ++c) {
        const bool digit = std::isxdigit(c) != 0 && c < 128;
        for (const std::size_t place : {0U, 15U, 31U}) {
            std::string hex(32, '0');
            hex[place] = static_cast<char>(c);
            EXPECT_EQ(TraceId::fromHex(hex).has_value(), digit) << c << " at " << place;
        }
        EXPECT_EQ(SpanId::fromHex(std::string(1, static_cast<char>(c))).has_value(), digit) << c;
    }
}

RC_GTEST_PROP(SpanIds, HexAndBytesAgree, (std::uint64_t value))
{
    const SpanId id{value};
    RC_ASSERT(SpanId::fromHex(id.toHex()) == id);
    RC_ASSERT(SpanId::fromHex(upper(id.toHex())) == id);
    std::array<std::uint8_t, 8> bytes{};
    for (std::size_t i = 0; i < 8; ++i) {
        bytes[i] = static_cast<std::uint8_t>(value >> (56 - 8 * i));
    }
    RC_ASSERT(SpanId::fromBytes(bytes.data()) == id);
    RC_ASSERT(id.isZero() == (value == 0));
}

TEST(SpanIds, LengthsFromOneToSixteen)
{
    EXPECT_EQ(SpanId::fromHex("a")->value, 10U);
    EXPECT_EQ(SpanId::fromHex(std::string(16, 'f'))->value, ~std::uint64_t{0});
    EXPECT_FALSE(SpanId::fromHex(std::string(17, '0')).has_value());
    EXPECT_FALSE(SpanId::fromHex("").has_value());
    EXPECT_EQ(SpanId{1}.toHex(), "0000000000000001");
}

TEST(RowKeys, KindSourceAndIdAllCount)
{
    std::set<RowKey> keys;
    for (const RowKind kind : {RowKind::Infrastructure, RowKind::Workload, RowKind::Trace, RowKind::Span,
                               RowKind::GroupHeader, RowKind::Event, RowKind::Service}) {
        for (const char* source : {"", "local", "loca", "docker"}) {
            for (const char* id : {"", "l", "x", "local"}) {
                EXPECT_TRUE(keys.insert(makeRowKey(kind, source, id)).second)
                    << static_cast<int>(kind) << '/' << source << '/' << id;
            }
        }
    }
}

TEST(RowKeys, GroupKeysKeepDimensionAndValueApart)
{
    EXPECT_NE(makeGroupKey("node", "a"), makeGroupKey("nodea", ""));
    EXPECT_NE(makeGroupKey("node", "a"), makeGroupKey("cluster", "a"));
    EXPECT_EQ(makeGroupKey("node", "a"), makeGroupKey("node", "a"));
}

RC_GTEST_PROP(RowKeys, MovingTheBorderBetweenPartsChangesTheKey, ())
{
    const auto text = *rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange<char>('a', 'd')));
    std::set<RowKey> keys;
    for (std::size_t cut = 0; cut <= text.size(); ++cut) {
        keys.insert(makeRowKey(RowKind::Workload, text.substr(0, cut), text.substr(cut)));
    }
    RC_ASSERT(keys.size() == text.size() + 1);
}
