// SPDX-License-Identifier: GPL-3.0-or-later
#include "refresh/fetch_pool.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace tracedeck {

struct FetchPool::State {
    std::mutex mutex;
    std::condition_variable changed;
    std::deque<std::function<void()>> queue;
    std::size_t limit = 1;
    std::size_t threads = 0; ///< alive
    std::size_t idle = 0;
    bool stopped = false;
};

FetchPool::FetchPool(std::size_t threads) : m_state(std::make_shared<State>())
{
    m_state->limit = std::max<std::size_t>(threads, 1);
}

FetchPool::~FetchPool()
{
    (void)stop(std::chrono::milliseconds(1500));
}

void FetchPool::run(std::function<void()> work_)
{
    bool startThread = false;
    {
        const std::lock_guard lock(m_state->mutex);
        if (m_state->stopped) {
            return;
        }
        m_state->queue.push_back(std::move(work_));
        startThread = m_state->idle < m_state->queue.size() && m_state->threads < m_state->limit;
        m_state->threads += startThread ? 1 : 0;
    }
    if (startThread) {
        // Detached, but counted: stop() waits for the count, with an end to its patience.
        std::thread([state = m_state] { work(state); }).detach();
    } else {
        m_state->changed.notify_one();
    }
}

bool FetchPool::stop(std::chrono::milliseconds patience)
{
    std::deque<std::function<void()>> dropped; // destroyed outside the lock
    std::unique_lock lock(m_state->mutex);
    m_state->stopped = true;
    dropped.swap(m_state->queue);
    m_state->changed.notify_all();
    return m_state->changed.wait_for(lock, patience, [this] { return m_state->threads == 0; });
}

void FetchPool::work(const std::shared_ptr<State>& state)
{
    std::unique_lock lock(state->mutex);
    while (!state->stopped) {
        if (state->queue.empty()) {
            ++state->idle;
            state->changed.wait(lock, [&] { return state->stopped || !state->queue.empty(); });
            --state->idle;
            continue;
        }
        std::function<void()> next = std::move(state->queue.front());
        state->queue.pop_front();
        lock.unlock();
        next();
        next = nullptr; // what it holds is released outside the lock
        lock.lock();
    }
    --state->threads;
    state->changed.notify_all();
}

} // namespace tracedeck
