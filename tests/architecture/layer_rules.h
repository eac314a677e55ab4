// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tracedeck::architecture {

/// A source file as the rules see it: its path from the top of the tree, and its text.
struct SourceFile {
    std::string path;
    std::string text;
};

/// A broken rule: where, and what is wrong.
struct Violation {
    std::string path;
    int line = 0;
    std::string what;
};

/// Checks one file against the layer edges, the library bans, the size limit and the banned words
/// (ARCHITECTURE.md, "Rules"). Only files in layer folders are checked; others give nothing.
[[nodiscard]] std::vector<Violation> checkFile(const SourceFile& file);

/// Text with comments and string literals blanked, line breaks kept, so that words in prose do not count.
[[nodiscard]] std::string withoutCommentsAndStrings(std::string_view text);

/// Properties that do not short-circuit: RC_ASSERT takes its condition apart at the first operator, so that
/// `ok || use(value)` evaluates both sides unless it stands in brackets of its own. `code` is without comments and
/// strings; gives the conditions.
[[nodiscard]] std::vector<std::string> openConditions(std::string_view code);

} // namespace tracedeck::architecture
