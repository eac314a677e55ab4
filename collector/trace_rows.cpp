// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/trace_rows.h"

#include <cstring>
#include <utility>

namespace tracedeck {
namespace {

// A row stays small enough to be rewritten at every change, a chunk large enough to be worth a row.
constexpr std::size_t kInlineParts = 320;

constexpr unsigned kPlaceChanged = 1; // own or start
constexpr unsigned kDurationChanged = 2;
constexpr unsigned kSpansChanged = 4;
constexpr unsigned kErrorsChanged = 8;

unsigned changedColumns(const TraceSummary& before, const TraceSummary& after)
{
    return (before.own != after.own || before.startNs != after.startNs ? kPlaceChanged : 0U)
        | (before.durationNs() != after.durationNs() ? kDurationChanged : 0U)
        | (before.spans != after.spans ? kSpansChanged : 0U) | (before.errors != after.errors ? kErrorsChanged : 0U);
}

/// Parameters 1 to 18 are the same for insert and every update.
void bindRow(Statement& statement, const TraceRow& row, std::string_view services, std::string_view resources)
{
    const TraceSummary& summary = row.summary;
    statement.bind(1, row.id).bind(2, summary.own ? 1 : 0).bind(3, summary.startNs).bind(4, summary.endNs);
    statement.bind(5, summary.durationNs()).bind(6, summary.spans).bind(7, summary.errors).bind(8, row.exact ? 1 : 0);
    statement.bind(9, row.pinned ? 1 : 0).bind(10, static_cast<std::int64_t>(summary.rootSpan.value));
    statement.bind(11, summary.rootStartNs).bind(12, summary.rootService).bindText(13, summary.rootName);
    statement.bindBlob(14, services).bind(15, row.partCount).bind(16, row.fullParts).bindBlob(17, row.parts);
    statement.bindBlob(18, resources);
}

} // namespace

std::string_view bytesOf(const TraceId& id)
{
    return {reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()};
}

void readTraceRow(const Statement& statement, TraceRow& into)
{
    into.id = statement.integer(0);
    const std::string_view id = statement.blob(1);
    if (id.size() == into.traceId.bytes.size()) {
        std::memcpy(into.traceId.bytes.data(), id.data(), id.size());
    }
    TraceSummary& summary = into.summary;
    summary.own = statement.integer(2) != 0;
    summary.startNs = statement.integer(3);
    summary.endNs = statement.integer(4);
    summary.spans = static_cast<std::uint32_t>(statement.integer(5));
    summary.errors = static_cast<std::uint32_t>(statement.integer(6));
    into.exact = statement.integer(7) != 0;
    into.pinned = statement.integer(8) != 0;
    summary.rootSpan.value = static_cast<std::uint64_t>(statement.integer(9));
    summary.rootStartNs = statement.integer(10);
    summary.rootService = static_cast<std::uint32_t>(statement.integer(11));
    summary.rootName = statement.text(12);
    summary.services = unpackServices(statement.blob(13));
    into.partCount = static_cast<std::uint32_t>(statement.integer(14));
    into.fullParts = static_cast<std::uint32_t>(statement.integer(15));
    into.parts = statement.blob(16);
    summary.resourcesKnown = unpackResources(statement.blob(17), summary.resources);
}

Result<TraceRows> TraceRows::open(Database& database)
{
    TraceRows rows(database);
    const std::pair<Statement*, std::string> statements[] = {
        {&rows.m_find, std::string("SELECT ") + kTraceColumns + " FROM trace WHERE trace_id = ?"},
        {&rows.m_insert,
         "INSERT INTO trace(id, own, start_ns, end_ns, duration_ns, spans, errors, exact, pinned, root_span,"
         " root_start_ns, root_service, root_name, services, part_count, full_parts, parts, resources, trace_id)"
         " VALUES(nullif(?1, 0), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)"},
        {&rows.m_remove, "DELETE FROM trace WHERE id = ?"},
        {&rows.m_addChunk, "INSERT INTO trace_part(trace, sequence, parts) VALUES(?, ?, ?)"},
        {&rows.m_removeChunks, "DELETE FROM trace_part WHERE trace = ?"},
        {&rows.m_chunks, "SELECT parts FROM trace_part WHERE trace = ? ORDER BY sequence"}};
    for (const auto& [target, sql] : statements) {
        Result<Statement> prepared = database.prepare(sql);
        if (!prepared) {
            return prepared.error();
        }
        *target = std::move(prepared).value();
    }
    return rows;
}

Result<void> TraceRows::find(const TraceId& id, TraceRow& row)
{
    const StatementScope scope(m_find);
    row = TraceRow();
    row.traceId = id;
    m_find.bindBlob(1, bytesOf(id));
    if (m_find.next()) {
        readTraceRow(m_find, row);
    }
    return m_find.ended() ? Result<void>() : Result<void>(m_database->failure("look a trace up"));
}

Result<void> TraceRows::insert(TraceRow& row)
{
    const std::string services = packServices(row.summary.services);
    const std::string resources = packResources(row.summary.resources, row.summary.resourcesKnown);
    bindRow(m_insert, row, services, resources);
    m_insert.bindBlob(19, bytesOf(row.traceId));
    if (!m_insert.run()) {
        return m_database->failure("store a trace summary");
    }
    row.id = m_database->lastRowId();
    return {};
}

Result<Statement*> TraceRows::updateStatement(unsigned changed)
{
    Statement& statement = m_updates[changed];
    if (!statement.valid()) {
        std::string sql = "UPDATE trace SET end_ns = ?4, exact = ?8, root_span = ?10,"
                          " root_start_ns = ?11, root_service = ?12, root_name = ?13, services = ?14,"
                          " part_count = ?15, full_parts = ?16, parts = ?17, resources = ?18";
        sql += (changed & kPlaceChanged) != 0 ? ", own = ?2, start_ns = ?3" : "";
        sql += (changed & kDurationChanged) != 0 ? ", duration_ns = ?5" : "";
        sql += (changed & kSpansChanged) != 0 ? ", spans = ?6" : "";
        sql += (changed & kErrorsChanged) != 0 ? ", errors = ?7" : "";
        Result<Statement> prepared = m_database->prepare(sql + " WHERE id = ?1");
        if (!prepared) {
            return prepared.error();
        }
        statement = std::move(prepared).value();
    }
    return &statement;
}

Result<void> TraceRows::update(const TraceSummary& before, const TraceRow& row)
{
    const Result<Statement*> statement = updateStatement(changedColumns(before, row.summary));
    if (!statement) {
        return statement.error();
    }
    const std::string services = packServices(row.summary.services);
    const std::string resources = packResources(row.summary.resources, row.summary.resourcesKnown);
    bindRow(**statement, row, services, resources);
    return (*statement)->run() ? Result<void>() : Result<void>(m_database->failure("update a trace summary"));
}

Result<void> TraceRows::setPinned(const TraceRow& row)
{
    const Result<Statement*> statement = m_database->cached("UPDATE trace SET pinned = ? WHERE id = ?");
    if (!statement) {
        return statement.error();
    }
    return (*statement)->bind(1, row.pinned ? 1 : 0).bind(2, row.id).run()
        ? Result<void>()
        : Result<void>(m_database->failure("pin a trace"));
}

Result<void> TraceRows::remove(const TraceRow& row)
{
    m_remove.bind(1, row.id);
    m_removeChunks.bind(1, row.id);
    if (!m_remove.run() || (row.fullParts > 0 && !m_removeChunks.run())) {
        return m_database->failure("remove a trace");
    }
    return {};
}

Result<void> TraceRows::addParts(TraceRow& row, const std::vector<TracePart>& parts)
{
    for (const TracePart& part : parts) {
        if (row.parts.size() >= kInlineParts && row.id != 0) {
            m_addChunk.bind(1, row.id).bind(2, row.fullParts).bindBlob(3, row.parts);
            if (!m_addChunk.run()) {
                return m_database->failure("store the requests of a trace");
            }
            row.fullParts += 1;
            row.parts.clear();
        }
        appendPart(row.parts, part);
        row.partCount += 1;
    }
    return {};
}

Result<std::vector<TracePart>> TraceRows::partsOf(const TraceRow& row)
{
    std::vector<TracePart> parts;
    parts.reserve(row.partCount);
    if (row.fullParts > 0) {
        const StatementScope scope(m_chunks);
        m_chunks.bind(1, row.id);
        while (m_chunks.next()) {
            unpackParts(m_chunks.blob(0), parts);
        }
        if (!m_chunks.ended()) {
            return m_database->failure("read the requests of a trace");
        }
    }
    unpackParts(row.parts, parts);
    return parts;
}

} // namespace tracedeck
