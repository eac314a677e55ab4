// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet_snapshot.h"
#include "formats/engine_json.h"
#include "sources/engine_rates.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tracedeck {

/// Who an engine is, as rows name it.
struct EngineIdentity {
    std::string instance; ///< of the source: "docker:unix"
    std::string runtime = "docker"; ///< "docker" or "podman"
    std::string apiVersion; ///< "1.41"
    std::string localHostname; ///< of this machine, when the engine is known to run on it
    std::string localMachineId;
};

/// Everything known about one engine's containers, and the tables made of it. Fed with answers as they
/// come; an answer that does not decode is refused and changes nothing. Plain C++, one thread at a time.
class EngineBook {
public:
    explicit EngineBook(EngineIdentity identity) : m_identity(std::move(identity)) { }

    void setIdentity(EngineIdentity identity) { m_identity = std::move(identity); }
    [[nodiscard]] const EngineIdentity& identity() const noexcept { return m_identity; }

    Result<void> takeInfo(std::string_view json);
    Result<void> takeImages(std::string_view json);
    /// The list decides which containers there are; what is known of others is forgotten.
    Result<void> takeList(std::string_view json);
    Result<void> takeStats(const std::string& id, std::string_view json, std::int64_t receivedNs);
    Result<void> takePodmanStats(std::string_view json, std::int64_t receivedNs);
    Result<void> takeInspect(const std::string& id, std::string_view json);
    /// The engine does not know it any more, or does not answer for it: its numbers go, its row stays
    /// until the list says otherwise.
    void forgetSample(const std::string& id);
    /// An event about a container: what was learned by inspecting it may be old.
    void noteChanged(const std::string& id);

    /// Running containers, those whose sample is oldest first.
    [[nodiscard]] std::vector<std::string> wantStats() const;
    /// Containers to inspect: running or lately exited ones that changed since; at most `most`.
    [[nodiscard]] std::vector<std::string> wantInspect(std::size_t most) const;
    [[nodiscard]] const std::vector<std::string>& containerIds() const noexcept { return m_order; }
    /// An image nobody has listed yet.
    [[nodiscard]] bool wantImages() const;

    [[nodiscard]] FleetSnapshot build(std::int64_t nowNs) const;

private:
    struct Known {
        EngineContainer listed;
        std::optional<EngineInspect> inspected;
        std::string inspectedState; ///< what the list said when it was inspected
        std::optional<EngineSample> sample;
        EngineRates rates;
        std::int64_t sampledAtNs = 0;
        bool changed = true;
    };
    void takeSample(Known& known, EngineSample sample, std::int64_t receivedNs);
    [[nodiscard]] std::string hostId() const;
    [[nodiscard]] InfrastructureTable buildHost() const;
    void fillTexts(WorkloadTable& table, std::size_t row, const Known& known) const;
    void fillNumbers(WorkloadTable& table, std::size_t row, const Known& known) const;
    void fillDetails(WorkloadTable& table, const Known& known) const;

    EngineIdentity m_identity;
    EngineInfo m_info;
    std::unordered_map<std::string, std::int64_t> m_images;
    std::vector<std::string> m_order; ///< as listed
    std::unordered_map<std::string, Known> m_known;
    std::uint64_t m_duplicates = 0;
};

} // namespace tracedeck
