// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tracedeck {

/// Handle of an interned text. 0 is the empty text, which also stands for "missing" in text columns.
using StringId = std::uint32_t;

/// Interned texts of one snapshot: one arena, 32-bit handles, each text stored once.
/// Handles are dense (0 … size()-1) and follow first-seen order, so equal input gives equal handles
/// and two pools can be compared bytewise. Not thread-safe while interning; immutable afterwards.
class StringPool {
public:
    StringPool();

    /// Handle of `text`, adding it when new. Amortised O(length).
    StringId intern(std::string_view text);
    /// Handle of `text` if it was interned. Never adds.
    [[nodiscard]] bool find(std::string_view text, StringId& id) const;
    /// Precondition: id < size(). The view lives as long as the pool is neither changed nor moved.
    [[nodiscard]] std::string_view view(StringId id) const
    {
        return {m_arena.data() + m_offsets[id], m_offsets[id + 1] - m_offsets[id]};
    }
    /// Number of distinct texts, the empty one included.
    [[nodiscard]] std::size_t size() const noexcept { return m_offsets.size() - 1; }
    /// Bytes held, index included.
    [[nodiscard]] std::size_t memoryBytes() const noexcept;
    void reserve(std::size_t texts, std::size_t bytes);
    /// Forgets the texts added last until `texts` remain, so that a decoder can take back a record.
    /// Precondition: 1 <= texts <= size(). Cost: O(texts removed).
    void truncate(std::size_t texts);

    bool operator==(const StringPool& other) const { return m_offsets == other.m_offsets && m_arena == other.m_arena; }

private:
    void grow();

    std::string m_arena;
    std::vector<std::uint64_t> m_offsets; ///< start of text i; one past the end for i = size()
    std::vector<std::uint32_t> m_slots; ///< open addressing, power of two; 0 = free, else id + 1
    std::vector<std::uint32_t> m_hashes; ///< low hash bits per text, to skip most comparisons
};

} // namespace tracedeck
