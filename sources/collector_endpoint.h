// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace tracedeck {

/// Where a collector is and how to be let in.
struct CollectorEndpoint {
    std::string address; ///< "127.0.0.1:4318"
    std::string token; ///< content of its token file
    bool tls = false;
    std::string label; ///< for people; empty = "Collector ADDRESS"
    /// SHA-256 of its certificate in hex, which then counts as good whoever signed it; empty = as the system says.
    std::string fingerprint{};
};

} // namespace tracedeck
