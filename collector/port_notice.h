// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace tracedeck {

/// User sentence for a port another program holds: what does not arrive, and the environment line that
/// sends it to where we serve instead.
[[nodiscard]] std::string httpPortNotice(const std::string& wanted, const std::string& served);
[[nodiscard]] std::string grpcPortNotice(const std::string& wanted, const std::string& served);
/// Said once the port became free and is served as well.
[[nodiscard]] std::string portRegainedNotice(const std::string& wanted);

} // namespace tracedeck
