// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace tracedeck {

/// Foreign bytes as one line of text that is safe to show: terminal sequences (colours, cursor, titles)
/// and control characters are taken out, a tab becomes a space, a carriage return inside the line starts
/// it anew as a terminal would, bytes that are no UTF-8 become U+FFFD. Cost: O(bytes).
[[nodiscard]] std::string plainText(std::string_view bytes);

} // namespace tracedeck
