// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/store_removal.h"

#include "collector/stored_body.h"
#include "formats/otlp_decode.h"

#include <set>
#include <utility>

namespace tracedeck {
namespace {

Result<void> runOnce(WriterState& state, std::string_view sql, std::int64_t first)
{
    const Result<Statement*> statement = state.database.cached(sql);
    if (!statement) {
        return statement.error();
    }
    return (*statement)->bind(1, first).run() ? Result<void>() : Result<void>(state.database.failure(sql));
}

Result<void> dropRequest(WriterState& state, std::int64_t request)
{
    const Result<Statement*> bytes = state.database.cached("SELECT stored_bytes FROM request WHERE id = ? AND own = 1");
    if (!bytes) {
        return bytes.error();
    }
    if ((*bytes)->bind(1, request).next()) {
        state.counters.ownBytes -= (*bytes)->integer(0);
    }
    (*bytes)->reset();
    Result<void> done = runOnce(state, "DELETE FROM body WHERE id = ?", request);
    return done ? runOnce(state, "DELETE FROM request WHERE id = ?", request) : done;
}

/// One trace less needs the request.
Result<void> releaseRequest(WriterState& state, std::int64_t request)
{
    Result<void> done = runOnce(state, "UPDATE request SET refs = refs - 1 WHERE id = ?", request);
    const Result<Statement*> unused = state.database.cached("SELECT 1 FROM request WHERE id = ? AND refs <= 0");
    if (!done || !unused) {
        return done ? unused.error() : done.error();
    }
    const bool gone = (*unused)->bind(1, request).next();
    (*unused)->reset();
    return gone ? dropRequest(state, request) : Result<void>();
}

Result<bool> mayGo(WriterState& state, const TraceRow& row, const std::vector<TracePart>& parts,
                   const RemovalRule& rule)
{
    if (row.pinned) {
        return false;
    }
    if (parts.empty()) {
        return true;
    }
    if (parts.back().request > rule.newestRequest) {
        return false;
    }
    if (rule.receivedBefore == std::numeric_limits<std::int64_t>::max()) {
        return true;
    }
    const Result<Statement*> received = state.database.cached("SELECT received_ns FROM request WHERE id = ?");
    if (!received) {
        return received.error();
    }
    const StatementScope scope(**received);
    (*received)->bind(1, parts.back().request);
    return !(*received)->next() || (*received)->integer(0) < rule.receivedBefore;
}

Result<void> removeTrace(WriterState& state, const TraceRow& row, const std::vector<TracePart>& parts)
{
    Result<void> done = state.traces->remove(row);
    // A trace may have several parts in one group of requests, but one part per request.
    for (std::size_t i = 0; done && i < parts.size(); ++i) {
        done = releaseRequest(state, parts[i].request);
    }
    (row.summary.own ? state.counters.ownTraces : state.counters.otherTraces) -= 1;
    state.counters.spans -= row.summary.spans;
    for (const ServiceShare& share : row.summary.services) {
        state.services.count(share.service, -static_cast<std::int64_t>(share.spans),
                             -static_cast<std::int64_t>(share.errors), 0);
    }
    state.removed = true;
    return done;
}

Result<void> removeTraces(WriterState& state, const std::set<TraceId>& ids, const RemovalRule& rule)
{
    for (const TraceId& id : ids) {
        TraceRow row;
        if (Result<void> found = state.traces->find(id, row); !found) {
            return found;
        }
        if (row.id == 0) {
            continue;
        }
        Result<std::vector<TracePart>> parts = state.traces->partsOf(row);
        if (!parts) {
            return parts.error();
        }
        const Result<bool> allowed = mayGo(state, row, *parts, rule);
        if (!allowed) {
            return allowed.error();
        }
        if (*allowed) {
            if (Result<void> removed = removeTrace(state, row, *parts); !removed) {
                return removed;
            }
        }
    }
    return {};
}

Result<void> removeLogs(WriterState& state, const StoredRequest& request, const std::string& body)
{
    std::set<TraceId> ids;
    const Result<OtlpLogs> logs = decodeOtlpLogs(body, OtlpEncoding::Protobuf);
    if (logs) {
        ids.insert(logs->logs.traceId.begin(), logs->logs.traceId.end());
        ids.erase(TraceId{});
    }
    const Result<Statement*> unindex = state.database.cached("DELETE FROM log_part WHERE trace_id = ? AND request = ?");
    if (!unindex) {
        return unindex.error();
    }
    for (const TraceId& id : ids) {
        TraceRow row;
        if (Result<void> found = state.traces->find(id, row); !found) {
            return found;
        }
        if (row.pinned) {
            return {}; // the logs of a pinned trace stay with it
        }
    }
    for (const TraceId& id : ids) {
        if (!(*unindex)->bindBlob(1, bytesOf(id)).bind(2, request.id).run()) {
            return state.database.failure("remove log records");
        }
    }
    if (logs) {
        state.counters.logs -= static_cast<std::int64_t>(logs->logs.rows());
    }
    return dropRequest(state, request.id);
}

} // namespace

Result<void> removeFromRequest(WriterState& state, const StoredRequest& request, const RemovalRule& rule)
{
    Result<BodyReader> reader = BodyReader::open(state.database);
    if (!reader) {
        return reader.error();
    }
    const Result<std::string> body = reader.value().read(request.id);
    if (!body && body.error().code != ErrorCode::NotFound && body.error().code != ErrorCode::Malformed
        && body.error().code != ErrorCode::TooLarge) {
        return body.error();
    }
    if (!body) {
        return dropRequest(state, request.id);
    }
    if (request.signal == static_cast<int>(OtlpSignal::Logs)) {
        return removeLogs(state, request, *body);
    }
    std::set<TraceId> ids;
    if (!scanOtlpTraces(*body, [&](const SpanBrief& span) { ids.insert(span.traceId); })) {
        return dropRequest(state, request.id);
    }
    return removeTraces(state, ids, rule);
}

Result<void> removeAll(WriterState& state)
{
    Result<void> done = state.database.execute("DELETE FROM trace_part; DELETE FROM trace; DELETE FROM log_part;"
                                               "DELETE FROM body; DELETE FROM request; DELETE FROM resource;");
    state.services.countNothing();
    state.resources.forgetStored();
    state.counters.otherTraces = 0;
    state.counters.ownTraces = 0;
    state.counters.spans = 0;
    state.counters.logs = 0;
    state.counters.ownBytes = 0;
    state.removed = true;
    return done;
}

Result<void> removeUnpinned(WriterState& state)
{
    std::vector<StoredRequest> requests;
    {
        const Result<Statement*> rows =
            state.database.cached("SELECT id, received_ns, signal FROM request ORDER BY id");
        if (!rows) {
            return rows.error();
        }
        const StatementScope scope(**rows);
        while ((*rows)->next()) {
            requests.push_back({(*rows)->integer(0), (*rows)->integer(1), static_cast<int>((*rows)->integer(2))});
        }
    }
    for (const StoredRequest& request : requests) {
        if (Result<void> done = removeFromRequest(state, request, {}); !done) {
            return done;
        }
    }
    return {};
}

Result<void> pinTrace(WriterState& state, const TraceId& id, bool pinned)
{
    StoreTransaction transaction(state);
    Result<void> done = transaction.begin();
    TraceRow row;
    if (done) {
        done = state.traces->find(id, row);
    }
    if (!done || row.id == 0) {
        return done;
    }
    row.pinned = pinned;
    done = state.traces->setPinned(row);
    state.changes.push_back({id, false, row.summary.own});
    return done ? transaction.commit() : done;
}

} // namespace tracedeck
