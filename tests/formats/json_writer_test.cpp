// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/json_writer.h"

#include "formats/base64.h"
#include "formats/utf8_check.h"

#include <gtest/gtest.h>
#include <limits>
#include <nlohmann/json.hpp>
#include <rapidcheck.h>

using namespace tracedeck;

namespace {

std::string asJson(std::string_view text)
{
    std::string out;
    appendJsonString(out, text);
    return out;
}

std::string real(double value)
{
    std::string out;
    appendJsonDouble(out, value);
    return out;
}

} // namespace

TEST(JsonWriter, placesCommasAtEveryLevel)
{
    std::string out;
    JsonWriter json(out);
    json.beginObject().member("a", std::int64_t{-1}).key("b").beginArray();
    json.value(true).value("x").beginObject().endObject().beginArray().endArray().value(0.5);
    json.endArray().key("c").beginObject().member("d", std::numeric_limits<std::uint64_t>::max()).endObject();
    json.key("e").quoted(std::numeric_limits<std::int64_t>::min()).keyText("\"").raw("null").endObject();
    EXPECT_EQ(
        out,
        R"({"a":-1,"b":[true,"x",{},[],0.5],"c":{"d":18446744073709551615},"e":"-9223372036854775808","\"":null})");
}

TEST(JsonWriter, escapesWhatMustBeEscapedAndNothingElse)
{
    EXPECT_EQ(asJson(""), "\"\"");
    EXPECT_EQ(asJson("a\"b\\c/d\x7f"), "\"a\\\"b\\\\c/d\x7f\"");
    EXPECT_EQ(asJson("\b\f\n\r\t"), R"("\b\f\n\r\t")");
    EXPECT_EQ(asJson(std::string_view("\0\x1f", 2)), R"("\u0000\u001f")");
    EXPECT_EQ(asJson("ä日🦀"), "\"ä日🦀\"");
}

TEST(JsonWriter, anyAsciiTextIsReadBack)
{
    EXPECT_TRUE(rc::check("string round trip", [](std::string text) {
        for (char& c : text) {
            c = static_cast<char>(c & 0x7F);
        }
        RC_ASSERT(nlohmann::json::parse(asJson(text)).get<std::string>() == text);
    }));
}

TEST(JsonWriter, doublesAreShortestAndStayDoubles)
{
    EXPECT_EQ(real(1), "1.0");
    EXPECT_EQ(real(-0.0), "-0.0");
    EXPECT_EQ(real(0.1), "0.1");
    EXPECT_EQ(real(1e300), "1e+300");
    EXPECT_EQ(real(std::numeric_limits<double>::quiet_NaN()), "\"NaN\"");
    EXPECT_EQ(real(-std::numeric_limits<double>::infinity()), "\"-Infinity\"");
    EXPECT_TRUE(rc::check("double round trip", [](double value) { RC_ASSERT(std::stod(real(value)) == value); }));
}

TEST(Base64, roundTripsAndRefusesWhatIsNot)
{
    EXPECT_TRUE(rc::check("base64 round trip", [](const std::string& bytes) {
        std::string text;
        appendBase64(text, bytes);
        RC_ASSERT(text.size() % 4 == 0U);
        RC_ASSERT(decodeBase64(text) == bytes);
        while (!text.empty() && text.back() == '=') {
            text.pop_back();
        }
        RC_ASSERT(decodeBase64(text) == bytes);
    }));
    for (const char* bad : {"A", "AAAAA", "A===", "====", "AB C", "AA=A", "YR==", "YWJ="}) {
        EXPECT_FALSE(decodeBase64(bad).has_value()) << bad;
    }
}

TEST(Utf8, repairReplacesOnlyWhatIsBroken)
{
    EXPECT_EQ(repairedUtf8("fine ä日🦀"), "fine ä日🦀");
    EXPECT_EQ(repairedUtf8("a\xff"
                           "b\xE2\x82"),
              "a\xEF\xBF\xBD"
              "b\xEF\xBF\xBD\xEF\xBF\xBD");
    EXPECT_TRUE(
        rc::check("always valid", [](const std::string& bytes) { RC_ASSERT(isValidUtf8(repairedUtf8(bytes))); }));
}
