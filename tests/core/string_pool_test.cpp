// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ids.h"
#include "core/string_pool.h"

#include <gtest/gtest.h>

using tracedeck::SpanId;
using tracedeck::StringId;
using tracedeck::StringPool;
using tracedeck::TraceId;

TEST(StringPool, internsEachTextOnceAndKeepsTheEmptyTextAtZero)
{
    StringPool pool;
    EXPECT_EQ(pool.intern(""), 0U);
    const StringId web = pool.intern("web");
    EXPECT_EQ(pool.intern("web"), web);
    EXPECT_NE(pool.intern("db"), web);
    EXPECT_EQ(pool.view(web), "web");
    EXPECT_EQ(pool.size(), 3U);
}

TEST(StringPool, keepsHandlesThroughGrowth)
{
    StringPool pool;
    for (int i = 0; i < 10'000; ++i) {
        ASSERT_EQ(pool.intern("text-" + std::to_string(i)), static_cast<StringId>(i + 1));
    }
    for (int i = 0; i < 10'000; ++i) {
        StringId id = 0;
        ASSERT_TRUE(pool.find("text-" + std::to_string(i), id));
        ASSERT_EQ(id, static_cast<StringId>(i + 1));
    }
    StringId none = 0;
    EXPECT_FALSE(pool.find("missing", none));
}

TEST(StringPool, equalInputGivesEqualPools)
{
    StringPool a;
    StringPool b;
    for (const char* text : {"x", "y", "x", "z"}) {
        a.intern(text);
        b.intern(text);
    }
    EXPECT_EQ(a, b);
    b.intern("more");
    EXPECT_FALSE(a == b);
}

TEST(StringPool, truncateForgetsExactlyTheNewestTexts)
{
    StringPool kept;
    StringPool pool;
    for (int i = 0; i < 500; ++i) {
        kept.intern("kept-" + std::to_string(i));
        pool.intern("kept-" + std::to_string(i));
    }
    const std::size_t mark = pool.size();
    for (int i = 0; i < 5'000; ++i) {
        pool.intern("gone-" + std::to_string(i));
    }
    pool.truncate(mark);
    EXPECT_EQ(pool, kept);
    StringId id = 0;
    EXPECT_FALSE(pool.find("gone-0", id));
    EXPECT_TRUE(pool.find("kept-499", id));
    EXPECT_EQ(pool.intern("gone-7"), mark);
    pool.truncate(1);
    EXPECT_EQ(pool, StringPool());
}

TEST(TraceId, padsShortIdsAndRefusesWhatIsNotHex)
{
    const auto id = TraceId::fromHex("ABC");
    ASSERT_TRUE(id.has_value());
    EXPECT_EQ(id->toHex(), "00000000000000000000000000000abc");
    EXPECT_FALSE(TraceId::fromHex("").has_value());
    EXPECT_FALSE(TraceId::fromHex("xyz").has_value());
    EXPECT_FALSE(TraceId::fromHex(std::string(33, 'a')).has_value());
    EXPECT_EQ(SpanId::fromHex("00f067aa0ba902b7")->toHex(), "00f067aa0ba902b7");
}
