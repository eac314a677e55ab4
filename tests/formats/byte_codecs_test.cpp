// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/base64.h"
#include "formats/inflate.h"
#include "formats/utf8_check.h"

#include <array>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <string>
#include <zlib.h>
#include <zstd.h>

using namespace tracedeck;

namespace {

std::string encoded(std::string_view bytes)
{
    std::string out = "kept:";
    appendBase64(out, bytes);
    return out.substr(5);
}

std::string compressedWith(int windowBits, std::string_view plain, gz_header* header = nullptr)
{
    z_stream stream{};
    EXPECT_EQ(deflateInit2(&stream, 6, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY), Z_OK);
    if (header != nullptr) {
        EXPECT_EQ(deflateSetHeader(&stream, header), Z_OK);
    }
    std::string out(plain.size() + 512, '\0');
    std::string in(plain);
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

/// A zstd frame that does not say how large its content is, as streaming writers make them.
std::string unsizedFrame(std::string_view plain)
{
    ZSTD_CStream* stream = ZSTD_createCStream();
    std::string out(ZSTD_compressBound(plain.size()) + 64, '\0');
    ZSTD_outBuffer to{out.data(), out.size(), 0};
    ZSTD_inBuffer from{plain.data(), plain.size(), 0};
    while (from.pos < from.size) {
        EXPECT_EQ(ZSTD_isError(ZSTD_compressStream2(stream, &to, &from, ZSTD_e_flush)), 0U);
    }
    EXPECT_EQ(ZSTD_compressStream2(stream, &to, &from, ZSTD_e_end), 0U);
    ZSTD_freeCStream(stream);
    out.resize(to.pos);
    return out;
}

constexpr std::size_t kPlenty = std::size_t{1} << 20U;

/// Strict UTF-8 by the table of the Unicode standard (well-formed byte sequences), written down once more.
bool isWellFormed(std::string_view text)
{
    const auto byte = [&text](std::size_t i) { return i < text.size() ? static_cast<std::uint8_t>(text[i]) : 0U; };
    const auto tail = [&byte](std::size_t i) { return byte(i) >= 0x80 && byte(i) <= 0xBF; };
    for (std::size_t i = 0; i < text.size();) {
        const unsigned lead = byte(i);
        if (lead < 0x80) {
            ++i;
        } else if (lead >= 0xC2 && lead <= 0xDF && tail(i + 1)) {
            i += 2;
        } else if (lead >= 0xE0 && lead <= 0xEF && tail(i + 1) && tail(i + 2) && (lead != 0xE0 || byte(i + 1) >= 0xA0)
                   && (lead != 0xED || byte(i + 1) <= 0x9F)) {
            i += 3;
        } else if (lead >= 0xF0 && lead <= 0xF4 && tail(i + 1) && tail(i + 2) && tail(i + 3)
                   && (lead != 0xF0 || byte(i + 1) >= 0x90) && (lead != 0xF4 || byte(i + 1) <= 0x8F)) {
            i += 4;
        } else {
            return false;
        }
    }
    return true;
}

} // namespace

TEST(Base64, theVectorsOfTheStandard)
{
    const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                           {"f", "Zg=="},
                                                           {"fo", "Zm8="},
                                                           {"foo", "Zm9v"},
                                                           {"foob", "Zm9vYg=="},
                                                           {"fooba", "Zm9vYmE="},
                                                           {"foobar", "Zm9vYmFy"}};
    for (const auto& [bytes, text] : vectors) {
        EXPECT_EQ(encoded(bytes), text);
        EXPECT_EQ(decodeBase64(text), bytes);
    }
    EXPECT_EQ(encoded("\xfb\xff\xfe"), "+//+");
    EXPECT_EQ(decodeBase64("-__-"), "\xfb\xff\xfe");
    EXPECT_EQ(decodeBase64("+/_-"), "\xfb\xff\xfe") << "both alphabets, even mixed";
}

TEST(Base64, refusesEveryOtherByteWhereverItStands)
{
    for (int c = 0; c < 256; ++c) {
        const char letter = static_cast<char>(c);
        const bool known = std::isalnum(c) != 0 || letter == '+' || letter == '/' || letter == '-' || letter == '_';
        for (std::size_t place = 0; place < 4; ++place) {
            std::string text = "AAAAAAAA";
            text[place] = letter;
            EXPECT_EQ(decodeBase64(text).has_value(), known && c < 128) << c << " at " << place;
        }
    }
}

TEST(Base64, paddingIsAllOrNothing)
{
    EXPECT_EQ(decodeBase64("Zg"), "f");
    EXPECT_EQ(decodeBase64("Zm8"), "fo");
    for (const char* bad : {"Zg=", "Z===", "Zm9v=", "Zm9v==", "=Zg=", "Zg==Zg==", "Zh==", "Zm9="}) {
        EXPECT_FALSE(decodeBase64(bad).has_value()) << bad;
    }
}

TEST(Gzip, readsTheHeaderFieldsThatOtherProgramsWrite)
{
    std::array<Bytef, 5> extra{1, 2, 3, 4, 5};
    std::string name = "body.json";
    std::string comment = "made elsewhere";
    gz_header header{};
    header.extra = extra.data();
    header.extra_len = extra.size();
    header.name = reinterpret_cast<Bytef*>(name.data());
    header.comment = reinterpret_cast<Bytef*>(comment.data());
    header.hcrc = 1;
    header.time = 12345;
    EXPECT_EQ(inflateGzip(compressedWith(15 + 16, "hello", &header), kPlenty).value(), "hello");
}

TEST(Gzip, takesNeitherZlibNorRawDeflate)
{
    for (const int windowBits : {15, -15}) {
        const Result<std::string> result = inflateGzip(compressedWith(windowBits, "hello hello hello"), kPlenty);
        ASSERT_FALSE(result.ok());
        EXPECT_EQ(result.error().code, ErrorCode::Malformed);
        EXPECT_EQ(result.error().source, "gzip");
    }
}

TEST(Gzip, theLimitCountsAllMembersTogether)
{
    const std::string two = deflateGzip(std::string(600, 'a')) + deflateGzip(std::string(500, 'b'));
    EXPECT_EQ(inflateGzip(two, 1100).value().size(), 1100U);
    const Result<std::string> over = inflateGzip(two, 1099);
    ASSERT_FALSE(over.ok());
    EXPECT_EQ(over.error().code, ErrorCode::TooLarge);
    EXPECT_NE(over.error().what.find("1099"), std::string::npos);
}

TEST(Gzip, largeTextCompressesAndEmptyTextIsAMember)
{
    const std::string large(3'000'000, 'x');
    const std::string packed = deflateGzip(large);
    EXPECT_LT(packed.size(), large.size() / 50);
    EXPECT_EQ(inflateGzip(packed, large.size()).value(), large);
    EXPECT_GT(deflateGzip("").size(), 10U);
    EXPECT_EQ(inflateGzip(deflateGzip("") + deflateGzip("x") + deflateGzip(""), 1).value(), "x");
}

TEST(Blob, framesWithoutASizeAreReadStepByStep)
{
    const std::string plain(300'000, 'q');
    const std::string frame = unsizedFrame(plain);
    ASSERT_EQ(ZSTD_getFrameContentSize(frame.data(), frame.size()), ZSTD_CONTENTSIZE_UNKNOWN);
    EXPECT_EQ(decompressBlob(frame, plain.size()).value(), plain);
    EXPECT_EQ(decompressBlob(frame, plain.size() - 1).error().code, ErrorCode::TooLarge);
    for (const std::size_t size : {std::size_t{1}, std::size_t{5}, frame.size() / 2, frame.size() - 1}) {
        const Result<std::string> cut = decompressBlob(std::string_view(frame).substr(0, size), plain.size());
        ASSERT_FALSE(cut.ok()) << size;
        EXPECT_EQ(cut.error().code, ErrorCode::Malformed) << size;
    }
}

TEST(Blob, severalFramesAreOneText)
{
    EXPECT_EQ(decompressBlob(compressBlob("one ") + compressBlob("two"), kPlenty).value(), "one two");
    EXPECT_EQ(decompressBlob(unsizedFrame("one ") + compressBlob("two"), kPlenty).value(), "one two");
    EXPECT_EQ(decompressBlob(compressBlob("one ") + compressBlob("two"), 6).error().code, ErrorCode::TooLarge);
    EXPECT_EQ(decompressBlob(compressBlob(""), 0).value(), "");
    EXPECT_FALSE(decompressBlob("", kPlenty).ok());
    EXPECT_FALSE(decompressBlob("no frame", kPlenty).ok());
}

TEST(Blob, aFrameThatLiesAboutItsSizeCostsNoMemory)
{
    // Magic number, descriptor "8-byte size, single segment", the claim of 2^60 bytes, one empty last block.
    std::string lie = {'\x28', '\xB5', '\x2F', '\xFD', '\xE0'};
    lie += std::string(7, '\0') + '\x10';
    lie += std::string("\x01\x00\x00", 3);
    const Result<std::string> result = decompressBlob(lie, std::size_t{1} << 40U);
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().code, ErrorCode::Malformed);
}

TEST(Blob, damageIsNoticedOrChangesNothingBeyondTheText)
{
    const std::string packed = compressBlob(std::string(2'000, 'z') + "end");
    EXPECT_TRUE(rc::check("damage", [&packed] {
        std::string damaged = packed;
        const auto at = *rc::gen::inRange<std::size_t>(0, damaged.size());
        damaged[at] = static_cast<char>(*rc::gen::inRange(0, 256));
        const Result<std::string> result = decompressBlob(damaged, kPlenty);
        RC_ASSERT((!result.ok() || result.value().size() <= kPlenty));
    }));
}

TEST(Utf8, agreesWithTheTableOfTheStandard)
{
    EXPECT_TRUE(rc::check("random bytes",
                          [](const std::string& bytes) { RC_ASSERT(isValidUtf8(bytes) == isWellFormed(bytes)); }));
    // Every pair of lead and second byte, completed with ordinary tails, at several distances from the start.
    for (unsigned lead = 0x80; lead < 0x100; ++lead) {
        for (unsigned second = 0x70; second < 0x100; second += 5) {
            for (const std::size_t tails : {0U, 1U, 2U}) {
                for (const std::size_t before : {0U, 7U, 8U, 9U}) {
                    std::string text(before, 'a');
                    text += {static_cast<char>(lead), static_cast<char>(second)};
                    text += std::string(tails, '\x80');
                    ASSERT_EQ(isValidUtf8(text), isWellFormed(text)) << lead << ' ' << second << ' ' << tails;
                }
            }
        }
    }
}

TEST(Utf8, boundariesOfTheCodePoints)
{
    for (const char* good : {"\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80",
                             "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
        EXPECT_TRUE(isValidUtf8(good));
    }
    for (const char* bad : {"\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x8F\xBF\xBF",
                            "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFE", "\x80", "\xE2\x82", "\xF0\x9F\x90"}) {
        EXPECT_FALSE(isValidUtf8(bad));
        EXPECT_FALSE(isValidUtf8(std::string(16, 'a') + bad + "tail"));
    }
}

TEST(Utf8, repairKeepsEverythingThatWasGood)
{
    EXPECT_TRUE(rc::check("repair", [](const std::string& before, const std::string& after) {
        const std::string good = "ä日🦀";
        const std::string repaired = repairedUtf8(before + " " + good + " " + after);
        RC_ASSERT(repaired.find(good) != std::string::npos);
        RC_ASSERT(isWellFormed(repaired));
        RC_ASSERT(repairedUtf8(repaired) == repaired);
    }));
    EXPECT_EQ(repairedUtf8("\xff\xfe"), "\xEF\xBF\xBD\xEF\xBF\xBD");
    EXPECT_EQ(repairedUtf8(""), "");
}
