// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet_snapshot.h"
#include "formats/pulse_json.h"
#include "sources/pulse_source.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace tracedeck {

/// Everything known of one Pulse server's estate and the tables made of it: the rich rows of its pages
/// with the thin live rows of its socket over them. Plain C++, one thread at a time.
class PulseBook {
public:
    explicit PulseBook(std::string instance) : m_instance(std::move(instance)) { }

    /// A complete set of pages, in order; of resources with one id the first wins.
    void takePages(std::vector<PulsePage> pages);
    /// The socket's state; see PulseLiveState.
    [[nodiscard]] PulseLiveState& live() noexcept { return m_live; }
    /// Whether not one live row is among the pages though both have rows: the socket talks about another
    /// estate (organisation).
    [[nodiscard]] bool liveIsForeign() const;
    [[nodiscard]] bool hasPages() const noexcept { return m_hasPages; }
    [[nodiscard]] FleetSnapshot build(std::int64_t nowNs);
    /// Where the server keeps the history of the rows built last.
    [[nodiscard]] std::shared_ptr<const std::vector<PulseHistoryRow>> historyRows() const { return m_historyRows; }

private:
    struct Kept {
        PulseResource resource;
        std::string raw;
    };
    [[nodiscard]] std::vector<PulseResource> merged() const;
    [[nodiscard]] std::int64_t startOf(const PulseResource& resource, std::int64_t nowNs);

    std::string m_instance;
    std::vector<Kept> m_rest;
    std::unordered_map<std::string, std::int64_t> m_starts; ///< so that an uptime that ticks changes no row
    PulseLiveState m_live;
    std::shared_ptr<const std::vector<PulseHistoryRow>> m_historyRows;
    std::uint64_t m_duplicates = 0;
    bool m_hasPages = false;
};

} // namespace tracedeck
