// SPDX-License-Identifier: GPL-3.0-or-later
// The short way through a KeyValue and the long one must give the same.
#include "formats/otlp_protobuf_messages.h"
#include "formats/otlp_rows.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <string>
#include <vector>

namespace tracedeck {
namespace {

std::string varint(std::uint64_t value)
{
    std::string out;
    for (; value >= 0x80; value >>= 7U) {
        out.push_back(static_cast<char>(value | 0x80U));
    }
    out.push_back(static_cast<char>(value));
    return out;
}

std::string field(char tag, const std::string& content)
{
    return tag + varint(content.size()) + content;
}

std::string textValue(const std::string& text)
{
    return field(0x0A, text);
}

/// What the reader says without the short way: unknown fields keep it from being taken.
ProtobufAttribute theLongWay(const std::string& message, std::string& kept)
{
    kept = message + std::string("\x98\x06\x01", 3); // field 99, varint 1
    return readKeyValue(kept);
}

void expectEqual(const ProtobufAttribute& a, const ProtobufAttribute& b)
{
    EXPECT_EQ(a.key, b.key);
    EXPECT_EQ(a.value.type, b.value.type);
    EXPECT_EQ(a.value.text, b.value.text);
    EXPECT_EQ(a.value.number, b.value.number);
}

TEST(ReadKeyValue, BothWaysReadTheSame)
{
    EXPECT_TRUE(rc::check("any key and text", [] {
        const auto key = *rc::gen::arbitrary<std::string>();
        const auto text = *rc::gen::arbitrary<std::string>();
        const int padding = *rc::gen::element(0, 0, 0, 110, 126, 127, 128, 200);
        const std::string message =
            field(0x0A, key) + field(0x12, textValue(text + std::string(static_cast<std::size_t>(padding), 'x')));
        std::string kept;
        const ProtobufAttribute expected = theLongWay(message, kept);
        const ProtobufAttribute read = readKeyValue(message);
        RC_ASSERT(read.key == expected.key);
        RC_ASSERT(read.value.type == expected.value.type);
        RC_ASSERT(read.value.text == expected.value.text);
    }));
}

TEST(ReadKeyValue, UnusualOrdersAndRepeatsTakeTheLongWay)
{
    ProtobufAttribute plain;
    const std::string key = field(0x0A, "http.method");
    const std::string value = field(0x12, textValue("GET"));
    const std::string usual = key + value; // what is read points into it
    ASSERT_TRUE(readPlainKeyValue(usual, plain));
    EXPECT_EQ(plain.key, "http.method");
    EXPECT_EQ(plain.value.text, "GET");
    for (const std::string& message :
         std::vector<std::string>{value + key, key + key + value, key + value + value, value, key, std::string()}) {
        EXPECT_FALSE(readPlainKeyValue(message, plain));
        std::string kept;
        expectEqual(readKeyValue(message), theLongWay(message, kept));
    }
    EXPECT_EQ(readKeyValue(value + key).value.text, "GET");
    EXPECT_EQ(readKeyValue(field(0x0A, "first") + key + value).key, "http.method") << "the last one counts";
}

TEST(ReadKeyValue, ValuesThatAreNoTextAreReadByTheirKind)
{
    ProtobufAttribute plain;
    const std::string key = field(0x0A, "k");
    const std::string number = key + field(0x12, std::string("\x18\xC8\x01", 3));
    EXPECT_TRUE(readPlainKeyValue(number, plain));
    EXPECT_EQ(plain.value.number, 200U);
    EXPECT_EQ(readKeyValue(number).value.type, AttributeType::Int);
    EXPECT_EQ(readKeyValue(number).value.number, 200U);
    const std::string twoTexts = key + field(0x12, textValue("a") + textValue("b"));
    EXPECT_TRUE(readPlainKeyValue(twoTexts, plain));
    EXPECT_EQ(readKeyValue(twoTexts).value.text, "b");
    const std::string empty = key + field(0x12, "");
    EXPECT_TRUE(readPlainKeyValue(empty, plain));
    EXPECT_EQ(readKeyValue(empty).value.type, AttributeType::Empty);
}

TEST(ReadKeyValue, CutMessagesAreNoMessages)
{
    const std::string message = field(0x0A, "key") + field(0x12, textValue("text"));
    for (std::size_t size = 1; size < message.size(); ++size) {
        ProtobufAttribute plain;
        EXPECT_FALSE(readPlainKeyValue(message.substr(0, size), plain)) << size;
    }
    EXPECT_THROW((void)readKeyValue(message.substr(0, message.size() - 1)), protozero::exception);
    EXPECT_THROW((void)readKeyValue(std::string("\x0A\x05"
                                                "abc",
                                                5)),
                 protozero::exception);
}

TEST(RecentTexts, TextsThatResembleEachOtherStayApart)
{
    SpanTable table;
    OtlpSpanRows rows(table);
    EXPECT_TRUE(rc::check("a text always gets its own number", [&] {
        // Few letters and many lengths: equal ends, equal middles, all sizes around a word.
        const auto text = *rc::gen::container<std::string>(rc::gen::element('a', 'b'));
        StringId id = 0;
        RC_ASSERT(rows.text(text, id));
        RC_ASSERT(table.strings.view(id) == text);
    }));
    for (std::size_t size = 1; size <= 40; ++size) {
        for (std::size_t at = 0; at < size; ++at) {
            std::string text(size, 'x');
            text[at] = 'y';
            StringId id = 0;
            ASSERT_TRUE(rows.text(text, id));
            ASSERT_EQ(table.strings.view(id), text);
        }
    }
}

} // namespace
} // namespace tracedeck
