// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/inflate.h"

#include <algorithm>
#include <array>
#include <limits>
#include <zlib.h>

namespace tracedeck {
namespace {

constexpr std::size_t kInflateStep = std::size_t{64} << 10U;
constexpr int kGzipWindow = 15 + 16; // 16 = gzip framing, and nothing else
constexpr int kFastLevel = 1;

Error gzipError(ErrorCode code, std::string what)
{
    return makeError(code, "gzip", std::move(what));
}

/// zlib's input is const in fact but not in type.
Bytef* inputOf(std::string_view text)
{
    return const_cast<Bytef*>(reinterpret_cast<const Bytef*>(text.data()));
}

/// One inflate stream that is always released.
class InflateStream {
public:
    InflateStream() { m_ready = inflateInit2(&m_stream, kGzipWindow) == Z_OK; }
    ~InflateStream()
    {
        if (m_ready) {
            inflateEnd(&m_stream);
        }
    }
    InflateStream(const InflateStream&) = delete;
    InflateStream& operator=(const InflateStream&) = delete;

    [[nodiscard]] bool ready() const noexcept { return m_ready; }
    z_stream& get() noexcept { return m_stream; }

private:
    z_stream m_stream{};
    bool m_ready = false;
};

/// Appends to `out`, whose capacity grows by doubling but never past the limit and one step.
void appendWithin(std::string& out, const char* data, std::size_t size, std::size_t limit)
{
    if (out.size() + size > out.capacity()) {
        const std::size_t wanted = std::max(out.size() + size, out.capacity() * 2);
        out.reserve(std::max(out.size() + size, std::min(wanted, limit)));
    }
    out.append(data, size);
}

Result<void> inflateMember(z_stream& stream, std::string& out, std::size_t limit)
{
    std::array<char, kInflateStep> step; // NOLINT(cppcoreguidelines-pro-type-member-init): written before it is read
    for (;;) {
        stream.next_out = reinterpret_cast<Bytef*>(step.data());
        stream.avail_out = static_cast<uInt>(step.size());
        const int state = inflate(&stream, Z_NO_FLUSH);
        const std::size_t produced = step.size() - stream.avail_out;
        if (produced > limit - out.size()) {
            return gzipError(ErrorCode::TooLarge, "decompresses to more than " + std::to_string(limit) + " bytes");
        }
        appendWithin(out, step.data(), produced, limit);
        if (state == Z_STREAM_END) {
            return {};
        }
        if (state != Z_OK) {
            const bool truncated = state == Z_BUF_ERROR && stream.avail_in == 0;
            const std::string reason =
                truncated ? "ends too early" : (stream.msg != nullptr ? stream.msg : "is damaged");
            return gzipError(ErrorCode::Malformed, reason + " at byte " + std::to_string(stream.total_in));
        }
    }
}

} // namespace

Result<std::string> inflateGzip(std::string_view compressed, std::size_t limitBytes)
{
    if (compressed.size() > std::numeric_limits<uInt>::max()) {
        return gzipError(ErrorCode::TooLarge, "compressed body is larger than 4 GiB");
    }
    InflateStream stream;
    if (!stream.ready()) {
        return gzipError(ErrorCode::Internal, "no memory for a decompressor");
    }
    z_stream& z = stream.get();
    z.next_in = inputOf(compressed);
    z.avail_in = static_cast<uInt>(compressed.size());
    std::string out;
    out.reserve(std::min(limitBytes, std::max(kInflateStep, compressed.size() * 4)));
    // RFC 1952: a file is a series of members, so a body may be one too.
    do {
        if (Result<void> member = inflateMember(z, out, limitBytes); !member) {
            return member.error();
        }
        if (z.avail_in > 0 && inflateReset(&z) != Z_OK) {
            return gzipError(ErrorCode::Internal, "cannot restart the decompressor");
        }
    } while (z.avail_in > 0);
    return out;
}

std::string deflateGzip(std::string_view plain)
{
    z_stream stream{};
    if (deflateInit2(&stream, kFastLevel, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        return {};
    }
    std::string out(deflateBound(&stream, plain.size()), '\0');
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    std::size_t left = plain.size();
    stream.next_in = inputOf(plain);
    int state = Z_OK;
    // avail_* are 32 bits wide, the sizes are not.
    do {
        stream.avail_in = static_cast<uInt>(std::min<std::size_t>(left, std::numeric_limits<uInt>::max()));
        left -= stream.avail_in;
        const std::size_t room = out.size() - stream.total_out;
        stream.avail_out = static_cast<uInt>(std::min<std::size_t>(room, std::numeric_limits<uInt>::max()));
        state = deflate(&stream, left == 0 ? Z_FINISH : Z_NO_FLUSH);
        left += stream.avail_in;
    } while (state == Z_OK);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

} // namespace tracedeck
