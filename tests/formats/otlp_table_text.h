// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/span_table.h"

#include <cstdint>
#include <string>
#include <vector>

namespace tracedeck::test {

/// Everything a table says about one span or log record as text, handles resolved: rows of two tables are
/// equal when these are, whatever order their texts and attributes were stored in.
[[nodiscard]] std::string describeSpan(const SpanTable& table, std::size_t row);
[[nodiscard]] std::string describeLog(const LogTable& table, std::size_t row);
[[nodiscard]] std::vector<std::string> describeSpans(const SpanTable& table);
[[nodiscard]] std::vector<std::string> describeLogs(const LogTable& table);

/// The attribute of that key as text ("type:value"), or "" when it is not there.
[[nodiscard]] std::string attributeText(const SpanTable& table, IndexRange range, std::string_view key);

/// A table of arbitrary content (all value kinds, odd texts, extreme numbers), the same for equal seeds.
[[nodiscard]] SpanTable arbitrarySpans(std::uint64_t seed, std::size_t spans);
[[nodiscard]] LogTable arbitraryLogs(std::uint64_t seed, std::size_t records);

[[nodiscard]] std::vector<std::uint32_t> allRows(std::size_t rows);

} // namespace tracedeck::test
