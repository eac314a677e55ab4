// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/inflate.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

using namespace tracedeck;

namespace {

constexpr std::size_t kLimit = std::size_t{1} << 20U;

std::string repetitiveText(std::size_t size)
{
    std::string text;
    while (text.size() < size) {
        text += "span " + std::to_string(text.size() * 2654435761U) + ' ';
    }
    text.resize(size);
    return text;
}

} // namespace

TEST(InflateGzip, givesBackWhatWasDeflated)
{
    EXPECT_TRUE(rc::check("gzip round trip", [](const std::string& text) {
        const Result<std::string> back = inflateGzip(deflateGzip(text), kLimit);
        RC_ASSERT(back.ok());
        RC_ASSERT(back.value() == text);
    }));
    const std::string large = repetitiveText(900'000);
    EXPECT_EQ(inflateGzip(deflateGzip(large), kLimit).value(), large);
}

TEST(InflateGzip, stopsABombAtTheLimit)
{
    const std::string bomb = deflateGzip(std::string(std::size_t{64} << 20U, '\0'));
    ASSERT_LT(bomb.size(), std::size_t{1} << 20U);
    const Result<std::string> result = inflateGzip(bomb, kLimit);
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().code, ErrorCode::TooLarge);
}

TEST(InflateGzip, takesExactlyTheLimitAndNotOneByteMore)
{
    const std::string text = repetitiveText(100'000);
    const std::string packed = deflateGzip(text);
    EXPECT_TRUE(inflateGzip(packed, text.size()).ok());
    EXPECT_EQ(inflateGzip(packed, text.size() - 1).error().code, ErrorCode::TooLarge);
    EXPECT_TRUE(inflateGzip(deflateGzip(""), 0).ok());
    EXPECT_EQ(inflateGzip(deflateGzip("x"), 0).error().code, ErrorCode::TooLarge);
}

TEST(InflateGzip, refusesEveryTruncation)
{
    const std::string packed = deflateGzip(repetitiveText(2'000));
    for (std::size_t size = 0; size < packed.size(); ++size) {
        const Result<std::string> result = inflateGzip(std::string_view(packed).substr(0, size), kLimit);
        ASSERT_FALSE(result.ok()) << "cut at " << size;
        ASSERT_EQ(result.error().code, ErrorCode::Malformed);
    }
}

TEST(InflateGzip, refusesTrailingGarbageButReadsFurtherMembers)
{
    const std::string first = deflateGzip("one ");
    EXPECT_EQ(inflateGzip(first + "garbage", kLimit).error().code, ErrorCode::Malformed);
    EXPECT_EQ(inflateGzip(first + '\0', kLimit).error().code, ErrorCode::Malformed);
    EXPECT_EQ(inflateGzip(first + deflateGzip("two"), kLimit).value(), "one two");
}

TEST(InflateGzip, refusesDamageAnywhere)
{
    const std::string plain = repetitiveText(500);
    const std::string packed = deflateGzip(plain);
    for (std::size_t at = 10; at < packed.size(); ++at) { // the header holds fields nobody checks
        std::string damaged = packed;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
        const Result<std::string> result = inflateGzip(damaged, kLimit);
        ASSERT_FALSE(result.ok()) << "byte " << at;
    }
    EXPECT_FALSE(inflateGzip("not gzip at all", kLimit).ok());
}

TEST(Blob, givesBackWhatWasCompressed)
{
    EXPECT_TRUE(rc::check("blob round trip", [](const std::string& text) {
        const Result<std::string> back = decompressBlob(compressBlob(text), kLimit);
        RC_ASSERT(back.ok());
        RC_ASSERT(back.value() == text);
    }));
}

TEST(Blob, refusesTruncationsAndGarbageAndKeepsTheLimit)
{
    const std::string plain = repetitiveText(4'000);
    const std::string packed = compressBlob(plain);
    for (std::size_t size = 0; size < packed.size(); ++size) {
        ASSERT_FALSE(decompressBlob(std::string_view(packed).substr(0, size), kLimit).ok()) << "cut at " << size;
    }
    EXPECT_FALSE(decompressBlob(packed + "garbage", kLimit).ok());
    EXPECT_EQ(decompressBlob(packed, plain.size() - 1).error().code, ErrorCode::TooLarge);
    EXPECT_TRUE(decompressBlob(packed, plain.size()).ok());
    const std::string bomb = compressBlob(std::string(std::size_t{64} << 20U, '\0'));
    EXPECT_EQ(decompressBlob(bomb, kLimit).error().code, ErrorCode::TooLarge);
    EXPECT_TRUE(decompressBlob(bomb, std::size_t{64} << 20U).ok());
}
