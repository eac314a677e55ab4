// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/inflate.h"

#include <algorithm>
#include <array>
#include <memory>
#include <zstd.h>

namespace tracedeck {
namespace {

constexpr int kBlobLevel = 1;
constexpr std::size_t kStep = std::size_t{64} << 10U;

Error blobError(ErrorCode code, std::string what)
{
    return makeError(code, "zstd", std::move(what));
}

struct StreamRelease {
    void operator()(ZSTD_DStream* stream) const { ZSTD_freeDStream(stream); }
};

Error tooLarge(std::size_t limit)
{
    return blobError(ErrorCode::TooLarge, "decompresses to more than " + std::to_string(limit) + " bytes");
}

/// For frames that do not tell their size: never more than one step past the limit.
Result<std::string> decompressUnsized(std::string_view packed, std::size_t limit)
{
    const std::unique_ptr<ZSTD_DStream, StreamRelease> stream(ZSTD_createDStream());
    if (!stream) {
        return blobError(ErrorCode::Internal, "no memory for a decompressor");
    }
    std::string out;
    std::array<char, kStep> step; // NOLINT(cppcoreguidelines-pro-type-member-init): written before it is read
    ZSTD_inBuffer in{packed.data(), packed.size(), 0};
    for (std::size_t state = 1;;) {
        ZSTD_outBuffer chunk{step.data(), step.size(), 0};
        state = ZSTD_decompressStream(stream.get(), &chunk, &in);
        if (ZSTD_isError(state) != 0) {
            return blobError(ErrorCode::Malformed,
                             std::string(ZSTD_getErrorName(state)) + " at byte " + std::to_string(in.pos));
        }
        if (chunk.pos > limit - out.size()) {
            return tooLarge(limit);
        }
        out.append(step.data(), chunk.pos);
        if (in.pos == in.size && state == 0) {
            return out;
        }
        if (in.pos == in.size && chunk.pos < chunk.size) {
            return blobError(ErrorCode::Malformed, "ends too early");
        }
    }
}

} // namespace

std::string compressBlob(std::string_view plain)
{
    std::string out(ZSTD_compressBound(plain.size()), '\0');
    const std::size_t size = ZSTD_compress(out.data(), out.size(), plain.data(), plain.size(), kBlobLevel);
    out.resize(ZSTD_isError(size) != 0 ? 0 : size);
    return out;
}

Result<std::string> decompressBlob(std::string_view packed, std::size_t limitBytes)
{
    // What compressBlob writes is one frame that tells its size. A small frame can claim any size, so the
    // claim is only believed up to a plausible ratio; everything else goes step by step.
    constexpr unsigned long long kPlausibleRatio = 4096;
    const unsigned long long size = ZSTD_getFrameContentSize(packed.data(), packed.size());
    if (size >= ZSTD_CONTENTSIZE_ERROR || size / kPlausibleRatio > packed.size()
        || ZSTD_findFrameCompressedSize(packed.data(), packed.size()) != packed.size()) {
        return decompressUnsized(packed, limitBytes);
    }
    if (size > limitBytes) {
        return tooLarge(limitBytes);
    }
    std::string out(static_cast<std::size_t>(size), '\0');
    const std::size_t written = ZSTD_decompress(out.data(), out.size(), packed.data(), packed.size());
    if (ZSTD_isError(written) != 0) {
        return blobError(ErrorCode::Malformed, ZSTD_getErrorName(written));
    }
    out.resize(written);
    return out;
}

} // namespace tracedeck
