// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace tracedeck {

/// A test on one text, without regard to case (foldCase): contains, equals, or a regular expression
/// found anywhere in it. Regular expressions are RE2: time linear in the text whatever the pattern;
/// `(?-i)` inside one makes it respect case. Copies are cheap, const use is thread-safe.
class TextPattern {
public:
    [[nodiscard]] static TextPattern contains(std::string_view text);
    [[nodiscard]] static TextPattern equals(std::string_view text);
    /// The same container, whichever of the two ids was cut short: one begins with the other. Nothing for
    /// text that is no id of at least 12 hexadecimal digits, the length container engines print.
    [[nodiscard]] static std::optional<TextPattern> sameId(std::string_view id);
    /// Nothing, and the reason in `error`, when the pattern does not compile or needs over 1 MiB.
    [[nodiscard]] static std::optional<TextPattern> regex(std::string_view pattern, std::string& error);

    /// `scratch` is overwritten; passing one buffer for many texts saves an allocation each.
    [[nodiscard]] bool matches(std::string_view text, std::string& scratch) const;

private:
    enum class Kind : std::uint8_t { Contains, Equals, Regex, SameId };
    Kind m_kind = Kind::Contains;
    bool m_ascii = false; ///< m_folded is ASCII only
    std::string m_folded;
    std::shared_ptr<const re2::RE2> m_regex;
};

} // namespace tracedeck
