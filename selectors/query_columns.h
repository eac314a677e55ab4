// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/infrastructure_table.h"
#include "core/trace_list_table.h"
#include "core/workload_table.h"
#include "selectors/query_fields.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace tracedeck {

/// Numbers of one table column, whatever their type. Optional columns may be absent per row.
class NumberColumn {
public:
    // Implicit on purpose: lists of columns read as lists of columns.
    NumberColumn(const OptionalColumn<double>* column); // NOLINT(google-explicit-constructor)
    NumberColumn(const OptionalColumn<std::int64_t>* column); // NOLINT(google-explicit-constructor)
    NumberColumn(const std::vector<std::uint32_t>* column); // NOLINT(google-explicit-constructor)
    NumberColumn(const std::vector<std::int64_t>* column); // NOLINT(google-explicit-constructor)

    [[nodiscard]] std::optional<double> get(std::size_t row) const;
    /// The whole column as doubles with presence bytes; adds to what is there ("net" = rx + tx).
    void addTo(std::span<double> values, std::span<std::uint8_t> present) const;

private:
    std::variant<const OptionalColumn<double>*, const OptionalColumn<std::int64_t>*, const std::vector<std::uint32_t>*,
                 const std::vector<std::int64_t>*>
        m_source;
};

/// One enumerated value per row as a bit of queryEnumValues(); sets have several bits. 0 = none.
struct EnumColumn {
    enum class Kind : std::uint8_t {
        None,
        HostStatus,
        HostType,
        HostSource,
        Bucket,
        WorkloadType,
        WorkloadSource,
        TraceStatus,
        TraceOwn
    };
    Kind kind = Kind::None;
};

/// Where a field of the registry lives in a table. Exactly one of the parts is filled.
struct FieldColumns {
    std::vector<const TextColumn*> texts; ///< any of them; 0 = missing
    std::vector<const ListColumn*> lists;
    const std::vector<TraceId>* traceIds = nullptr; ///< as 32 hex digits
    std::vector<NumberColumn> numbers; ///< summed; missing when all are
    bool sinceMoment = false; ///< numbers are moments, the value is "now" minus them, at least 0
    EnumColumn words;
};

/// A table under one roof for the query selectors. The table must outlive the view.
class QueryTableView {
public:
    QueryTableView(const InfrastructureTable& table); // NOLINT(google-explicit-constructor)
    QueryTableView(const WorkloadTable& table); // NOLINT(google-explicit-constructor)
    QueryTableView(const TraceListTable& table); // NOLINT(google-explicit-constructor)

    [[nodiscard]] QueryTable kind() const noexcept { return m_kind; }
    [[nodiscard]] std::size_t rows() const noexcept { return m_rows; }
    [[nodiscard]] const StringPool& strings() const noexcept { return *m_strings; }
    [[nodiscard]] const SearchArena& search() const noexcept { return *m_search; }
    /// Columns of a field; `dimension` picks the reading of a Number field with two.
    [[nodiscard]] FieldColumns columns(const QueryField& field, Dimension dimension) const;
    /// Bits of a row, as in queryEnumValues().
    [[nodiscard]] std::uint64_t enumBits(EnumColumn column, std::size_t row) const;

private:
    std::variant<const InfrastructureTable*, const WorkloadTable*, const TraceListTable*> m_table;
    const StringPool* m_strings;
    const SearchArena* m_search;
    std::size_t m_rows;
    QueryTable m_kind;
};

/// Whether the field has a value in this row (`has:field`); either reading counts.
[[nodiscard]] bool hasQueryValue(const QueryTableView& view, const FieldColumns& columns, std::size_t row);

/// Calls visit(text) for every text the row has in these columns until it returns true; whether it did.
template <class Visit>
bool anyQueryText(const QueryTableView& view, const FieldColumns& columns, std::size_t row, Visit visit)
{
    for (const TextColumn* column : columns.texts) {
        if ((*column)[row] != 0 && visit(view.strings().view((*column)[row]))) {
            return true;
        }
    }
    for (const ListColumn* column : columns.lists) {
        for (const StringId item : column->row(row)) {
            if (item != 0 && visit(view.strings().view(item))) {
                return true;
            }
        }
    }
    return columns.traceIds != nullptr && visit(std::string_view((*columns.traceIds)[row].toHex()));
}

} // namespace tracedeck
