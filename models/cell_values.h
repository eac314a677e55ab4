// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/column.h"
#include "core/number_format.h"
#include "core/string_pool.h"
#include "models/cell_content.h"
#include "models/table_column.h"

#include <QString>
#include <optional>
#include <string>
#include <string_view>

namespace tracedeck {

/// Replaces `target`, reusing its memory for ASCII; invalid UTF-8 becomes U+FFFD.
void assignText(QString& target, std::string_view utf8);

/// The cell shows an en dash, or three dots while a first sample is awaited.
void setMissing(CellContent& out, CellKind kind, bool pending = false);
/// Number and unit of a formatted value.
void setNumber(CellContent& out, CellKind kind, double value, const FormattedNumber& text);
/// Severity of a value: the level its row has by now, else what the bare value says.
[[nodiscard]] Severity severityOf(double value, ThresholdMetric metric, const CellRequest& request);
/// Percent with a bar and the severity of `metric`.
void setPercent(CellContent& out, std::optional<double> percent, ThresholdMetric metric, const CellRequest& request,
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

/// "of 8 GiB, 5.9 GiB used", for percentages whose source names no basis; empty without a total.
[[nodiscard]] std::string sizeBasis(std::optional<std::int64_t> used, std::optional<std::int64_t> total);
/// Why a rate is emphasised: "Unusually high: 36 times the median of 0.2 MB/s, at or above 99% of 418 rows".
/// Empty for a rate that is not. Both directions summed, as the column shows them.
[[nodiscard]] QString outlierReason(std::optional<double> first, std::optional<double> second, const IoStats& stats);
/// "Critical from 95%: a threshold of this row (80% otherwise)"; empty for a row without one for the metric.
[[nodiscard]] QString ownThresholdText(const CellRequest& request, RowKey key, std::string_view name,
                                       ThresholdMetric metric);
/// Lines under each other; empty ones are left out.
[[nodiscard]] QString tipLines(const QString& first, const QString& second);

} // namespace tracedeck
