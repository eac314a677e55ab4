// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <string>

namespace tracedeck {

/// Carries a body from a worker that produces it to the I/O thread that writes it, with at most
/// `maxBytes` (plus one piece) in memory: the worker waits for the network, the network never for the
/// worker.
class ChunkPipe {
public:
    enum class Next { Chunk, Nothing, End };

    ChunkPipe(std::size_t maxBytes, std::chrono::milliseconds stallLimit);

    /// Called on the producer's thread whenever there is something for pop(). Set before use.
    void setReadable(std::function<void()> readable);
    /// Producer: false when the reader is gone or took nothing for the stall limit.
    [[nodiscard]] bool push(std::string&& chunk);
    /// Producer: nothing more comes.
    void finish(Result<void> outcome);
    /// Reader: never blocks.
    [[nodiscard]] Next pop(std::string& chunk);
    /// Reader: how the producer ended; valid after End.
    [[nodiscard]] Result<void> outcome() const;
    /// Reader: wakes and ends the producer.
    void close();

private:
    mutable std::mutex m_mutex;
    std::condition_variable m_space;
    std::deque<std::string> m_chunks;
    std::function<void()> m_readable;
    std::size_t m_bytes = 0;
    std::size_t m_maxBytes;
    std::chrono::milliseconds m_stallLimit;
    bool m_closed = false;
    bool m_finished = false;
    Result<void> m_outcome;
};

} // namespace tracedeck
