// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/store_writer.h"

#include "collector/write_group.h"

#include <chrono>
#include <future>
#include <utility>

namespace tracedeck {
namespace {

constexpr auto kRetentionEvery = std::chrono::seconds(30);

Error stoppedError()
{
    return makeError(ErrorCode::Busy, "trace store", "the collector is stopping", {}, true);
}

} // namespace

StoreWriter::StoreWriter(std::unique_ptr<WriterState> state) : m_state(std::move(state)), m_thread([this] { run(); })
{ }

StoreWriter::~StoreWriter()
{
    stop();
}

void StoreWriter::submit(IngestRequest request, IngestPipeline::Done done)
{
    {
        const std::scoped_lock lock(m_mutex);
        if (!m_stopping) {
            m_queue.push_back({std::move(request), std::move(done)});
            m_wake.notify_one();
            return;
        }
    }
    done(stoppedError());
}

void StoreWriter::refuseQueued(const Error& reason)
{
    std::deque<Queued> refused;
    {
        const std::scoped_lock lock(m_mutex);
        refused.swap(m_queue);
    }
    for (Queued& queued : refused) {
        queued.done(reason);
    }
}

bool StoreWriter::post(Job job)
{
    const std::scoped_lock lock(m_mutex);
    if (m_stopping) {
        return false;
    }
    m_jobs.push_back(std::move(job));
    m_wake.notify_one();
    return true;
}

bool StoreWriter::runAndWait(const Job& job)
{
    if (std::this_thread::get_id() == m_thread.get_id()) {
        job(*m_state);
        return true;
    }
    auto finished = std::make_shared<std::promise<void>>();
    std::future<void> waiting = finished->get_future();
    const bool posted = post([&job, finished](WriterState& state) {
        job(state);
        finished->set_value();
    });
    if (posted) {
        waiting.wait();
    }
    return posted;
}

bool StoreWriter::busy()
{
    const std::scoped_lock lock(m_mutex);
    return !m_queue.empty() || !m_jobs.empty();
}

void StoreWriter::stop()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_stopping = true;
        m_wake.notify_one();
    }
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

void StoreWriter::run()
{
    bool removeMore = false;
    while (true) {
        bool work = false;
        bool stopping = false;
        {
            std::unique_lock lock(m_mutex);
            const auto ready = [this] { return m_stopping || !m_queue.empty() || !m_jobs.empty(); };
            if (!removeMore) {
                m_wake.wait_for(lock, kRetentionEvery, ready);
            }
            work = !m_queue.empty() || !m_jobs.empty();
            stopping = m_stopping;
        }
        if (stopping && !work) {
            break;
        }
        if (work) {
            runJobs();
            runGroup();
        }
        if (!stopping) {
            removeMore = m_retention.step(*m_state, !work);
        }
    }
    if (!m_state->corrupt) {
        static_cast<void>(m_state->database.execute("PRAGMA wal_checkpoint(TRUNCATE)"));
    }
}

void StoreWriter::runJobs()
{
    std::deque<Job> jobs;
    {
        const std::scoped_lock lock(m_mutex);
        jobs.swap(m_jobs);
    }
    for (const Job& job : jobs) {
        job(*m_state);
    }
}

bool StoreWriter::takeNext(Queued& into)
{
    const std::scoped_lock lock(m_mutex);
    if (m_queue.empty()) {
        return false;
    }
    into = std::move(m_queue.front());
    m_queue.pop_front();
    return true;
}

void StoreWriter::runGroup()
{
    const auto started = std::chrono::steady_clock::now();
    WriteGroup group(*m_state);
    Queued next;
    while (takeNext(next)) {
        group.add(std::move(next.request), std::move(next.done));
        if (group.bytes() >= kGroupBytes
            || std::chrono::steady_clock::now() - started >= std::chrono::nanoseconds(kGroupNs)) {
            break;
        }
    }
    group.finish();
}

} // namespace tracedeck
