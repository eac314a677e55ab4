// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

namespace tracedeck {

/// A fleet source that can say how much of a fetch was decoding: turning what was read into tables.
class DecodeTimed {
public:
    DecodeTimed() = default;
    DecodeTimed(const DecodeTimed&) = delete;
    DecodeTimed& operator=(const DecodeTimed&) = delete;
    virtual ~DecodeTimed() = default;

    /// Of the newest answer, in ns. Any thread.
    [[nodiscard]] virtual std::int64_t lastDecodeNs() const = 0;
};

/// Adds up the pieces of one answer's decoding, which may happen on several workers. Thread-safe.
class DecodeMeter {
public:
    /// Counts from its construction to its destruction.
    class Piece {
    public:
        explicit Piece(DecodeMeter& meter) : m_meter(meter), m_begin(std::chrono::steady_clock::now()) { }
        ~Piece()
        {
            m_meter.m_runningNs +=
                std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now() - m_begin)
                    .count();
        }
        Piece(const Piece&) = delete;
        Piece& operator=(const Piece&) = delete;

    private:
        DecodeMeter& m_meter;
        std::chrono::steady_clock::time_point m_begin;
    };

    /// The answer is complete: what was counted since the last one is its time.
    void finishAnswer() { m_lastNs = m_runningNs.exchange(0); }
    [[nodiscard]] std::int64_t lastNs() const { return m_lastNs; }

private:
    std::atomic<std::int64_t> m_runningNs{0};
    std::atomic<std::int64_t> m_lastNs{0};
};

} // namespace tracedeck
