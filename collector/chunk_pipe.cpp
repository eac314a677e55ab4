// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/chunk_pipe.h"

#include <utility>

namespace tracedeck {

ChunkPipe::ChunkPipe(std::size_t maxBytes, std::chrono::milliseconds stallLimit)
    : m_maxBytes(maxBytes), m_stallLimit(stallLimit)
{ }

void ChunkPipe::setReadable(std::function<void()> readable)
{
    m_readable = std::move(readable);
}

bool ChunkPipe::push(std::string&& chunk)
{
    if (chunk.empty())
        return true;
    {
        std::unique_lock lock(m_mutex);
        // The limit restarts with every piece the reader takes, so only a reader that stands still is cut.
        std::size_t seen = m_bytes;
        while (!m_closed && m_bytes >= m_maxBytes) {
            if (m_space.wait_for(lock, m_stallLimit) == std::cv_status::timeout && m_bytes == seen)
                return false;
            seen = m_bytes;
        }
        if (m_closed)
            return false;
        m_bytes += chunk.size();
        m_chunks.push_back(std::move(chunk));
    }
    m_readable();
    return true;
}

void ChunkPipe::finish(Result<void> outcome)
{
    {
        const std::lock_guard lock(m_mutex);
        m_finished = true;
        m_outcome = std::move(outcome);
    }
    m_readable();
}

ChunkPipe::Next ChunkPipe::pop(std::string& chunk)
{
    const std::lock_guard lock(m_mutex);
    if (m_chunks.empty())
        return m_finished ? Next::End : Next::Nothing;
    chunk = std::move(m_chunks.front());
    m_chunks.pop_front();
    m_bytes -= chunk.size();
    m_space.notify_one();
    return Next::Chunk;
}

Result<void> ChunkPipe::outcome() const
{
    const std::lock_guard lock(m_mutex);
    return m_outcome;
}

void ChunkPipe::close()
{
    const std::lock_guard lock(m_mutex);
    m_closed = true;
    m_chunks.clear();
    m_bytes = 0;
    m_space.notify_all();
}

} // namespace tracedeck
