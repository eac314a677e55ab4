// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"

#include <cstddef>
#include <cstdint>
#include <string>

namespace tracedeck::stress {

/// The id of trace `number` (1 …), and back; 0 for an id that is not one of ours.
[[nodiscard]] TraceId stressTraceId(std::uint64_t number);
[[nodiscard]] std::uint64_t stressTraceNumber(const TraceId& id);

/// An OTLP protobuf request with the traces `first` … `first + traces - 1`, each of `spansPerTrace` spans,
/// and `broken` more spans whose trace id is all zero, which the collector must refuse one by one.
[[nodiscard]] std::string stressBody(std::uint64_t first, std::size_t traces, std::size_t spansPerTrace,
                                     std::size_t broken = 0);

} // namespace tracedeck::stress
