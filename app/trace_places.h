// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/span_table.h"
#include "models/fact.h"
#include "models/table_snapshot.h"

#include <cstdint>

namespace tracedeck {

/// The workload and the host that a span's resource names among these rows, as facts whose links open
/// them; the note says by which attribute. A workload that is not found is a dash with the reason: what
/// its resource says that no row has. Empty while no rows are known.
[[nodiscard]] Facts placesOfSpan(const SpanTable& spans, std::uint32_t spanRow, const TableSnapshot& workloads,
                                 const TableSnapshot& hosts);

} // namespace tracedeck
