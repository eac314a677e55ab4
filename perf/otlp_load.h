// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"

#include <cstdint>
#include <string>
#include <vector>

namespace tracedeck::perf {

/// How spans fall into requests: whole traces one after the other, every span of a body in another trace
/// (512 traces open at a time), or every span a trace of its own.
enum class LoadShape : std::uint8_t { Grouped, Scattered, Lone };

/// Endless repeatable OTLP protobuf bodies: 512 spans each, 20 spans per trace, 6 attributes a span, 1 %
/// errors, 8 services.
class OtlpLoad {
public:
    static constexpr std::uint64_t kSpansPerBody = 512;
    static constexpr std::uint64_t kSpansPerTrace = 20;

    explicit OtlpLoad(LoadShape shape) : m_shape(shape) { }
    [[nodiscard]] std::string nextBody();
    /// One trace of its own in several bodies.
    [[nodiscard]] static std::vector<std::string> bigTrace(const TraceId& id, std::uint64_t spans);
    [[nodiscard]] static TraceId traceId(std::uint64_t number);

private:
    LoadShape m_shape;
    std::uint64_t m_next = 0;
};

} // namespace tracedeck::perf
