// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/json_buffers.h"
#include "formats/json_document.h"
#include "formats/otlp_decode.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <string>
#include <thread>

namespace tracedeck {
namespace {

/// Names of the fields of the root object, or "broken".
std::string keysOf(const std::string& body)
{
    JsonDocument document(body);
    std::string keys;
    const bool good = document.root([&](std::string_view key, ondemand::value value) {
        keys += key;
        std::string_view text;
        return document.text(value, text);
    });
    return good && !document.broken() ? keys : "broken";
}

TEST(JsonBuffers, AreTheSameOnesForOneBodyAfterTheOther)
{
    const std::uint64_t created = jsonBuffers().stats().created;
    for (int i = 0; i < 100; ++i) {
        ASSERT_EQ(keysOf(R"({"a": "1", "b": "2"})"), "ab");
    }
    EXPECT_LE(jsonBuffers().stats().created, created + 1);
    EXPECT_EQ(jsonBuffers().inUse(), 0U);
}

TEST(JsonBuffers, TwoDocumentsAtOnceDoNotShare)
{
    JsonDocument outer(R"({"outer": "text of the outer document"})");
    const bool good = outer.root([&](std::string_view key, ondemand::value value) {
        EXPECT_EQ(keysOf(R"({"inner": "other"})"), "inner");
        EXPECT_EQ(key, "outer");
        std::string_view text;
        EXPECT_TRUE(outer.text(value, text));
        EXPECT_EQ(text, "text of the outer document");
        return true;
    });
    EXPECT_TRUE(good);
}

TEST(JsonBuffers, ABrokenBodyLeavesNothingBehind)
{
    EXPECT_EQ(keysOf(R"({"a": "1", "long": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"})"), "along");
    EXPECT_EQ(keysOf(R"({"a": )"), "broken") << "the rest of the body before must not complete it";
    EXPECT_EQ(keysOf(""), "broken");
    EXPECT_EQ(keysOf(R"({"b": "2"})"), "b");
}

TEST(JsonBuffers, WhatALargeBodyNeededIsGivenBack)
{
    const std::string large = R"({"a": ")" + std::string(2 * kMostKeptBytes, 'x') + R"("})";
    EXPECT_EQ(keysOf(large), "a");
    Pooled<JsonBuffers> buffers = jsonBuffers().take();
    EXPECT_LE(buffers->text.capacity(), kMostKeptBytes);
    EXPECT_LE(buffers->parser.capacity(), kMostKeptBytes);
}

TEST(JsonBuffers, EveryThreadHasItsOwn)
{
    const Pool<JsonBuffers>* other = nullptr;
    std::thread([&other] {
        EXPECT_EQ(keysOf(R"({"t": "1"})"), "t");
        other = &jsonBuffers();
    }).join();
    EXPECT_NE(other, &jsonBuffers());
}

TEST(JsonBuffers, ReuseChangesNoResult)
{
    EXPECT_TRUE(rc::check("any body reads the same after any other", [] {
        const auto before = *rc::gen::arbitrary<std::string>();
        const auto body = *rc::gen::element<std::string>(R"({"a":"1"})", R"({"a":null,"b":"2"})", "[]", "{", "nul",
                                                         R"({"k":"v"} )", R"({"k":"v"}x)");
        const std::string fresh = keysOf(body);
        (void)keysOf(before);
        RC_ASSERT(keysOf(body) == fresh);
    }));
}

} // namespace
} // namespace tracedeck
