// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/collector.h"
#include "core/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace tracedeck {

/// What the command line of tracedeck-collector asks for.
struct CollectorArguments {
    CollectorOptions options;
    bool help = false;
    bool version = false;
};

/// Reads the arguments after the program name. `defaultDataDir` is used without --data-dir.
/// InvalidArgument names the argument and what was expected.
[[nodiscard]] Result<CollectorArguments> parseCollectorArguments(const std::vector<std::string>& arguments,
                                                                 const std::string& defaultDataDir);
[[nodiscard]] std::string_view collectorUsage();

} // namespace tracedeck
