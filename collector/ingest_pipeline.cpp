// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/ingest_pipeline.h"

#include "collector/trace_store_impl.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <utility>

namespace tracedeck {
namespace {

// A request costs memory besides its body.
constexpr std::size_t kRequestOverhead = 512;

} // namespace

struct IngestPipeline::State {
    State(StoreWriter& storeWriter, IngestLimits ingestLimits) : writer(storeWriter), limits(ingestLimits) { }

    StoreWriter& writer;
    IngestLimits limits;
    std::mutex mutex;
    std::condition_variable drained;
    std::size_t bytes = 0; ///< waiting or being stored
    std::size_t requests = 0;
    bool stopped = false;

    bool reserve(std::size_t size)
    {
        const std::scoped_lock lock(mutex);
        // A single body over the limit is let through when nothing else waits: its size was checked before.
        if (stopped || (requests > 0 && bytes + size > limits.queueBytes)) {
            return false;
        }
        bytes += size;
        ++requests;
        return true;
    }
    void release(std::size_t size)
    {
        const std::scoped_lock lock(mutex);
        bytes -= size;
        --requests;
        if (requests == 0) {
            drained.notify_all();
        }
    }
};

IngestPipeline::IngestPipeline(TraceStore& store, IngestLimits limits)
    : m_state(std::make_unique<State>(*store.impl().writer, limits))
{ }

IngestPipeline::~IngestPipeline()
{
    stop();
}

void IngestPipeline::submit(IngestRequest request, Done done)
{
    const std::size_t size = request.body.size() + kRequestOverhead;
    if (!m_state->reserve(size)) {
        done(makeError(ErrorCode::Busy, "ingest", "the queue is full", "Try again in a second.", true));
        return;
    }
    State& state = *m_state;
    state.writer.submit(std::move(request), [&state, size, done = std::move(done)](Result<IngestOutcome> outcome) {
        done(std::move(outcome));
        state.release(size);
    });
}

void IngestPipeline::stop()
{
    std::unique_lock lock(m_state->mutex);
    m_state->stopped = true;
    const auto idle = [this] { return m_state->requests == 0; };
    if (!m_state->drained.wait_for(lock, kDrainTime, idle)) {
        lock.unlock();
        m_state->writer.refuseQueued(
            makeError(ErrorCode::Busy, "ingest", "the collector is stopping", "Try again in a second.", true));
        lock.lock();
        m_state->drained.wait(lock, idle); // at most the group under way
    }
}

} // namespace tracedeck
