// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "refresh/decode_timed.h"
#include "refresh/source.h"
#include "sources/engine_endpoint.h"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

class QThread;

namespace tracedeck {

class HistorySource;
class PulseHistory;
class PulseLink;

/// What a Pulse source is called, where it is and how to be let in.
struct PulseSetup {
    std::string instance; ///< stable: "pulse:home"
    std::string label;
    EngineEndpoint endpoint; ///< Tcp or Tls
    QString path; ///< in front of "/api": "" or "/pulse"
    QString token; ///< right needed: monitoring:read
};

/// How the server's record of a row is found.
struct PulseHistoryRow {
    RowKey key = 0;
    std::string type; ///< of its metrics target; empty = it has none
    std::string id;
    std::vector<std::string> courses; ///< ids its charts may stand under, likeliest first
};

/// A Pulse server: all hosts and workloads it collects, page by page, with live rows from its socket in
/// between. Transfers run on the I/O thread given, decoding on a worker. Nothing is ever written to it.
class PulseSource final : public FleetSource, public DecodeTimed {
public:
    /// `ioThread` runs an event loop and outlives this object.
    PulseSource(PulseSetup setup, QThread& ioThread);
    ~PulseSource() override;

    [[nodiscard]] std::string instance() const override;
    [[nodiscard]] std::string label() const override;
    [[nodiscard]] std::chrono::milliseconds cadence() const override;
    void fetch(const FetchRequest& request, Done done) override;
    void cancel() override;
    [[nodiscard]] std::int64_t lastDecodeNs() const override { return m_shared->decoded.lastNs(); }
    [[nodiscard]] bool isPushing() const override;
    void setNewsListener(std::function<void()> listener) override;

    /// State shared with the link, which lives on the I/O thread and may live longer.
    struct Shared {
        std::mutex mutex;
        std::function<void()> news;
        std::atomic<bool> pushing{false};
        DecodeMeter decoded;
        std::shared_ptr<const std::vector<PulseHistoryRow>> historyRows; ///< of the tables built last, under mutex
    };

    /// What the server kept of its rows; may outlive this source and then gives nothing.
    [[nodiscard]] std::shared_ptr<HistorySource> history() const;

private:
    PulseSetup m_setup;
    std::shared_ptr<Shared> m_shared;
    std::shared_ptr<PulseHistory> m_history;
    PulseLink* m_link; ///< lives on the I/O thread and is deleted there
};

} // namespace tracedeck
