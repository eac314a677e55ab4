// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace tracedeck {

/// Identity of a table row that outlives refreshes: XXH3-64 of (kind, source instance, canonical id).
using RowKey = std::uint64_t;

/// What a row key names; part of the hash so that equal ids of different kinds stay apart.
enum class RowKind : std::uint8_t { Infrastructure, Workload, Trace, Span, GroupHeader, Event, Service };

/// The one rule for row keys. Cost: one hash over the three parts.
[[nodiscard]] RowKey makeRowKey(RowKind kind, std::string_view sourceInstance, std::string_view canonicalId);

/// Key of a group header: (dimension, group key).
[[nodiscard]] RowKey makeGroupKey(std::string_view dimension, std::string_view groupKey);

/// 16-byte W3C trace id. All zero is "no id". Order is byte order.
struct TraceId {
    std::array<std::uint8_t, 16> bytes{};

    auto operator<=>(const TraceId&) const = default;
    [[nodiscard]] bool isZero() const noexcept { return *this == TraceId{}; }
    /// 32 lower-case hex digits.
    [[nodiscard]] std::string toHex() const;
    /// 1 to 32 hex digits of any case; shorter ids (64-bit) are left-padded with zeros.
    [[nodiscard]] static std::optional<TraceId> fromHex(std::string_view hex);
};

/// 8-byte span id, kept as the big-endian number its hex text spells. 0 is "no id".
struct SpanId {
    std::uint64_t value = 0;

    auto operator<=>(const SpanId&) const = default;
    [[nodiscard]] bool isZero() const noexcept { return value == 0; }
    /// 16 lower-case hex digits.
    [[nodiscard]] std::string toHex() const;
    /// 1 to 16 hex digits of any case.
    [[nodiscard]] static std::optional<SpanId> fromHex(std::string_view hex);
    [[nodiscard]] static SpanId fromBytes(const std::uint8_t* eightBytes);
};

} // namespace tracedeck

template <> struct std::hash<tracedeck::TraceId> {
    std::size_t operator()(const tracedeck::TraceId& id) const noexcept;
};
template <> struct std::hash<tracedeck::SpanId> {
    std::size_t operator()(const tracedeck::SpanId& id) const noexcept { return std::hash<std::uint64_t>{}(id.value); }
};
