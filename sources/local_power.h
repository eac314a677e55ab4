// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/local_file_reader.h"

#include <optional>

namespace tracedeck {

/// Whether this machine runs on its battery, as /sys/class/power_supply says; nothing when it has none.
/// Batteries of devices (mice, headsets) do not count; a supply that is online does. Some drivers take
/// milliseconds to answer: not for the GUI thread.
[[nodiscard]] std::optional<bool> readOnBattery(LocalFileReader& files);

} // namespace tracedeck
