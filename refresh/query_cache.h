// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/performance_switches.h"
#include "core/result.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tracedeck {

/// Answers of a source by key, shared: while a request for a key is in the air, everyone else who asks
/// waits for that one; afterwards its answer serves for 15 s (to the nanosecond inclusive, also when it
/// is empty); older ones stay for their ETag and for "304 not modified". The least recently used of more
/// than `capacity` keys goes. Thread-safe; callbacks run outside the lock, on the thread of complete().
template <class Value> class QueryCache {
public:
    using Pointer = std::shared_ptr<const Value>;
    using Waiter = std::function<void(const Result<Pointer>&)>;

    /// What the caller has to do.
    struct Decision {
        enum class Kind : std::uint8_t {
            Fresh, ///< `value` is the answer; the waiter was not kept
            Joined, ///< the waiter is called when the running request ends
            Fetch ///< the same, and the caller must send the request and call complete() with `flight`
        };
        Kind kind = Kind::Fetch;
        Pointer value;
        std::string etag; ///< to send as If-None-Match; empty = none
        std::uint64_t flight = 0;
    };
    /// How a request ended well: a new value with its ETag, or nothing new (304).
    struct Answer {
        Pointer value; ///< null = not modified
        std::string etag;
    };

    explicit QueryCache(std::size_t capacity = 64, std::chrono::nanoseconds freshness = std::chrono::seconds(15))
        : m_capacity(capacity), m_freshnessNs(freshness.count())
    { }

    /// `bypass` does not take a kept answer and does not join a request that others sent before.
    [[nodiscard]] Decision ask(const std::string& key, std::int64_t nowNs, bool bypass, Waiter waiter)
    {
        const std::lock_guard lock(m_mutex);
        Entry& entry = m_entries[key];
        entry.usedAt = ++m_uses;
        Decision decision;
        const bool keeps = performanceSwitches().queryCache;
        if (keeps && !bypass && entry.value && nowNs >= entry.atNs && nowNs - entry.atNs <= m_freshnessNs) {
            decision.kind = Decision::Kind::Fresh;
            decision.value = entry.value;
            return decision;
        }
        entry.waiters.push_back(std::move(waiter));
        if (entry.flight != 0 && !bypass) {
            decision.kind = Decision::Kind::Joined;
            decision.flight = entry.flight;
            return decision;
        }
        entry.flight = ++m_flights;
        decision.flight = entry.flight;
        decision.etag = bypass || !keeps ? std::string() : entry.etag;
        dropOldest();
        return decision;
    }

    /// Ends a request. Only the newest request of a key stores and calls the waiters (those of the older
    /// ones wait for it too); an answer that comes too late is ignored. A failure keeps the old value.
    void complete(const std::string& key, std::uint64_t flight, std::int64_t nowNs, Result<Answer> result)
    {
        std::vector<Waiter> waiters;
        std::optional<Result<Pointer>> outcome;
        {
            const std::lock_guard lock(m_mutex);
            const auto found = m_entries.find(key);
            if (found == m_entries.end() || flight == 0 || found->second.flight != flight) {
                return;
            }
            Entry& entry = found->second;
            entry.flight = 0;
            waiters.swap(entry.waiters);
            outcome.emplace(store(entry, nowNs, std::move(result)));
        }
        for (const Waiter& waiter : waiters) {
            if (waiter) {
                waiter(*outcome);
            }
        }
    }

    /// Forgets values and ETags; running requests go on.
    void clear()
    {
        const std::lock_guard lock(m_mutex);
        for (auto at = m_entries.begin(); at != m_entries.end();) {
            at->second.value.reset();
            at->second.etag.clear();
            at = at->second.flight == 0 ? m_entries.erase(at) : std::next(at);
        }
    }

    [[nodiscard]] std::size_t size() const
    {
        const std::lock_guard lock(m_mutex);
        return m_entries.size();
    }

private:
    struct Entry {
        Pointer value;
        std::string etag;
        std::int64_t atNs = 0;
        std::uint64_t flight = 0; ///< 0 = none in the air
        std::uint64_t usedAt = 0;
        std::vector<Waiter> waiters;
    };

    static Result<Pointer> store(Entry& entry, std::int64_t nowNs, Result<Answer> result)
    {
        if (!result.ok()) {
            return result.error();
        }
        Answer answer = std::move(result).value();
        if (answer.value) {
            entry.value = std::move(answer.value);
            entry.etag = std::move(answer.etag);
        } else if (!entry.value) {
            return makeError(ErrorCode::Malformed, "", "\"not modified\" for something never sent", "", true);
        }
        entry.atNs = nowNs;
        return entry.value;
    }

    void dropOldest()
    {
        while (m_entries.size() > m_capacity) {
            auto oldest = m_entries.end();
            for (auto at = m_entries.begin(); at != m_entries.end(); ++at) {
                const bool older = oldest == m_entries.end() || at->second.usedAt < oldest->second.usedAt;
                oldest = at->second.flight == 0 && older ? at : oldest;
            }
            if (oldest == m_entries.end()) {
                return; // every key has a request in the air
            }
            m_entries.erase(oldest);
        }
    }

    mutable std::mutex m_mutex;
    std::size_t m_capacity;
    std::int64_t m_freshnessNs;
    std::map<std::string, Entry> m_entries;
    std::uint64_t m_flights = 0;
    std::uint64_t m_uses = 0;
};

} // namespace tracedeck
