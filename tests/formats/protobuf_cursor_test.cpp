// SPDX-License-Identifier: GPL-3.0-or-later
// The cursor against pbf_reader: the same fields, and the same refusal, for any bytes.
#include "formats/protobuf_cursor.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include <string>
#include <typeinfo>
#include <vector>

using namespace tracedeck;

namespace {

/// What reading a message to its end gives: a line per field, then how it ended.
template <class Reader> std::vector<std::string> fieldsOf(const std::string& bytes, bool skipAll)
{
    std::vector<std::string> lines;
    try {
        Reader reader{std::string_view(bytes)};
        while (reader.next()) {
            const auto tag = static_cast<std::uint32_t>(reader.tag_and_type());
            std::string line = std::to_string(tag) + ' ';
            switch (skipAll ? 6U : tag & 7U) {
            case 0:
                line += std::to_string(reader.get_uint64());
                break;
            case 1:
                line += std::to_string(reader.get_fixed64());
                break;
            case 2:
                line += reader.get_view();
                break;
            case 5:
                line += std::to_string(reader.get_fixed32());
                break;
            default:
                reader.skip();
            }
            lines.push_back(line);
        }
        lines.emplace_back("end");
    } catch (const protozero::exception& failure) {
        lines.emplace_back(typeid(failure).name());
    }
    return lines;
}

void expectEqual(const std::string& bytes)
{
    for (const bool skipAll : {false, true}) {
        RC_ASSERT(fieldsOf<ProtobufCursor>(bytes, skipAll) == fieldsOf<pbf_reader>(bytes, skipAll));
    }
}

void appendVarint(std::string& bytes, std::uint64_t value)
{
    for (; value >= 0x80U; value >>= 7U) {
        bytes.push_back(static_cast<char>(value | 0x80U));
    }
    bytes.push_back(static_cast<char>(value));
}

} // namespace

RC_GTEST_PROP(ProtobufCursor, ReadsAnyBytesAsTheLibraryDoes, (const std::string& bytes))
{
    expectEqual(bytes);
}

RC_GTEST_PROP(ProtobufCursor, ReadsNearlyGoodMessagesAsTheLibraryDoes, (const std::vector<std::uint32_t>& seeds))
{
    // Field numbers around the edges of what is allowed, all wire types, lengths that may not fit.
    constexpr std::uint32_t kFields[] = {0, 1, 2, 15, 16, 18'999, 19'000, 19'999, 20'000, 536'870'911};
    std::string bytes;
    for (const std::uint32_t seed : seeds) {
        const std::uint32_t type = (seed >> 8U) % 16 < 8 ? (seed >> 8U) % 8 : 2;
        appendVarint(bytes, (std::uint64_t{kFields[seed % std::size(kFields)]} << 3U) | type);
        if (type == 2) {
            const std::uint32_t size = (seed >> 16U) % 200;
            appendVarint(bytes, size);
            bytes.append(seed % 7 == 0 ? size / 2 : size, 'x');
        } else {
            appendVarint(bytes, std::uint64_t{seed} * seed);
            bytes.append(type == 1 ? 7 : 0, '\x01');
        }
    }
    expectEqual(bytes);
    expectEqual(bytes.substr(0, bytes.size() / 2));
}

TEST(ProtobufCursor, RefusesWhatIsNoMessage)
{
    const auto endOf = [](const std::string& bytes) { return fieldsOf<ProtobufCursor>(bytes, false).back(); };
    EXPECT_EQ(endOf(""), "end");
    EXPECT_EQ(endOf(std::string(1, '\0')), typeid(protozero::invalid_tag_exception).name());
    EXPECT_EQ(endOf("\x0B"), typeid(protozero::unknown_pbf_wire_type_exception).name());
    EXPECT_EQ(endOf("\x0A\x05zz"), typeid(protozero::end_of_buffer_exception).name());
    EXPECT_EQ(endOf("\x08"), typeid(protozero::end_of_buffer_exception).name());
    EXPECT_EQ(endOf("\x08" + std::string(11, '\xFF')), typeid(protozero::varint_too_long_exception).name());
    EXPECT_EQ(endOf("\x09zzzzzzz"), typeid(protozero::end_of_buffer_exception).name());
}
