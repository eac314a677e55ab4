// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/string_pool.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tracedeck {

/// Type of an attribute value. Array and KeyValueList are kept as their canonical JSON text; Bytes as
/// base64 text.
enum class AttributeType : std::uint8_t { Empty, String, Bool, Int, Double, Array, KeyValueList, Bytes };

/// A half-open range of rows in an AttributeTable, EventTable or LinkTable.
struct IndexRange {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;

    [[nodiscard]] std::uint32_t size() const noexcept { return end - begin; }
    bool operator==(const IndexRange&) const = default;
};

/// Attributes of spans, events, links and resources: one row each, owners hold ranges. `payload` is a
/// StringId for String, Array, KeyValueList and Bytes, 0/1 for Bool, the number for Int, and the bit
/// pattern for Double (NaN is kept here: it is data of the sender, not a table value).
struct AttributeTable {
    std::vector<StringId> key;
    std::vector<AttributeType> type;
    std::vector<std::uint64_t> payload;

    [[nodiscard]] std::size_t size() const noexcept { return key.size(); }
    void add(StringId keyId, AttributeType valueType, std::uint64_t value)
    {
        key.push_back(keyId);
        type.push_back(valueType);
        payload.push_back(value);
    }
    bool operator==(const AttributeTable&) const = default;
};

} // namespace tracedeck
