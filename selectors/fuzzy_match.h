// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

namespace tracedeck {

/// How well `pattern` matches `text` as a subsequence, ASCII case-insensitive: larger is better, nothing
/// when some character of the pattern is not found in order. Starts of words and neighbouring characters
/// count more, skipped characters less; blanks in the pattern are ignored. The empty pattern matches
/// everything with 0. Cost: O(|pattern| * |text|).
[[nodiscard]] std::optional<int> fuzzyScore(std::string_view pattern, std::string_view text);

} // namespace tracedeck
