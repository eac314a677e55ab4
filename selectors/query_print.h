// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/query.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace tracedeck {

/// Query text of a tree: parsing it gives the same tree (positions aside). Empty for All.
[[nodiscard]] std::string queryToText(const QueryNode& node);

/// `value` as it must be written after a field: bare when that is safe, else in quotes. Menus that add a
/// filter ("only this tag") build their clause with it.
[[nodiscard]] std::string queryValueText(std::string_view value);

/// Same meaning: trees equal without regard to positions, and to whether a text stood in quotes.
[[nodiscard]] bool sameQuery(const QueryNode& a, const QueryNode& b);

/// Column of a byte position for people: characters before it, plus one.
[[nodiscard]] std::size_t queryColumn(std::string_view text, std::uint32_t bytePosition);

/// "column 5: cpu has no unit \"GiB\"; expected a percentage such as 80%".
[[nodiscard]] std::string describeQueryError(std::string_view text, const QueryError& error);

} // namespace tracedeck
