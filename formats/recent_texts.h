// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/string_pool.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace tracedeck {

/// Equality without a call for the short texts that most are: words that overlap in the middle.
[[nodiscard]] inline bool sameText(std::string_view a, std::string_view b)
{
    using Half = std::uint32_t;
    using Word = std::uint64_t;
    const auto differs = [&a, &b](std::size_t at, auto word) {
        auto other = word;
        std::memcpy(&word, a.data() + at, sizeof word);
        std::memcpy(&other, b.data() + at, sizeof other);
        return word ^ other;
    };
    const std::size_t size = a.size();
    if (size != b.size()) {
        return false;
    }
    if (size > 4 * sizeof(Word) || size < sizeof(Half)) {
        return std::memcmp(a.data(), b.data(), size) == 0;
    }
    if (size < sizeof(Word)) {
        return (differs(0, Half()) | differs(size - sizeof(Half), Half())) == 0;
    }
    if (size <= 2 * sizeof(Word)) {
        return (differs(0, Word()) | differs(size - sizeof(Word), Word())) == 0;
    }
    return (differs(0, Word()) | differs(sizeof(Word), Word()) | differs(size - 2 * sizeof(Word), Word())
            | differs(size - sizeof(Word), Word()))
        == 0;
}

/// A text of 1 to 24 bytes as three words. Two texts of one size are equal exactly when their words are: the words
/// overlap instead of ending at the text's end, so that nothing outside of it is read. Of a longer text they are
/// what it begins and ends with.
struct TextWords {
    std::uint64_t first = 0;
    std::uint64_t middle = 0;
    std::uint64_t last = 0;

    TextWords() = default;
    /// Precondition: not empty.
    [[gnu::always_inline]] explicit TextWords(std::string_view text)
    {
        const char* const at = text.data();
        const std::size_t size = text.size();
        if (size >= sizeof(std::uint64_t)) {
            const std::size_t end = size - sizeof(std::uint64_t);
            first = load<std::uint64_t>(at);
            middle = load<std::uint64_t>(at + std::min(end, sizeof(std::uint64_t)));
            last = load<std::uint64_t>(at + end);
        } else if (size >= sizeof(std::uint16_t)) {
            const std::size_t end = size - sizeof(std::uint16_t);
            first = load<std::uint16_t>(at) | load<std::uint16_t>(at + std::min<std::size_t>(end, 2)) << 16U
                | load<std::uint16_t>(at + std::min<std::size_t>(end, 4)) << 32U | load<std::uint16_t>(at + end) << 48U;
        } else {
            first = static_cast<std::uint8_t>(*at);
        }
    }
    bool operator==(const TextWords&) const = default;

private:
    template <class Word> static std::uint64_t load(const char* at)
    {
        Word word = 0;
        std::memcpy(&word, at, sizeof word);
        return word;
    }
};

/// Handles of texts that came by a moment ago, so that most need neither the hash nor the index of their pool. A short
/// text lies in the table itself: finding it touches one cache line. Starts small and grows with what it is told, so
/// that a small body does not pay for a large one.
class RecentTexts {
public:
    RecentTexts() : m_slots(kFewSlots) { }

    /// The handle in `pool` of `text`, whose words are `words`; false when it is not known here.
    [[nodiscard, gnu::always_inline]] bool find(const StringPool& pool, std::string_view text, const TextWords& words,
                                                StringId& id) const
    {
        const Slot& slot = m_slots[place(words, text.size())];
        if (text.size() <= kShort) {
            id = slot.id;
            return slot.mark == (m_generation | text.size()) && slot.words == words;
        }
        id = slot.id;
        return id < pool.size() && sameText(pool.view(id), text);
    }
    /// The precondition of all: texts are not empty, and `id` is the text's handle.
    void remember(std::string_view text, const TextWords& words, StringId id)
    {
        if (++m_remembered > m_slots.size() && m_slots.size() < kMostSlots) {
            m_slots.assign(m_slots.size() * kGrowth, Slot());
            m_remembered = 0;
        }
        const auto mark = static_cast<std::uint32_t>(text.size() <= kShort ? m_generation | text.size() : 0);
        m_slots[place(words, text.size())] = {id, mark, words};
    }
    /// To be called when the pool took back texts: their handles may come to mean others.
    void forget()
    {
        m_generation += kGeneration;
        if (m_generation == 0) {
            m_slots.assign(m_slots.size(), Slot());
        }
    }

private:
    static constexpr std::size_t kFewSlots = 256;
    static constexpr std::size_t kGrowth = 4;
    static constexpr std::size_t kMostBits = 12;
    static constexpr std::size_t kMostSlots = std::size_t{1} << kMostBits;
    static constexpr std::size_t kShort = 3 * sizeof(std::uint64_t);
    static constexpr std::uint32_t kGeneration = 32; ///< the bits below it hold the size of a short text

    struct alignas(32) Slot {
        StringId id = 0;
        std::uint32_t mark = 0; ///< generation and size; 0 = no short text
        TextWords words;
    };

    /// A cheap place from a text's ends and its length.
    [[nodiscard]] std::size_t place(const TextWords& words, std::size_t size) const
    {
        const std::uint64_t mixed = (words.first ^ (words.last * 0x9E3779B97F4A7C15ULL) ^ size) * 0xD6E8FEB86659FD93ULL;
        return static_cast<std::size_t>(mixed >> (64U - kMostBits)) & (m_slots.size() - 1);
    }

    std::vector<Slot> m_slots; ///< a power of two
    std::size_t m_remembered = 0;
    std::uint32_t m_generation = 0;
};

} // namespace tracedeck
