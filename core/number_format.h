// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace tracedeck {

/// A number as shown: three significant digits, and its unit apart so that views can dim it.
struct FormattedNumber {
    std::string number;
    std::string unit; ///< "%", "GiB", "MB/s", "ms" …; may be empty
    /// "5.9 GiB"; percent joins without a space ("74%").
    [[nodiscard]] std::string joined() const;
    bool operator==(const FormattedNumber&) const = default;
};

/// The en dash that stands for "unknown" everywhere.
inline constexpr const char* kUnknownText = "\xE2\x80\x93";

/// 0.4 → "0.4%", 61.2 → "61%", 7.34 → "7%": whole percent from 1 on, one decimal below. NaN and
/// infinities print as unknown, here and in formatRateDecimal.
[[nodiscard]] FormattedNumber formatPercent(double percent);
/// Memory and disk: binary units, one decimal below 100: "5.9 GiB", "512 MiB", "0 B".
[[nodiscard]] FormattedNumber formatBytesBinary(std::int64_t bytes);
/// Network and disk rates: decimal units, "218 MB/s", "7.34 MB/s", "0 B/s".
[[nodiscard]] FormattedNumber formatRateDecimal(double bytesPerSec);
/// Span durations: "1.84 s", "810 ms", "22 µs", "22.4 µs", "512 ns", "2 min 5 s". Negative values keep
/// their sign.
[[nodiscard]] FormattedNumber formatDuration(std::int64_t ns);
/// Uptimes and ages, two units at most, cut and not rounded: "8 d 2 h", "3 h 12 min", "48 s". An age
/// below zero (clock skew) reads "0 s".
[[nodiscard]] std::string formatAge(std::int64_t ns);
/// 4812 → "4,812".
[[nodiscard]] std::string formatCount(std::uint64_t count);

} // namespace tracedeck
