// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "refresh/history_store.h"
#include "sources/demo_layout.h"

#include <cstdint>

namespace tracedeck {

/// Writes the past of a demo fleet into the record: the hour before nowNs minute by minute (5-s slots for the
/// last ten minutes), and up to kDemoDaysRows rows also hours and days. Larger fleets than kDemoPastRows get
/// nothing: 3 µs a sample would take too long.
void fillDemoPast(HistoryStore& store, const DemoLayout& layout, std::int64_t nowNs);

inline constexpr std::size_t kDemoDaysRows = 2'000;
inline constexpr std::size_t kDemoPastRows = 5'000;

} // namespace tracedeck
