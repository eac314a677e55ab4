// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/span_table.h"
#include "models/row_copy.h"
#include "selectors/span_layout.h"

#include <cstdint>

namespace tracedeck {

/// Everything known about one span, a line per name and value: its figures, attributes and resource.
/// Values of names that look like secrets are masked.
[[nodiscard]] RowCopy spanCopy(const SpanTable& spans, const SpanLayout& layout, std::uint32_t position);

} // namespace tracedeck
