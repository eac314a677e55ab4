// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace tracedeck {

/// Decompresses a gzip body. TooLarge as soon as the output passes `limitBytes` (memory never exceeds
/// it by more than one 64 KiB step), Malformed for broken or truncated input and trailing garbage.
[[nodiscard]] Result<std::string> inflateGzip(std::string_view compressed, std::size_t limitBytes);
[[nodiscard]] std::string deflateGzip(std::string_view plain);
/// zstd at a low level, for the blobs in the store.
[[nodiscard]] std::string compressBlob(std::string_view plain);
[[nodiscard]] Result<std::string> decompressBlob(std::string_view packed, std::size_t limitBytes);

} // namespace tracedeck
