// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/span_table.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tracedeck {

/// Colours a theme has for services.
inline constexpr std::size_t kServiceColors = 8;

/// Number of a colour (0 … kServiceColors-1) for each resource of a trace. Resources of one service share
/// one; two services share one only when there are more services than colours. A service prefers the
/// colour its name hashes to, so that it mostly looks the same from trace to trace; where that is taken,
/// the next free one. Services choose in the order in which their resources arrived: a trace that grows
/// keeps its colours. Cost: resources.
[[nodiscard]] std::vector<std::uint8_t> serviceColors(const SpanTable& spans);

} // namespace tracedeck
