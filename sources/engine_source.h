// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "refresh/decode_timed.h"
#include "refresh/source.h"
#include "refresh/workload_access.h"
#include "sources/engine_endpoint.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_set>

class QThread;

namespace tracedeck {

class ClientMailbox;
class EngineLink;

/// What an engine source is called and where it is.
struct EngineSetup {
    std::string instance; ///< stable: "docker:unix"
    std::string label; ///< "Docker"
    EngineEndpoint endpoint;
    std::string localHostname; ///< of this machine; empty = the engine is elsewhere
    std::string localMachineId;
};

/// A Docker or Podman engine: its host and its containers. Transfers run on the I/O thread given, decoding
/// on the thread pool. Between polls it follows the engine's events and says when there is news. Nothing
/// is ever sent to the engine but GET.
class EngineSource final : public FleetSource, public WorkloadAccess, public DecodeTimed {
public:
    /// `ioThread` runs an event loop and outlives this object.
    EngineSource(EngineSetup setup, QThread& ioThread);
    ~EngineSource() override;

    [[nodiscard]] std::string instance() const override;
    [[nodiscard]] std::string label() const override;
    [[nodiscard]] std::chrono::milliseconds cadence() const override;
    void fetch(const FetchRequest& request, Done done) override;
    void cancel() override;
    [[nodiscard]] std::int64_t lastDecodeNs() const override { return m_shared->decoded.lastNs(); }
    [[nodiscard]] bool isPushing() const override;
    void setNewsListener(std::function<void()> listener) override;

    [[nodiscard]] bool knowsContainer(const std::string& containerId) const override;
    void inspect(const std::string& containerId, InspectDone done) override;
    LogHandle openLog(const std::string& containerId, const LogRequest& request, LogSink sink) override;

    /// State shared with the link, which lives on the I/O thread and may live longer.
    struct Shared {
        std::mutex mutex;
        std::unordered_set<std::string> containers;
        std::function<void()> news;
        std::atomic<bool> pushing{false};
        DecodeMeter decoded;
    };

private:
    EngineSetup m_setup;
    std::shared_ptr<Shared> m_shared;
    std::shared_ptr<ClientMailbox> m_mailbox; ///< of the link
    EngineLink* m_link; ///< lives on the I/O thread and is deleted there
};

} // namespace tracedeck
