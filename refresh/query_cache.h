// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/performance_switches.h"
#include "core/result.h"
#include "refresh/cache_counters.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <iterator>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tracedeck {

/// What somebody who asks a QueryCache is content with.
enum class QueryReach : std::uint8_t {
    Kept, ///< a fresh answer, or that of a request in the air
    Newest, ///< a request of its own; it may end with "not modified"
    Bypass, ///< a request of its own that fetches everything anew
    Alone ///< nothing is shared: its answer is kept for nobody and serves nobody else (writes)
};

/// Answers of a source by key, shared: while a request for a key is in the air, everyone else who asks waits for
/// that one; afterwards its answer serves for 15 s (to the nanosecond inclusive, also when it is empty) or until
/// expire(); older ones stay for their ETag and for "304 not modified". A request sent before the last expire()
/// answers only who asked before it. The least recently used of more than `capacity` keys goes. With the switch
/// `queryCache` off every question is Alone. `Value` may be void: a pointer to anything.
/// Thread-safe; waiters run outside the lock, on the thread of complete(). One question costs a map look-up.
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
        /// Whether the cache keeps the value alive. False = only remembers it as long as somebody else does:
        /// for what may be as large as the memory.
        bool keep = true;
    };

    explicit QueryCache(std::size_t capacity = 64, std::chrono::nanoseconds freshness = std::chrono::seconds(15))
        : m_capacity(capacity), m_freshnessNs(freshness.count())
    { }

    /// `asker` names the question for cancel(); 0 = it is never cancelled. `nowNs` is of any clock; one that ran
    /// backwards since the last question proves nothing any more, so it expires everything.
    [[nodiscard]] Decision ask(const std::string& key, std::int64_t nowNs, QueryReach reach, std::uint64_t asker,
                               Waiter waiter)
    {
        const std::lock_guard lock(m_mutex);
        m_counters.asked += reach == QueryReach::Alone ? 0 : 1;
        m_era += nowNs < std::exchange(m_lastAskNs, nowNs) ? 1 : 0;
        if (!performanceSwitches().queryCache) {
            reach = QueryReach::Alone;
        }
        Entry& entry = m_entries[key];
        entry.usedAt = ++m_uses;
        Decision decision;
        decision.value = reach == QueryReach::Kept && isFresh(entry, nowNs) ? entry.known() : nullptr;
        if (decision.value) {
            decision.kind = Decision::Kind::Fresh;
            ++m_counters.fresh;
            return decision;
        }
        Flight* flight = reach == QueryReach::Kept ? entry.joinable(m_era) : nullptr;
        if (flight != nullptr) {
            decision.kind = Decision::Kind::Joined;
            ++m_counters.joined;
        } else {
            flight = &launch(entry, reach);
            decision.etag = flight->held ? flight->etag : std::string();
        }
        decision.flight = flight->id;
        flight->waiters.push_back({asker, std::move(waiter)});
        dropOldest();
        return decision;
    }

    /// Ends a request and calls who waits for it; a good answer also serves those who wait for older requests of
    /// the key, whose own answers are ignored then. A failure reaches only its own waiters and keeps the old value.
    void complete(const std::string& key, std::uint64_t flight, std::int64_t nowNs, Result<Answer> result)
    {
        std::vector<Flight> over; // what they held may be large: it goes outside the lock
        std::optional<Result<Pointer>> outcome;
        {
            const std::lock_guard lock(m_mutex);
            const auto entry = m_entries.find(key);
            if (entry == m_entries.end()) {
                return;
            }
            std::vector<Flight>& flights = entry->second.flights;
            const auto ended =
                std::find_if(flights.begin(), flights.end(), [&](const Flight& one) { return one.id == flight; });
            if (ended == flights.end()) {
                return;
            }
            outcome.emplace(store(entry->second, *ended, nowNs, std::move(result)));
            const bool servesOlder = outcome->ok() && !ended->alone;
            const auto rest = std::stable_partition(flights.begin(), flights.end(), [&](const Flight& one) {
                return one.id != flight && (one.alone || !servesOlder || one.id > flight);
            });
            over.assign(std::make_move_iterator(rest), std::make_move_iterator(flights.end()));
            flights.erase(rest, flights.end());
            dropOldest();
        }
        for (const Flight& one : over) {
            for (const Waiting& waiting : one.waiters) {
                if (waiting.waiter) {
                    waiting.waiter(*outcome);
                }
            }
        }
    }

    /// Lets go of a question. Returns the request nobody waits for any more, to be aborted; 0 = none, others wait
    /// or it has ended.
    [[nodiscard]] std::uint64_t cancel(std::uint64_t asker)
    {
        const std::lock_guard lock(m_mutex);
        for (auto& [key, entry] : m_entries) {
            for (auto flight = entry.flights.begin(); asker != 0 && flight != entry.flights.end(); ++flight) {
                if (std::erase_if(flight->waiters, [&](const Waiting& one) { return one.asker == asker; }) == 0) {
                    continue;
                }
                if (!flight->waiters.empty()) {
                    return 0;
                }
                const std::uint64_t abandoned = flight->id;
                entry.flights.erase(flight);
                return abandoned;
            }
        }
        return 0;
    }

    /// Something changed: nothing kept is fresh any more, nor what requests in the air bring. Values and ETags stay.
    void expire()
    {
        const std::lock_guard lock(m_mutex);
        ++m_era;
    }

    [[nodiscard]] CacheCounters counters() const
    {
        const std::lock_guard lock(m_mutex);
        return m_counters;
    }

    [[nodiscard]] std::size_t size() const
    {
        const std::lock_guard lock(m_mutex);
        return m_entries.size();
    }

private:
    struct Waiting {
        std::uint64_t asker = 0;
        Waiter waiter;
    };
    struct Flight {
        std::uint64_t id = 0; ///< grows: a larger one was sent later
        std::uint64_t era = 0; ///< when it was sent
        bool alone = false;
        Pointer held; ///< what a 304 means; kept alive until the answer is here
        std::string etag; ///< of `held`
        std::vector<Waiting> waiters;
    };
    struct Entry {
        Pointer value; ///< null where only `seen` is kept
        std::weak_ptr<const Value> seen;
        bool keep = true;
        std::string etag;
        std::int64_t atNs = 0;
        std::uint64_t era = 0;
        std::uint64_t usedAt = 0;
        std::vector<Flight> flights;

        [[nodiscard]] Pointer known() const { return value ? value : seen.lock(); }
        [[nodiscard]] Flight* joinable(std::uint64_t sentIn)
        {
            const auto newest =
                std::find_if(flights.rbegin(), flights.rend(), [](const Flight& f) { return !f.alone; });
            return newest == flights.rend() || newest->era != sentIn ? nullptr : &*newest;
        }
    };

    [[nodiscard]] bool isFresh(const Entry& entry, std::int64_t nowNs) const
    {
        return entry.era == m_era && nowNs >= entry.atNs && nowNs - entry.atNs <= m_freshnessNs;
    }

    Flight& launch(Entry& entry, QueryReach reach)
    {
        Flight& flight = entry.flights.emplace_back();
        flight.id = ++m_flights;
        flight.era = m_era;
        flight.alone = reach == QueryReach::Alone;
        if ((reach == QueryReach::Kept || reach == QueryReach::Newest) && !entry.etag.empty()) {
            flight.held = entry.known();
            flight.etag = entry.etag;
        }
        return flight;
    }

    Result<Pointer> store(Entry& entry, const Flight& flight, std::int64_t nowNs, Result<Answer> result)
    {
        if (!result.ok()) {
            return result.error();
        }
        Answer answer = std::move(result).value();
        if (!answer.value) {
            if (!flight.held) {
                return makeError(ErrorCode::Malformed, "", "\"not modified\" for something never sent", "", true);
            }
            ++m_counters.notModified;
            answer = {flight.held, flight.etag, entry.keep};
        }
        if (!flight.alone) {
            entry.seen = answer.value;
            entry.value = answer.keep ? answer.value : nullptr;
            entry.keep = answer.keep;
            entry.etag = std::move(answer.etag);
            entry.atNs = nowNs;
            entry.era = flight.era;
        }
        return answer.value;
    }

    /// Keys nobody can profit from go first.
    void dropOldest()
    {
        std::erase_if(m_entries, [](const auto& one) {
            return one.second.flights.empty() && !one.second.value && one.second.seen.expired();
        });
        while (m_entries.size() > m_capacity) {
            auto oldest = m_entries.end();
            for (auto at = m_entries.begin(); at != m_entries.end(); ++at) {
                const bool older = oldest == m_entries.end() || at->second.usedAt < oldest->second.usedAt;
                oldest = at->second.flights.empty() && older ? at : oldest;
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
    CacheCounters m_counters;
    std::uint64_t m_era = 1; ///< counts what expired everything; 0 = before any
    std::int64_t m_lastAskNs = std::numeric_limits<std::int64_t>::min();
    std::uint64_t m_flights = 0;
    std::uint64_t m_uses = 0;
};

} // namespace tracedeck
