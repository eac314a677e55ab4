// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/store_counters.h"
#include "core/store_status.h"

#include <cstdint>
#include <mutex>
#include <string>

namespace tracedeck {

/// What status() answers: the committed counters and the state of the store, readable without touching
/// the database. Thread-safe.
class StatusBoard {
public:
    void setLimits(std::int64_t retentionNs, std::uint64_t retentionBytes);
    void publish(const StoreCounters& counters, std::uint64_t databaseBytes);
    /// Empty when the store takes data again.
    void setProblem(const std::string& sentence, bool readOnly);
    /// Counts refused records (or bodies); stored with the next commit.
    void noteRejected(std::uint64_t count, const std::string& reason, std::int64_t nowNs);
    [[nodiscard]] std::uint64_t unstoredRejections() const;
    void rejectionsStored(std::uint64_t count);

    [[nodiscard]] StoreStatus status() const;
    [[nodiscard]] StoreCounters counters() const;

private:
    mutable std::mutex m_mutex;
    StoreCounters m_counters;
    StoreStatus m_status;
    std::uint64_t m_unstoredRejections = 0;
};

} // namespace tracedeck
