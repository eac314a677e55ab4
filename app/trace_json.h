// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/span_table.h"

#include <QString>
#include <cstddef>
#include <string>
#include <string_view>

namespace tracedeck {

/// A trace as OTLP JSON for people: indented, values of secret-looking keys masked. Of more than `limitBytes` the
/// beginning is written, under a line that says "n of m". Linear in the size of the trace; copies the table when it
/// holds secrets.
[[nodiscard]] QString traceJson(const SpanTable& spans, std::size_t limitBytes);

/// Compact JSON broken into lines, two blanks a level; what fits into a short line stays on one. Only blanks and line
/// breaks are added. Text that ends early gives the lines up to there.
[[nodiscard]] std::string indentedJson(std::string_view json);

} // namespace tracedeck
