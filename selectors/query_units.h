// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tracedeck {

/// What a number measures. Values of a dimension are held in its base unit: percent 0-100, bytes, bytes
/// per second, nanoseconds, degrees Celsius; Moment is nanoseconds since the Unix epoch, UTC.
enum class Dimension : std::uint8_t { Count, Percent, Bytes, BytesPerSec, Duration, Celsius, Moment };

/// A number as written, in the base unit. `low` and `high` bound what rounds to the written digits:
/// "80%" covers [79.5, 80.5), "1.5GiB" covers [1.45, 1.55) GiB; equality uses them.
struct Quantity {
    double value = 0;
    double low = 0;
    double high = 0;
};

/// Outcome of reading a quantity: the quantity, or what is wrong and what was expected. `at` is where in
/// the text the fault begins, in bytes.
struct QuantityResult {
    std::optional<Quantity> quantity;
    std::string what;
    std::string expected;
    std::uint32_t at = 0;
};

/// Reads a number with an optional unit of `dimension`; without a unit, `defaultUnit` counts ("" = the
/// base unit). Durations may join parts: "1h30m". Unit names are checked: B KiB MiB GiB TiB PiB (powers
/// of 1024), kB MB GB TB PB (powers of 1000), all-lower-case spellings of these, "/s" for rates, kbit/s
/// Mbit/s Gbit/s, ns us µs ms s m min h d w, %, °C. "Mb" is refused: it may mean bits.
/// Moments are ISO 8601: 2026-11-21, 2026-11-21T10:42[:07[.318]][Z|±01:00], UTC when no zone is given.
[[nodiscard]] QuantityResult parseQuantity(std::string_view text, Dimension dimension, std::string_view defaultUnit);

/// "a percentage such as 80%", "a size such as 2GiB" …: the expectation of error messages and hints.
[[nodiscard]] std::string_view dimensionExample(Dimension dimension);

} // namespace tracedeck
