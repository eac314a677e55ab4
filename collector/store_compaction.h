// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/quiet_traces.h"
#include "collector/reader_pool.h"
#include "collector/span_id_cache.h"
#include "collector/store_writer.h"
#include "collector/trace_reader.h"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace tracedeck {

/// Makes the summaries of traces exact that came in several requests, without anybody reading them. Most
/// have no span twice, so their sums are right and only need to be confirmed; the others are counted anew.
/// Works on a thread and a reading connection of its own, in batches, while nothing waits to be stored.
/// What an earlier run left is found by a sweep at the start.
class StoreCompaction {
public:
    static constexpr std::int64_t kQuietNs = 2'000'000'000; ///< a trace that still grows is left alone
    static constexpr std::size_t kBatch = 128;
    static constexpr const char* kLastTraceRow = "SELECT coalesce(max(id), 0) FROM trace";

    /// References outlive the object. `now` is the store's clock; `lastRow` the largest row id of the table `trace`
    /// that an earlier run left, beyond which the first sweep does not look: those traces may still grow.
    StoreCompaction(std::string databasePath, StoreWriter& writer, std::function<std::int64_t()> now,
                    std::int64_t lastRow);
    ~StoreCompaction();
    StoreCompaction(const StoreCompaction&) = delete;
    StoreCompaction& operator=(const StoreCompaction&) = delete;

    /// Requests were added to these traces, whose summaries are not exact now. Thread-safe, cheap.
    void touched(const std::vector<TraceId>& traces);

private:
    /// What was found out about one trace.
    struct Finding {
        TraceId trace;
        std::uint32_t partCount = 0;
        std::optional<ExactSummary> recount; ///< none: no span occurs twice, the stored sums are right
    };
    struct Known {
        bool exact = false;
        std::uint32_t partCount = 0;
        std::uint32_t spans = 0;
        std::vector<TracePart> parts;
    };
    void run();
    [[nodiscard]] bool waitForWork(std::vector<TraceId>& batch);
    void sweep();
    [[nodiscard]] std::optional<Finding> look(const TraceId& trace);
    [[nodiscard]] std::optional<Known> find(const TraceId& trace);
    void apply(const std::vector<Finding>& findings);

    std::string m_path;
    StoreWriter& m_writer;
    std::function<std::int64_t()> m_now;
    std::unique_ptr<StoreReader> m_reader; ///< own thread only
    SpanIdCache m_cache;
    std::int64_t m_sweepFrom = 0; ///< row id; own thread only
    std::int64_t m_sweepTo;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    QuietTraces m_waiting; ///< under m_mutex
    bool m_sweepNeeded = false; ///< under m_mutex; too many waited and were forgotten
    std::atomic<bool> m_stopping{false};
    std::thread m_thread;
};

} // namespace tracedeck
