// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/sqlite_statement.h"
#include "collector/trace_summary.h"
#include "core/ids.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace tracedeck {

/// One row of table `trace` as the writer and the readers need it.
struct TraceRow {
    std::int64_t id = 0; ///< 0 = not stored
    TraceId traceId;
    TraceSummary summary;
    bool exact = false;
    bool pinned = false;
    std::uint32_t partCount = 0; ///< all parts ever added; grows with every change of the spans
    std::uint32_t fullParts = 0; ///< chunks moved to table trace_part
    std::string parts; ///< packed, the newest ones
};

/// The columns readTraceRow() expects, in this order.
inline constexpr const char* kTraceColumns =
    "id, trace_id, own, start_ns, end_ns, spans, errors, exact, pinned, root_span, root_start_ns, root_service,"
    " root_name, services, part_count, full_parts, parts, resources";
void readTraceRow(const Statement& statement, TraceRow& into);
[[nodiscard]] std::string_view bytesOf(const TraceId& id);

/// Writes trace rows. An update touches only the indexes whose columns changed: four indexes cost more
/// than the row. Writer thread only, inside a transaction.
class TraceRows {
public:
    [[nodiscard]] static Result<TraceRows> open(Database& database);

    /// row.id = 0 when there is none.
    [[nodiscard]] Result<void> find(const TraceId& id, TraceRow& row);
    [[nodiscard]] Result<void> insert(TraceRow& row);
    /// Everything but `pinned`.
    [[nodiscard]] Result<void> update(const TraceSummary& before, const TraceRow& row);
    [[nodiscard]] Result<void> setPinned(const TraceRow& row);
    [[nodiscard]] Result<void> remove(const TraceRow& row);
    /// Appends to the packed list and moves it to a chunk of its own when it grew long.
    [[nodiscard]] Result<void> addParts(TraceRow& row, const std::vector<TracePart>& parts);
    /// All parts, oldest first.
    [[nodiscard]] Result<std::vector<TracePart>> partsOf(const TraceRow& row);

private:
    explicit TraceRows(Database& database) : m_database(&database) { }
    [[nodiscard]] Result<Statement*> updateStatement(unsigned changed);

    Database* m_database;
    Statement m_find;
    Statement m_insert;
    Statement m_remove;
    Statement m_addChunk;
    Statement m_removeChunks;
    Statement m_chunks;
    std::array<Statement, 16> m_updates; ///< by set of changed index columns
};

} // namespace tracedeck
