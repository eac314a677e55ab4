// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/query_fields.h"
#include "views/page.h"

#include <QString>

namespace tracedeck {

/// Tokens for colouring, and the first error as a sentence with its column, of a query against a table.
[[nodiscard]] QueryFeedback queryFeedback(const QString& text, QueryTable table);

} // namespace tracedeck
