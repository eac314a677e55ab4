// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace tracedeck::stress {

/// A mistake the driver makes on purpose, to prove that its books would show it.
enum class PlantedFault : std::uint8_t { None, Loss, Duplicate, Gap };

/// What to run. Everything is bounded: see the limits in parseStressOptions().
struct StressOptions {
    std::string scenario; ///< "ws" or "ingest"
    std::size_t clients = 120; ///< ws: push clients; ingest: senders
    std::chrono::milliseconds duration{30'000};
    std::size_t perClientCap = 12; ///< ws: push connections of one token
    std::size_t rate = 100; ///< ws: traces a second, over all producers
    std::size_t slowClients = 0; ///< ws: clients that stop reading until the end
    std::chrono::milliseconds stagger{10}; ///< ws: between two connection attempts
    std::chrono::milliseconds settle{20'000}; ///< ws: how long the last changes may take
    std::size_t spansPerBody = 512; ///< ingest
    std::string listenHost = "127.0.0.1";
    PlantedFault planted = PlantedFault::None;
    bool help = false;

    /// Tokens the clients are spread over: as many as the cap makes necessary.
    [[nodiscard]] std::size_t tokens() const { return (clients + perClientCap - 1) / perClientCap; }
};

/// Reads the command line after the program name. InvalidArgument for anything unknown or out of bounds
/// (clients 1 to 1000, duration 1 to 600 s, rate 1 to 20000 a second, rate times duration at most a
/// million) and PermissionDenied for a host that is not loopback.
[[nodiscard]] Result<StressOptions> parseStressOptions(const std::vector<std::string>& arguments);
[[nodiscard]] std::string stressUsage();

} // namespace tracedeck::stress
