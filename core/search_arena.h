// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tracedeck {

/// Lower-cased searchable text of all rows, one buffer: fields of a row separated by 0x01, rows ended
/// by 0x00. Substring search scans the whole buffer once instead of visiting rows. ASCII letters are
/// folded bytewise; other UTF-8 letters by foldCase(). Bytes 0x00 and 0x01 in input become spaces, so a
/// needle never matches across fields or rows.
class SearchArena {
public:
    void reserve(std::size_t rows, std::size_t bytes);
    /// Adds one field to the row being built; empty fields are skipped.
    void addField(std::string_view text);
    void endRow();

    [[nodiscard]] std::size_t rows() const noexcept { return m_starts.size() - 1; }
    [[nodiscard]] std::string_view text() const noexcept { return m_text; }
    /// Start of each row in text(), and one entry past the last row.
    [[nodiscard]] const std::vector<std::uint32_t>& starts() const noexcept { return m_starts; }
    [[nodiscard]] std::string_view row(std::size_t row) const
    {
        return std::string_view(m_text).substr(m_starts[row], m_starts[row + 1] - m_starts[row] - 1);
    }
    bool operator==(const SearchArena&) const = default;

private:
    std::string m_text;
    std::vector<std::uint32_t> m_starts{0};
};

/// Lower-cases ASCII, Latin-1 supplement, Latin Extended-A, Greek and Cyrillic letters in UTF-8 text;
/// everything else, invalid bytes included, passes unchanged. Simple one-to-one folding, no locale.
void appendFolded(std::string& out, std::string_view text);
[[nodiscard]] std::string foldCase(std::string_view text);

} // namespace tracedeck
