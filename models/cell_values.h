// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/column.h"
#include "core/number_format.h"
#include "core/string_pool.h"
#include "models/cell_content.h"
#include "models/table_column.h"

#include <QString>
#include <optional>
#include <string_view>

namespace tracedeck {

/// Replaces `target`, reusing its memory for ASCII; invalid UTF-8 becomes U+FFFD.
void assignText(QString& target, std::string_view utf8);

/// The cell shows an en dash, or three dots while a first sample is awaited.
void setMissing(CellContent& out, CellKind kind, bool pending = false);
/// Number and unit of a formatted value.
void setNumber(CellContent& out, CellKind kind, double value, const FormattedNumber& text);
/// Percent with a bar; severity by `threshold`.
void setPercent(CellContent& out, std::optional<double> percent, double threshold, const CellRequest& request,
                bool pending);
/// Sum of two rates in bytes per second; missing when both are. Outliers of `stats` are emphasised.
void setRate(CellContent& out, std::optional<double> first, std::optional<double> second, bool pending,
             const IoStats& stats);
/// Time since `startedAtNs`.
void setAge(CellContent& out, std::optional<std::int64_t> startedAtNs, const CellRequest& request);
/// A whole number with thousands separators.
void setCount(CellContent& out, std::optional<std::int64_t> count);
/// Binary size as the dimmed text beside a metric.
void setSecondarySize(CellContent& out, std::optional<std::int64_t> bytes);
/// "4 cpu" beside a metric.
void setSecondaryCpus(CellContent& out, std::optional<double> cpus);
/// A text column; missing when empty.
void setText(CellContent& out, const StringPool& strings, StringId text);
/// Texts of a list: boxes (Tags), or comma-separated (Text).
void setList(CellContent& out, CellKind kind, const StringPool& strings, std::span<const StringId> texts);
/// "61% of 8 CPUs" for tooltips; empty when both are.
[[nodiscard]] QString withBasis(std::optional<double> percent, std::string_view basis);
/// "in 3.1 MB/s, out 4.2 MB/s" with the two words given.
[[nodiscard]] QString ratePair(const char* firstWord, std::optional<double> first, const char* secondWord,
                               std::optional<double> second);

} // namespace tracedeck
