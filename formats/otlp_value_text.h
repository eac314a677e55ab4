// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/span_table.h"

#include <simdjson.h>
#include <string_view>
#include <vector>

namespace tracedeck {

/// Reads back the canonical JSON of an Array or KeyValueList attribute, for the encoders. One parser is
/// kept for all of them; an element lives until the next call.
class OtlpValueText {
public:
    /// False when `text` is not JSON of that kind (a table built by hand can hold anything).
    [[nodiscard]] bool parse(std::string_view text, AttributeType expected, simdjson::dom::element& out);

private:
    simdjson::dom::parser m_parser;
};

/// One scope of one resource, with its rows of the table.
struct OtlpScopeGroup {
    std::uint32_t scope = 0;
    std::vector<std::uint32_t> rows;
};
struct OtlpResourceGroup {
    std::uint32_t resource = 0;
    std::vector<OtlpScopeGroup> scopes;
};

/// Groups rows by resource and scope, each in the order of first use. Precondition: every row is inside
/// both columns. Cost: O(rows).
[[nodiscard]] std::vector<OtlpResourceGroup> groupByResource(const std::vector<std::uint32_t>& resources,
                                                             const std::vector<std::uint32_t>& scopes,
                                                             std::span<const std::uint32_t> rows);

} // namespace tracedeck
