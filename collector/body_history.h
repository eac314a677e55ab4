// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/ingest_pipeline.h"
#include "collector/sqlite_statement.h"

#include <array>
#include <cstdint>
#include <deque>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tracedeck {

/// XXH3-128 of a body, seeded with its signal and encoding.
struct BodyHash {
    std::array<std::uint64_t, 2> words{};
    bool operator==(const BodyHash&) const = default;
};
[[nodiscard]] BodyHash hashBody(OtlpSignal signal, OtlpEncoding encoding, std::string_view body);

/// The bodies accepted within the last 10 minutes, so that an exact retry is answered as the first time
/// and not stored again, also after a restart. Writer thread only. Additions are pending until publish().
class BodyHistory {
public:
    static constexpr std::int64_t kWindowNs = std::int64_t{600} * 1'000'000'000;
    /// Beyond this many the oldest are forgotten early; a repeat is then still removed when traces are read.
    static constexpr std::size_t kMaxEntries = 500'000;

    [[nodiscard]] Result<void> load(Database& database, std::int64_t nowNs);
    /// The first answer when `hash` was accepted within the window, also in the running transaction.
    [[nodiscard]] const IngestOutcome* find(const BodyHash& hash, std::int64_t nowNs) const;
    void add(const BodyHash& hash, std::int64_t nowNs, const IngestOutcome& outcome);
    /// Writes additions and removes what is too old, inside the running transaction.
    [[nodiscard]] Result<void> store(Database& database, std::int64_t nowNs);
    void publish();
    void drop();
    /// For clear(): what was sent before may be sent again. Inside the running transaction; should that
    /// fail, repeats are stored and removed when read.
    [[nodiscard]] Result<void> forgetAll(Database& database);

private:
    struct Hasher {
        std::size_t operator()(const BodyHash& hash) const noexcept { return hash.words[0]; }
    };
    struct Entry {
        std::int64_t receivedNs = 0;
        std::int64_t row = 0;
        IngestOutcome outcome;
    };
    struct Age {
        BodyHash hash;
        std::int64_t receivedNs = 0;
        std::int64_t row = 0;
    };
    [[nodiscard]] bool expired(const Age& age, std::int64_t nowNs) const;

    std::unordered_map<BodyHash, Entry, Hasher> m_entries;
    std::deque<Age> m_ages; ///< committed, oldest first
    std::vector<BodyHash> m_added;
    std::size_t m_expiring = 0;
    std::int64_t m_lastRow = 0;
};

} // namespace tracedeck
