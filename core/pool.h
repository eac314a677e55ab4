// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <utility>
#include <vector>

namespace tracedeck {

/// What a pool did so far. created = in use + idle + dropped; reused = acquired - created.
struct PoolStats {
    std::uint64_t created = 0;
    std::uint64_t acquired = 0;
    std::uint64_t released = 0;
    std::uint64_t dropped = 0; ///< destroyed because enough lay idle, or trimmed
    std::uint64_t misused = 0; ///< releases of what was not in use; only counted with NDEBUG
    std::size_t highWater = 0; ///< most objects in use at one time
};

template <class T> class Pool;

/// An object of a pool for as long as this lives. Move-only; goes back by itself. Must not outlive its pool.
template <class T> class Pooled {
public:
    Pooled() = default;
    Pooled(Pool<T>& pool, T& object) : m_pool(&pool), m_object(&object) { }
    Pooled(Pooled&& other) noexcept
        : m_pool(std::exchange(other.m_pool, nullptr)), m_object(std::exchange(other.m_object, nullptr))
    { }
    Pooled& operator=(Pooled&& other) noexcept
    {
        std::swap(m_pool, other.m_pool);
        std::swap(m_object, other.m_object);
        return *this;
    }
    Pooled(const Pooled&) = delete;
    Pooled& operator=(const Pooled&) = delete;
    ~Pooled()
    {
        if (m_object != nullptr) {
            m_pool->release(*m_object);
        }
    }

    [[nodiscard]] T& operator*() const { return *m_object; }
    [[nodiscard]] T* operator->() const { return m_object; }
    explicit operator bool() const noexcept { return m_object != nullptr; }

private:
    Pool<T>* m_pool = nullptr;
    T* m_object = nullptr;
};

/// Objects that are dear to make, kept for the next use: at most `mostIdle` of them lie idle. acquire() hands
/// out the one released last (its memory is warm) or a new one; it neither waits nor fails for want of room.
/// `reset` runs at release and must not throw: it drops what the object refers to and keeps what makes it
/// dear (capacity). For one thread; hand over objects between threads by other means. T is a class that is
/// not final and can be made without arguments.
///
/// Releasing something twice, or something of another pool, ends a debug build with a message; a release
/// build counts it and does nothing. docs/reuse.md says where a pool pays and where not.
template <class T> class Pool {
public:
    using Reset = void (*)(T&) noexcept;

    explicit Pool(
        std::size_t mostIdle, Reset reset = [](T&) noexcept {})
        : m_mostIdle(mostIdle), m_reset(reset)
    { }
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;
    ~Pool()
    {
        if (inUse() != 0) {
            misuse("destroyed while objects are in use");
        }
    }

    /// Goes back when the handle does.
    [[nodiscard]] Pooled<T> take() { return Pooled<T>(*this, acquire()); }
    /// For measured hot loops; every acquire() needs one release().
    [[nodiscard]] T& acquire()
    {
        if (m_idle.empty()) {
            m_nodes.push_back(std::make_unique<Node>());
            m_nodes.back()->place = m_nodes.size() - 1;
            m_idle.push_back(m_nodes.back().get());
            ++m_stats.created;
        }
        Node* const node = m_idle.back();
        m_idle.pop_back();
        node->used = true;
        ++m_stats.acquired;
        m_stats.highWater = std::max(m_stats.highWater, inUse());
        return *node;
    }
    void release(T& object)
    {
        Node* const node = knownNode(object);
        if (node == nullptr || !node->used) {
            misuse(node == nullptr ? "release of an object of somewhere else" : "released twice");
            return;
        }
        m_reset(*node);
        node->used = false;
        ++m_stats.released;
        if (m_idle.size() < m_mostIdle) {
            m_idle.push_back(node);
        } else {
            drop(node);
        }
    }
    /// Destroys idle objects until at most `idle` are left.
    void trim(std::size_t idle)
    {
        while (m_idle.size() > idle) {
            Node* const node = m_idle.back();
            m_idle.pop_back();
            drop(node);
        }
    }

    [[nodiscard]] const PoolStats& stats() const noexcept { return m_stats; }
    [[nodiscard]] std::size_t idle() const noexcept { return m_idle.size(); }
    [[nodiscard]] std::size_t inUse() const noexcept { return m_nodes.size() - m_idle.size(); }

private:
    struct Node final : T {
        std::size_t place = 0; ///< in m_nodes
        bool used = false;
    };

    /// Null when the object is not of this pool. A release build trusts the caller as far as the place goes.
    [[nodiscard]] Node* knownNode(T& object) const
    {
#ifndef NDEBUG
        const auto found = std::find_if(m_nodes.begin(), m_nodes.end(),
                                        [&object](const auto& node) { return static_cast<T*>(node.get()) == &object; });
        return found == m_nodes.end() ? nullptr : found->get();
#else
        auto* const node = static_cast<Node*>(&object);
        return node->place < m_nodes.size() && m_nodes[node->place].get() == node ? node : nullptr;
#endif
    }
    void drop(Node* node)
    {
        const std::size_t place = node->place;
        m_nodes.back()->place = place;
        std::swap(m_nodes[place], m_nodes.back());
        m_nodes.pop_back();
        ++m_stats.dropped;
    }
    void misuse([[maybe_unused]] const char* what)
    {
        ++m_stats.misused;
#ifndef NDEBUG
        std::fprintf(stderr, "pool: %s\n", what);
        std::abort();
#endif
    }

    std::size_t m_mostIdle;
    Reset m_reset;
    std::vector<std::unique_ptr<Node>> m_nodes; ///< all objects, in no order
    std::vector<Node*> m_idle; ///< last released last
    PoolStats m_stats;
};

} // namespace tracedeck
