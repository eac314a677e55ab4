// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/string_pool.h"

#include <xxhash.h>

namespace tracedeck {
namespace {

constexpr std::size_t kInitialSlots = 64;

std::uint32_t hashOf(std::string_view text)
{
    return static_cast<std::uint32_t>(XXH3_64bits(text.data(), text.size()));
}

} // namespace

StringPool::StringPool() : m_offsets{0}, m_slots(kInitialSlots, 0)
{
    intern({});
}

StringId StringPool::intern(std::string_view text)
{
    if ((size() + 1) * 4 > m_slots.size() * 3) {
        grow();
    }
    const std::uint32_t hash = hashOf(text);
    const std::size_t mask = m_slots.size() - 1;
    std::size_t slot = hash & mask;
    while (m_slots[slot] != 0) {
        const StringId id = m_slots[slot] - 1;
        if (m_hashes[id] == hash && view(id) == text) {
            return id;
        }
        slot = (slot + 1) & mask;
    }
    const auto id = static_cast<StringId>(size());
    m_arena.append(text);
    m_offsets.push_back(m_arena.size());
    m_hashes.push_back(hash);
    m_slots[slot] = id + 1;
    return id;
}

bool StringPool::find(std::string_view text, StringId& id) const
{
    const std::uint32_t hash = hashOf(text);
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t slot = hash & mask; m_slots[slot] != 0; slot = (slot + 1) & mask) {
        const StringId candidate = m_slots[slot] - 1;
        if (m_hashes[candidate] == hash && view(candidate) == text) {
            id = candidate;
            return true;
        }
    }
    return false;
}

std::size_t StringPool::memoryBytes() const noexcept
{
    return m_arena.capacity() + m_offsets.capacity() * sizeof(std::uint64_t)
        + (m_slots.capacity() + m_hashes.capacity()) * sizeof(std::uint32_t);
}

void StringPool::reserve(std::size_t texts, std::size_t bytes)
{
    m_arena.reserve(bytes);
    m_offsets.reserve(texts + 1);
    m_hashes.reserve(texts);
    while ((texts + 1) * 4 > m_slots.size() * 3) {
        grow();
    }
}

void StringPool::truncate(std::size_t texts)
{
    // Last in, first out: nothing was ever probed past the newest text, so its slot can simply be freed
    // (grow() re-inserts in handle order and keeps this true).
    const std::size_t mask = m_slots.size() - 1;
    while (size() > texts) {
        const auto occupant = static_cast<std::uint32_t>(size());
        std::size_t slot = m_hashes.back() & mask;
        while (m_slots[slot] != occupant) {
            slot = (slot + 1) & mask;
        }
        m_slots[slot] = 0;
        m_hashes.pop_back();
        m_offsets.pop_back();
    }
    m_arena.resize(m_offsets.back());
}

void StringPool::grow()
{
    std::vector<std::uint32_t> slots(m_slots.size() * 2, 0);
    const std::size_t mask = slots.size() - 1;
    for (std::size_t id = 0; id < m_hashes.size(); ++id) {
        std::size_t slot = m_hashes[id] & mask;
        while (slots[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        slots[slot] = static_cast<std::uint32_t>(id) + 1;
    }
    m_slots = std::move(slots);
}

} // namespace tracedeck
