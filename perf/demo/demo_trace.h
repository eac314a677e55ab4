// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"

#include <cstdint>
#include <string>

namespace tracedeck::demo {

/// Traces of a small shop, the same for the same number: checkouts, searches and logins over eight
/// services, some slow, some failing with an exception event.
[[nodiscard]] TraceId demoTraceId(std::uint64_t number);

/// Trace `number` as an OTLP protobuf request. It begins at `startNs` (ns since the Unix epoch, UTC); all
/// else follows from the number. `host` is where the services say they run.
[[nodiscard]] std::string demoTraceBody(std::uint64_t number, std::int64_t startNs, const std::string& host);

/// How many spans it has, and whether it fails.
struct DemoTraceFacts {
    std::uint32_t spans = 0;
    bool failed = false;
};
[[nodiscard]] DemoTraceFacts demoTraceFacts(std::uint64_t number);

} // namespace tracedeck::demo
