// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tracedeck {

/// Appends `bytes` in the standard alphabet of RFC 4648, padded.
void appendBase64(std::string& out, std::string_view bytes);
/// Reads the standard or the URL alphabet, padded or not, as the JSON mapping of protobuf asks for.
/// Nothing for any other character, a wrong length, or bits behind the last byte that are not zero.
[[nodiscard]] std::optional<std::string> decodeBase64(std::string_view text);

} // namespace tracedeck
