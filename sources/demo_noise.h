// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace tracedeck {

/// Numbers of the demo fleet come from hashes, not from a generator with a state: what a row shows at a
/// moment depends on (stream, moment) alone, so any moment can be asked for in any order and two runs agree.

/// Well mixed 64 bits of two numbers.
[[nodiscard]] std::uint64_t demoHash(std::uint64_t a, std::uint64_t b);
/// The same as a number in [0, 1).
[[nodiscard]] double demoUnit(std::uint64_t a, std::uint64_t b);
/// A value in [0, 1] that wanders with `step`: four octaves of smoothed value noise with periods of 6, 45,
/// 500 and 6,000 steps. Neighbouring steps are close, far ones independent.
[[nodiscard]] double demoWalk(std::uint64_t stream, std::int64_t step);

} // namespace tracedeck
