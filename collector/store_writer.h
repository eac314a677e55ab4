// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/ingest_pipeline.h"
#include "collector/store_retention.h"
#include "collector/writer_state.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace tracedeck {

/// The writer thread: stores queued requests in groups (one request at once when nothing else waits, at
/// most kGroupBytes or kGroupNs together under load), runs small jobs between groups and retention in
/// slices. Everything is answered on this thread.
class StoreWriter {
public:
    static constexpr std::size_t kGroupBytes = std::size_t{16} << 20U;
    static constexpr std::int64_t kGroupNs = 100'000'000;

    explicit StoreWriter(std::unique_ptr<WriterState> state);
    ~StoreWriter();
    StoreWriter(const StoreWriter&) = delete;
    StoreWriter& operator=(const StoreWriter&) = delete;

    void submit(IngestRequest request, IngestPipeline::Done done);
    /// Answers everything still queued with `reason` instead of storing it.
    void refuseQueued(const Error& reason);
    using Job = std::function<void(WriterState&)>;
    /// Runs `job` on the writer thread, between groups. False when the writer has stopped.
    bool post(Job job);
    /// The same, and waits for it; on the writer thread itself it runs at once.
    bool runAndWait(const Job& job);
    /// Whether requests or jobs are waiting. Thread-safe.
    [[nodiscard]] bool busy();
    /// Stores what is queued, checkpoints, ends the thread. Later submits are refused.
    void stop();
    /// After stop(): the database was found damaged and must be checked again at the next start.
    [[nodiscard]] bool foundDamage() const { return m_state->corrupt; }

private:
    struct Queued {
        IngestRequest request;
        IngestPipeline::Done done;
    };
    void run();
    void runGroup();
    void runJobs();
    [[nodiscard]] bool takeNext(Queued& into);

    std::unique_ptr<WriterState> m_state;
    StoreRetention m_retention;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Queued> m_queue;
    std::deque<Job> m_jobs;
    bool m_stopping = false;
    std::thread m_thread;
};

} // namespace tracedeck
