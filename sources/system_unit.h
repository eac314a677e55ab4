// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace tracedeck {

/// One unit as the service manager lists it.
struct SystemUnit {
    std::string name; ///< "ssh.service"
    std::string description;
    std::string activeState; ///< "active", "failed", "activating" …
    std::string subState; ///< "running", "auto-restart", "exited" …

    bool operator==(const SystemUnit&) const = default;
};

} // namespace tracedeck
