// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever is written, another parser reads back.
#include "formats/json_writer.h"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <nlohmann/json.hpp>
#include <rapidcheck/gtest.h>

using namespace tracedeck;
using nlohmann::json;

namespace {

/// Writes a value of any form and answers what a parser should find there.
json writeAny(JsonWriter& writer, int depth)
{
    switch (*rc::gen::inRange(0, depth > 0 ? 7 : 5)) {
    case 0: {
        const auto number = *rc::gen::arbitrary<std::int64_t>();
        writer.value(number);
        return number;
    }
    case 1: {
        const auto number = *rc::gen::arbitrary<std::uint64_t>();
        writer.value(number);
        return number;
    }
    case 2: {
        const auto text = *rc::gen::string<std::string>();
        std::string ascii;
        std::copy_if(text.begin(), text.end(), std::back_inserter(ascii),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
        writer.value(std::string_view(ascii));
        return ascii;
    }
    case 3: {
        const bool flag = *rc::gen::arbitrary<bool>();
        writer.value(flag);
        return flag;
    }
    case 4: {
        const double number =
            *rc::gen::map(rc::gen::arbitrary<double>(), [](double d) { return std::isfinite(d) ? d : 0; });
        writer.value(number);
        return number;
    }
    case 5: {
        json list = json::array();
        writer.beginArray();
        for (int i = *rc::gen::inRange(0, 4); i > 0; --i) {
            list.push_back(writeAny(writer, depth - 1));
        }
        writer.endArray();
        return list;
    }
    default: {
        json object = json::object();
        writer.beginObject();
        for (int i = *rc::gen::inRange(0, 4); i > 0; --i) {
            const std::string name = "key \"" + std::to_string(i) + "\"\n";
            writer.keyText(name);
            object[name] = writeAny(writer, depth - 1);
        }
        writer.endObject();
        return object;
    }
    }
}

} // namespace

RC_GTEST_PROP(JsonWriterProperty, ANestedValueComesBack, ())
{
    std::string out;
    JsonWriter writer(out);
    const json wanted = writeAny(writer, 4);
    RC_ASSERT(json::parse(out) == wanted);
}

RC_GTEST_PROP(JsonWriterProperty, EveryFiniteDoubleComesBackExactly, (double number))
{
    std::string out;
    appendJsonDouble(out, number);
    if (std::isfinite(number)) {
        const json parsed = json::parse(out);
        RC_ASSERT(parsed.is_number_float());
        RC_ASSERT(parsed.get<double>() == number);
    } else {
        RC_ASSERT(out.front() == '"');
    }
}

RC_GTEST_PROP(JsonWriterProperty, EveryByteBelowABlankIsEscaped, ())
{
    const auto byte = static_cast<char>(*rc::gen::inRange(0, 0x80));
    std::string out;
    appendJsonString(out, std::string(3, byte));
    for (const char c : out) {
        RC_ASSERT(static_cast<unsigned char>(c) >= 0x20U);
    }
    RC_ASSERT(json::parse(out).get<std::string>() == std::string(3, byte));
}

TEST(JsonWriterEdges, NumbersAtTheirLimits)
{
    std::string out;
    JsonWriter writer(out);
    writer.beginArray();
    writer.value(std::numeric_limits<std::int64_t>::min()).value(std::numeric_limits<std::int64_t>::max());
    writer.value(std::numeric_limits<std::uint64_t>::max()).quoted(std::int64_t{-1}).quoted(std::uint64_t{7});
    writer.endArray();
    EXPECT_EQ(out, R"([-9223372036854775808,9223372036854775807,18446744073709551615,"-1","7"])");
}
