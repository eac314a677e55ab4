// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "perf/stress/delivery_ledger.h"
#include "perf/stress/stress_options.h"
#include "perf/stress/stress_socket.h"
#include "perf/stress/websocket_frames.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace tracedeck::stress {

/// When each trace was sent, on the steady clock; written by producers, read by the reader thread.
class SendTimes {
public:
    explicit SendTimes(std::size_t mostTraces) : m_times(mostTraces + 1) { }
    void sent(std::uint64_t number, std::int64_t nowNs) { m_times[number].store(nowNs, std::memory_order_relaxed); }
    [[nodiscard]] std::int64_t at(std::uint64_t number) const
    {
        return m_times[number].load(std::memory_order_relaxed);
    }
    [[nodiscard]] std::size_t capacity() const { return m_times.size() - 1; }

private:
    std::vector<std::atomic<std::int64_t>> m_times;
};

[[nodiscard]] std::int64_t steadyNowNs();

/// All push clients of a run, read by one thread. Slow clients are read only after release().
class PushClients {
public:
    PushClients(const SendTimes& times, PlantedFault planted) : m_times(times), m_planted(planted) { }
    ~PushClients();
    PushClients(const PushClients&) = delete;
    PushClients& operator=(const PushClients&) = delete;

    /// Connects one more client; the answer to its upgrade request. Before start() only.
    [[nodiscard]] HttpAnswer connect(const std::string& address, const std::string& token, bool slow);
    void start();
    /// Slow clients read from here on.
    void release() { m_released = true; }
    /// Whether every client that reads has its first message.
    [[nodiscard]] bool allOpened() const;
    /// Whether every client accounts for `produced` traces, or has the last one, behind which none can come.
    [[nodiscard]] bool allSettled(std::uint64_t produced, std::uint64_t last) const;
    void stop();

    struct Client {
        StressSocket socket;
        WebSocketFrames frames;
        DeliveryLedger ledger;
        bool slow = false;
        bool gone = false; ///< closed, or it sent what is no WebSocket message
    };
    /// After stop() only.
    [[nodiscard]] const std::vector<std::unique_ptr<Client>>& clients() const { return m_clients; }
    [[nodiscard]] const std::vector<std::int64_t>& latencies() const { return m_latencies; }
    [[nodiscard]] std::uint64_t errors() const { return m_errors; }

private:
    void run();
    void readFrom(Client& client);
    void takeFrames(Client& client);
    void takeText(Client& client, const std::string& text);

    const SendTimes& m_times;
    PlantedFault m_planted;
    std::vector<std::unique_ptr<Client>> m_clients;
    mutable std::mutex m_mutex; ///< ledgers, while the thread runs
    std::vector<std::int64_t> m_latencies;
    std::uint64_t m_errors = 0;
    std::uint64_t m_texts = 0;
    std::atomic<bool> m_stopping{false};
    std::atomic<bool> m_released{false};
    std::thread m_thread;
};

} // namespace tracedeck::stress
