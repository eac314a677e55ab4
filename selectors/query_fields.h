// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/query_units.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tracedeck {

/// The kinds of table a query can filter.
enum class QueryTable : std::uint8_t { Infrastructure, Workloads, Traces };

/// Meaning of a field, across tables: `cpu` is the same idea for a host and for a container.
enum class QueryFieldId : std::uint8_t {
    Name,
    Id,
    Host,
    Type,
    Source,
    Cluster,
    Status,
    State,
    Tag,
    Ip,
    Os,
    Cpu,
    Cpus,
    Load,
    Memory,
    Disk,
    Net,
    Rx,
    Tx,
    Io,
    Read,
    Write,
    Temperature,
    Uptime,
    Node,
    Namespace,
    Image,
    Runtime,
    Container,
    Vmid,
    Project,
    Unit,
    Restarts,
    Processes,
    Backup,
    Service,
    Root,
    Duration,
    Spans,
    Errors,
    Start,
    Age,
    Own,
    Pod,
    Instance,
    Pid,
    Peer
};

enum class QueryFieldType : std::uint8_t {
    Text, ///< one text or several texts that mean the same (name, display name)
    List, ///< any number of texts
    Number,
    Enum ///< one of stated words
};

/// A field as registered for one table.
struct QueryField {
    QueryFieldId id = QueryFieldId::Name;
    std::string_view name;
    std::string_view aliases; ///< further names, separated by blanks
    QueryFieldType type = QueryFieldType::Text;
    Dimension dimension = Dimension::Count; ///< Number only
    Dimension second = Dimension::Count; ///< Number only: accepted with an explicit unit (mem>=2GiB); else Count
    std::string_view defaultUnit; ///< what a plain number counts in; "" = the base unit
    std::string_view basis; ///< what it is or is measured of, for completion and documentation
};

/// All fields of a table, in the order completion shows them.
[[nodiscard]] std::span<const QueryField> queryFields(QueryTable table);
/// Field by name or alias, any case; null when unknown.
[[nodiscard]] const QueryField* findQueryField(QueryTable table, std::string_view name);
/// The registered name most like `name` (edit distance at most 2), or empty.
[[nodiscard]] std::string_view suggestQueryField(QueryTable table, std::string_view name);

/// A word of an Enum field and the rows it stands for: bits as in queryEnumBits (query_columns.h).
struct QueryEnumValue {
    std::string_view key;
    std::string_view aliases; ///< separated by blanks
    std::uint64_t bits = 0;
};

/// Words of an Enum field of a table; empty for other fields.
[[nodiscard]] std::span<const QueryEnumValue> queryEnumValues(QueryTable table, QueryFieldId field);
/// Bits of the word: exact key or alias, else all keys and aliases that begin with it, else all that
/// contain it; 0 when none does. `exactOnly` stops after the first rule. `word` is lower-case.
[[nodiscard]] std::uint64_t queryEnumMask(QueryTable table, QueryFieldId field, std::string_view word, bool exactOnly);

} // namespace tracedeck
