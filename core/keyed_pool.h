// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pool.h"

#include <cstddef>
#include <unordered_map>
#include <utility>

namespace tracedeck {

/// View models of rows that are open, one per key: open() makes or reuses one and fills it, close() puts it
/// back, closeAll() when the view goes. For few, heavy, short-lived models such as those of expanded rows;
/// see Pool for what T must be.
template <class Key, class T> class KeyedPool {
public:
    explicit KeyedPool(std::size_t mostIdle, typename Pool<T>::Reset reset) : m_pool(mostIdle, reset) { }

    /// The model of `key`; when it was not open, `fill(model)` runs first.
    template <class Fill> [[nodiscard]] T& open(const Key& key, const Fill& fill)
    {
        const auto [entry, isNew] = m_open.try_emplace(key);
        if (isNew) {
            entry->second = m_pool.take();
            fill(*entry->second);
        }
        return *entry->second;
    }
    /// Null when it is not open.
    [[nodiscard]] T* find(const Key& key) const
    {
        const auto found = m_open.find(key);
        return found == m_open.end() ? nullptr : &*found->second;
    }
    /// False when it was not open.
    bool close(const Key& key) { return m_open.erase(key) != 0; }
    void closeAll() { m_open.clear(); }

    [[nodiscard]] std::size_t openCount() const noexcept { return m_open.size(); }
    [[nodiscard]] const PoolStats& stats() const noexcept { return m_pool.stats(); }

private:
    Pool<T> m_pool; // outlives the handles below
    std::unordered_map<Key, Pooled<T>> m_open;
};

} // namespace tracedeck
