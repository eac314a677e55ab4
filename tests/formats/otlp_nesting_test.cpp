// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/json_writer.h"
#include "formats/otlp_decode.h"
#include "formats/otlp_encode.h"
#include "formats/otlp_fields.h"
#include "formats/otlp_rows.h"
#include "tests/formats/otlp_table_text.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <rapidcheck.h>

using namespace tracedeck;
using namespace tracedeck::test;

namespace {

std::string nestedArray(int levels)
{
    return std::string(static_cast<std::size_t>(levels), '[') + "1"
        + std::string(static_cast<std::size_t>(levels), ']');
}

std::string nestedList(int levels)
{
    std::string out;
    for (int i = 0; i < levels; ++i) {
        out += "{\"k\":";
    }
    return out + "true" + std::string(static_cast<std::size_t>(levels), '}');
}

/// Two spans, each with a deep value between two plain ones, so that whatever follows a deep value shows.
SpanTable deepSpans(const std::string& text, AttributeType type)
{
    SpanTable table;
    OtlpSpanRows rows(table);
    rows.openResource();
    EXPECT_TRUE(rows.fillResource({}));
    rows.openScope();
    EXPECT_TRUE(rows.fillScope({}));
    for (std::uint64_t number = 1; number <= 2; ++number) {
        SpanFields span;
        span.traceId = *TraceId::fromHex("abc");
        span.spanId = SpanId{number};
        span.attributes.begin = rows.attributeCount();
        StringId key = 0;
        StringId deep = 0;
        EXPECT_TRUE(rows.text("key", key) && rows.text(text, deep));
        rows.addAttribute(key, AttributeType::Int, 1);
        rows.addAttribute(key, type, deep);
        rows.addAttribute(key, AttributeType::Int, 2);
        span.attributes.end = rows.attributeCount();
        EXPECT_TRUE(rows.addSpan(span));
    }
    return table;
}

class Nesting : public testing::TestWithParam<OtlpEncoding> { };

} // namespace

TEST_P(Nesting, theDeepestValueThatIsTakenIsAlsoWritten)
{
    for (const int levels : {1, 8, 13, 14, 15, 16, 20, kMaxValueDepth}) {
        for (const bool list : {false, true}) {
            const SpanTable table = deepSpans(list ? nestedList(levels) : nestedArray(levels),
                                              list ? AttributeType::KeyValueList : AttributeType::Array);
            const std::string body = encodeOtlpTraces(table, allRows(table.rows()), GetParam());
            OtlpTraces back;
            const Result<void> result = decodeOtlpTraces(body, GetParam(), back);
            ASSERT_TRUE(result.ok()) << levels << " levels: " << result.error().what;
            EXPECT_EQ(describeSpans(back.spans), describeSpans(table)) << levels << " levels";
            EXPECT_EQ(back.rejected, 0U);
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Otlp, Nesting, testing::Values(OtlpEncoding::Protobuf, OtlpEncoding::Json),
                         [](const auto& tested) {
                             return tested.param == OtlpEncoding::Json ? std::string("Json") : std::string("Protobuf");
                         });

TEST(JsonWriterNesting, commasAreRightBehindEveryDepth)
{
    for (const std::size_t depth : {1U, 2U, 62U, 63U, 64U, 65U, 66U, 128U, 200U}) {
        std::string out;
        JsonWriter json(out);
        json.beginArray().value(true);
        for (std::size_t i = 0; i < depth; ++i) {
            json.beginArray();
        }
        for (std::size_t i = 0; i < depth; ++i) {
            json.endArray().value(std::uint64_t{i});
        }
        json.endArray();
        ASSERT_TRUE(nlohmann::json::accept(out)) << "depth " << depth << ": " << out;
        EXPECT_EQ(nlohmann::json::parse(out).size(), 3U);
    }
}

namespace {

/// A random tree, written by our writer and built as a tree by another library at the same time.
nlohmann::json randomTree(JsonWriter& json, int depth)
{
    const auto kind = *rc::gen::inRange(0, depth > 4 ? 5 : 7);
    switch (kind) {
    case 0: {
        const auto number = *rc::gen::arbitrary<std::int64_t>();
        json.value(number);
        return number;
    }
    case 1: {
        const auto number = *rc::gen::arbitrary<std::uint64_t>();
        json.value(number);
        return number;
    }
    case 2: {
        const bool flag = *rc::gen::arbitrary<bool>();
        json.value(flag);
        return flag;
    }
    case 3: {
        const auto text = *rc::gen::container<std::string>(rc::gen::inRange<char>(0, 127));
        json.value(text);
        return text;
    }
    case 4:
        json.raw("null");
        return nullptr;
    case 5: {
        nlohmann::json list = nlohmann::json::array();
        json.beginArray();
        for (int left = *rc::gen::inRange(0, 4); left > 0; --left) {
            list.push_back(randomTree(json, depth + 1));
        }
        json.endArray();
        return list;
    }
    default: {
        nlohmann::json object = nlohmann::json::object();
        json.beginObject();
        for (int left = *rc::gen::inRange(0, 4); left > 0; --left) {
            const std::string key = "k\"" + std::to_string(left);
            json.keyText(key);
            object[key] = randomTree(json, depth + 1);
        }
        json.endObject();
        return object;
    }
    }
}

} // namespace

TEST(JsonWriterNesting, anyTreeReadsBackAsItself)
{
    EXPECT_TRUE(rc::check("tree round trip", [] {
        std::string out;
        JsonWriter json(out);
        const nlohmann::json tree = randomTree(json, 0);
        RC_ASSERT(nlohmann::json::parse(out) == tree);
    }));
}
