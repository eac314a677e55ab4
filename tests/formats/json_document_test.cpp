// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/json_document.h"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <rapidcheck.h>
#include <vector>

using namespace tracedeck;

namespace {

constexpr std::string_view kColours[] = {"RED", "GREEN"};

/// What one reader made of the member of {"v": TEXT}.
template <class T> struct Reading {
    bool good = false;
    bool broken = false;
    T value{};
    std::string reason;
};

template <class T, class Read> Reading<T> readMember(const std::string& text, T before, Read read)
{
    const std::string body = "{\"v\":" + text + "}";
    JsonDocument document(body);
    Reading<T> out;
    out.value = before;
    out.good = document.root([&](std::string_view, ondemand::value value) { return read(document, value, out.value); });
    out.broken = document.broken();
    out.reason = document.reason();
    return out;
}

Reading<std::int64_t> integer(const std::string& text)
{
    return readMember<std::int64_t>(
        text, 99, [](JsonDocument& d, ondemand::value v, std::int64_t& out) { return d.integer(v, out); });
}
Reading<std::uint64_t> moment(const std::string& text)
{
    return readMember<std::uint64_t>(
        text, 99, [](JsonDocument& d, ondemand::value v, std::uint64_t& out) { return d.time(v, out); });
}
Reading<std::uint32_t> count(const std::string& text)
{
    return readMember<std::uint32_t>(
        text, 99, [](JsonDocument& d, ondemand::value v, std::uint32_t& out) { return d.count(v, out); });
}
Reading<std::uint32_t> colour(const std::string& text)
{
    return readMember<std::uint32_t>(text, 99, [](JsonDocument& d, ondemand::value v, std::uint32_t& out) {
        return d.enumeration(v, "COLOUR_", kColours, out);
    });
}
Reading<double> real(const std::string& text)
{
    return readMember<double>(text, 99.0,
                              [](JsonDocument& d, ondemand::value v, double& out) { return d.real(v, out); });
}
Reading<bool> flag(const std::string& text)
{
    return readMember<bool>(text, true, [](JsonDocument& d, ondemand::value v, bool& out) { return d.flag(v, out); });
}
Reading<std::string> plain(const std::string& text)
{
    return readMember<std::string>(text, "before", [](JsonDocument& d, ondemand::value v, std::string& out) {
        std::string_view view = out;
        const bool good = d.text(v, view);
        out = std::string(view);
        return good;
    });
}
Reading<TraceId> traceId(const std::string& text)
{
    return readMember<TraceId>(text, *TraceId::fromHex("99"),
                               [](JsonDocument& d, ondemand::value v, TraceId& out) { return d.traceId(v, out); });
}
Reading<SpanId> spanId(const std::string& text)
{
    return readMember<SpanId>(text, SpanId{99},
                              [](JsonDocument& d, ondemand::value v, SpanId& out) { return d.spanId(v, out); });
}

/// Refused as a value of the wrong kind, while the text can be followed further.
template <class Read> void expectRefused(Read read, std::initializer_list<const char*> texts)
{
    for (const char* text : texts) {
        const auto reading = read(text);
        EXPECT_FALSE(reading.good) << text;
        EXPECT_FALSE(reading.broken) << text;
        EXPECT_FALSE(reading.reason.empty()) << text;
    }
}

std::vector<std::string> keysOf(JsonDocument& document)
{
    std::vector<std::string> keys;
    if (!document.root([&keys](std::string_view key, ondemand::value) {
            keys.emplace_back(key);
            return true;
        })) {
        keys.emplace_back("(" + document.problem() + ")");
    }
    return keys;
}

} // namespace

TEST(JsonDocument, integersAreNumbersOrTheirDigits)
{
    constexpr std::int64_t kLowest = std::numeric_limits<std::int64_t>::min();
    const std::pair<const char*, std::int64_t> good[] = {{"0", 0},
                                                         {"-0", 0},
                                                         {"7", 7},
                                                         {"\"7\"", 7},
                                                         {"\"-7\"", -7},
                                                         {"1.0", 1},
                                                         {"-2.5e1", -25},
                                                         {"1e3", 1000},
                                                         {"-9223372036854775808", kLowest},
                                                         {"\"-9223372036854775808\"", kLowest},
                                                         {"-9223372036854775808.0", kLowest},
                                                         {"9223372036854775807", -(kLowest + 1)}};
    for (const auto& [text, value] : good) {
        const auto reading = integer(text);
        EXPECT_TRUE(reading.good) << text;
        EXPECT_EQ(reading.value, value) << text;
    }
    expectRefused(integer,
                  {"1.5", "\"1.5\"", "\"+1\"", "\" 1\"", "\"1 \"", "\"\"", "\"-\"", "\"0x10\"", "9223372036854775808",
                   "9.3e18", "\"9223372036854775808\"", "-1e19", "true", "[]", "{}"});
}

TEST(JsonDocument, timesAreUnsignedWithAllTheirDigits)
{
    const std::pair<const char*, std::uint64_t> good[] = {{"18446744073709551615", ~std::uint64_t{0}},
                                                          {"\"18446744073709551615\"", ~std::uint64_t{0}},
                                                          {"9007199254740993", 9007199254740993ULL},
                                                          {"0.0", 0},
                                                          {"-0", 0}};
    for (const auto& [text, value] : good) {
        const auto reading = moment(text);
        EXPECT_TRUE(reading.good) << text;
        EXPECT_EQ(reading.value, value) << text;
    }
    expectRefused(moment, {"-1", "\"-1\"", "18446744073709551616", "1.8446744073709552e19", "0.5", "false", "[1]"});
}

TEST(JsonDocument, countsStayBelowTwoToTheThirtySecond)
{
    EXPECT_EQ(count("4294967295").value, 4294967295U);
    EXPECT_EQ(count("\"4294967295\"").value, 4294967295U);
    expectRefused(count, {"4294967296", "\"4294967296\"", "-1", "1.5", "\"x\"", "[]"});
    EXPECT_EQ(count("4294967296").value, 99U) << "a refused value must not leave half of itself behind";
}

TEST(JsonDocument, enumsAreNamesNumbersOrDigits)
{
    EXPECT_EQ(colour("\"COLOUR_RED\"").value, 0U);
    EXPECT_EQ(colour("\"COLOUR_GREEN\"").value, 1U);
    EXPECT_EQ(colour("1").value, 1U);
    EXPECT_EQ(colour("\"1\"").value, 1U);
    EXPECT_EQ(colour("1.0").value, 1U);
    EXPECT_EQ(colour("70").value, 70U) << "numbers of newer versions are kept for the caller to judge";
    EXPECT_EQ(colour("99999999999").value, std::numeric_limits<std::uint32_t>::max()) << "never wraps to a known one";
    expectRefused(colour, {"\"GREEN\"", "\"COLOUR_\"", "\"COLOUR_BLUE\"", "\"colour_red\"", "\"\"", "-1", "true"});
}

TEST(JsonDocument, realNumbersKnowTheirThreeNames)
{
    EXPECT_EQ(real("1").value, 1.0);
    EXPECT_EQ(real("-2.5e-3").value, -0.0025);
    EXPECT_EQ(real("\"1e2\"").value, 100.0);
    EXPECT_TRUE(std::isnan(real("\"NaN\"").value));
    EXPECT_EQ(real("\"Infinity\"").value, std::numeric_limits<double>::infinity());
    EXPECT_EQ(real("\"-Infinity\"").value, -std::numeric_limits<double>::infinity());
    EXPECT_EQ(real("18446744073709551616").value, 18446744073709551616.0) << "larger than any integer";
    expectRefused(real, {"\"inf\"", "\"nan\"", "\"infinity\"", "\"1e999\"", "\"\"", "\"1x\"", "true", "{}"});
}

TEST(JsonDocument, flagsAreNothingButTrueAndFalse)
{
    EXPECT_FALSE(flag("false").value);
    EXPECT_TRUE(flag("true").value);
    expectRefused(flag, {"0", "1", "\"true\"", "\"\"", "[]", "{}"});
}

TEST(JsonDocument, textIsUnescaped)
{
    EXPECT_EQ(plain(R"("a\u00e4\n\"\\\/😀")").value, "a\xC3\xA4\n\"\\/\xF0\x9F\x98\x80");
    EXPECT_EQ(plain("\"\"").value, "");
    EXPECT_EQ(plain(R"("\u0000")").value, std::string(1, '\0'));
    expectRefused(plain, {"5", "true", "[]", "{}", R"("\ud800")", R"("\x")"});
}

TEST(JsonDocument, nullMeansNotSetForEveryReader)
{
    EXPECT_EQ(integer("null").value, 99);
    EXPECT_EQ(moment("null").value, 99U);
    EXPECT_EQ(count("null").value, 99U);
    EXPECT_EQ(colour("null").value, 99U);
    EXPECT_EQ(real("null").value, 99.0);
    EXPECT_TRUE(flag("null").value);
    EXPECT_EQ(plain("null").value, "before");
    EXPECT_TRUE(integer("null").good && moment("null").good && count("null").good && colour("null").good);
    EXPECT_TRUE(real("null").good && flag("null").good && plain("null").good);
    EXPECT_TRUE(traceId("null").good && spanId("null").good);
}

TEST(JsonDocument, idsAreHexOfTheirFullLength)
{
    EXPECT_EQ(traceId("\"00112233445566778899AABBCCDDEEFF\"").value.toHex(), "00112233445566778899aabbccddeeff");
    EXPECT_EQ(spanId("\"00f067AA0ba902B7\"").value.value, 0x00f067aa0ba902b7ULL);
    EXPECT_TRUE(traceId("\"\"").value.isZero()) << "the empty text is \"no id\"";
    EXPECT_TRUE(spanId("\"\"").value.isZero());
    EXPECT_TRUE(traceId("\"\"").good);
    expectRefused(traceId,
                  {"\"00112233445566778899aabbccddeef\"", "\"00112233445566778899aabbccddeeff0\"",
                   "\"00112233445566778899aabbccddee g\"", "\"g0112233445566778899aabbccddeeff\"", "5", "[]"});
    expectRefused(spanId, {"\"00f067aa0ba902b\"", "\"00f067aa0ba902b70\"", "\"00f067aa0ba902b:\"", "1", "{}"});
    EXPECT_EQ(spanId("\"short\"").reason, "span id is not 8 bytes");
    EXPECT_EQ(traceId("\"short\"").reason, "trace id is not 16 bytes");
}

TEST(JsonDocument, everyByteThatIsNoHexDigitIsRefusedInEveryPlace)
{
    EXPECT_TRUE(rc::check("hex digits", [] {
        const auto place = *rc::gen::inRange<std::size_t>(0, 16);
        const auto letter = *rc::gen::inRange<char>(0x23, 0x5B); // no quote, no backslash
        std::string hex(16, '1');
        hex[place] = letter;
        const bool isHex = (letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'F');
        RC_ASSERT(spanId('"' + hex + '"').good == isHex);
    }));
}

TEST(JsonDocument, listsAndObjectsAreVisitedInOrder)
{
    const std::string body = R"({"list":[1,2,[3],{"a":4},null],"none":null,"b\u0061d":{"x":1,"y":2},"last":5})";
    JsonDocument document(body);
    std::vector<std::string> seen;
    ASSERT_TRUE(document.root([&](std::string_view key, ondemand::value value) {
        seen.emplace_back(key);
        if (key == "list") {
            return document.items(value, [&](ondemand::value) {
                seen.emplace_back("item");
                return true;
            });
        }
        if (key == "none") {
            return document.items(value, [&](ondemand::value) { return false; });
        }
        return key != "bad" || document.fields(value, [&](std::string_view inner, ondemand::value) {
            seen.emplace_back(inner);
            return true;
        });
    }));
    EXPECT_EQ(
        seen,
        (std::vector<std::string>{"list", "item", "item", "item", "item", "item", "none", "bad", "x", "y", "last"}));
}

TEST(JsonDocument, aVisitorThatSaysNoEndsTheReading)
{
    JsonDocument document(R"({"a":1,"b":[1,2],"c":3})");
    int visits = 0;
    EXPECT_FALSE(document.root([&](std::string_view key, ondemand::value) {
        ++visits;
        return key == "a" || document.fail("enough");
    }));
    EXPECT_EQ(visits, 2);
    EXPECT_EQ(document.reason(), "enough");
    EXPECT_FALSE(document.broken());
    document.clearReason();
    EXPECT_TRUE(document.reason().empty());
}

TEST(JsonDocument, wrongKindsOfContainersAreNotBrokenText)
{
    const auto list = [](JsonDocument& d, ondemand::value v, int&) {
        return d.items(v, [](ondemand::value) { return true; });
    };
    const auto object = [](JsonDocument& d, ondemand::value v, int&) {
        return d.fields(v, [](std::string_view, ondemand::value) { return true; });
    };
    expectRefused([&](const char* text) { return readMember<int>(text, 0, list); }, {"{}", "5", "\"x\"", "true"});
    expectRefused([&](const char* text) { return readMember<int>(text, 0, object); }, {"[]", "5", "\"x\"", "true"});
    EXPECT_TRUE(readMember<int>("null", 0, list).good);
    EXPECT_TRUE(readMember<int>("null", 0, object).good);
}

TEST(JsonDocument, saysWhereTheTextIsNoJsonAnyMore)
{
    for (const char* body :
         {"{\"a\":[1,2}", "{\"a\":1", "{\"a\" 1}", "{\"a\":1,}", "{\"a\":1}}", "{\"a\":1} 2", "{1:2}"}) {
        JsonDocument document(body);
        EXPECT_FALSE(document.root([&document](std::string_view, ondemand::value value) {
            return document.items(value, [](ondemand::value) { return true; }) || !document.broken();
        })) << body;
        EXPECT_TRUE(document.broken()) << body;
        EXPECT_NE(document.problem().find("byte"), std::string::npos) << document.problem();
    }
}

TEST(JsonDocument, onlyAnObjectIsADocument)
{
    for (const char* body : {"", " ", "[]", "5", "\"x\"", "null", "true", "{", "}"}) {
        JsonDocument document(body);
        const auto keys = keysOf(document);
        ASSERT_EQ(keys.size(), 1U) << body;
        EXPECT_EQ(keys[0].front(), '(') << body;
        EXPECT_TRUE(document.broken()) << body;
    }
    JsonDocument empty(" {} \n");
    EXPECT_TRUE(keysOf(empty).empty());
}

TEST(JsonDocument, invalidUtf8IsNamedWithoutAPlace)
{
    JsonDocument document("{\"a\":\"\xff\"}");
    EXPECT_FALSE(document.root([](std::string_view, ondemand::value) { return true; }));
    EXPECT_TRUE(document.broken());
    EXPECT_NE(document.problem().find("(9 bytes)"), std::string::npos) << document.problem();
}
