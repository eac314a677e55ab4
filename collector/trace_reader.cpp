// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/trace_reader.h"

#include "collector/log_subset.h"
#include "formats/otlp_decode.h"
#include "formats/otlp_encode.h"
#include "formats/otlp_resource_scan.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace tracedeck {
namespace {

Error unknownTrace(const TraceId& id)
{
    return makeError(ErrorCode::NotFound, "trace store", "trace " + id.toHex() + " is not stored");
}

struct StoredTrace {
    TraceRow row;
    std::vector<TracePart> parts;
};

Result<StoredTrace> findTrace(Database& database, const TraceId& id)
{
    static const std::string sql = std::string("SELECT ") + kTraceColumns + " FROM trace WHERE trace_id = ?";
    const Result<Statement*> find = database.cached(sql);
    const Result<Statement*> chunks = database.cached("SELECT parts FROM trace_part WHERE trace = ? ORDER BY sequence");
    if (!find || !chunks) {
        return find ? chunks.error() : find.error();
    }
    // While `find` stands on its row, the read transaction keeps row and chunks at one moment.
    const StatementScope findScope(**find);
    const StatementScope chunkScope(**chunks);
    StoredTrace trace;
    if (!(*find)->bindBlob(1, bytesOf(id)).next()) {
        return (*find)->ended() ? unknownTrace(id) : database.failure("look a trace up");
    }
    readTraceRow(**find, trace.row);
    if (trace.row.fullParts > 0) {
        (*chunks)->bind(1, trace.row.id);
        while ((*chunks)->next()) {
            unpackParts((*chunks)->blob(0), trace.parts);
        }
    }
    unpackParts(trace.row.parts, trace.parts);
    return trace;
}

/// The spans of one part that did not occur before, as a body; empty when there are none.
Result<std::string> readPart(BodyReader& bodies, const TracePart& part, const TraceId& id,
                             std::unordered_set<std::uint64_t>& seen)
{
    const Result<std::string> body = bodies.read(part.request);
    if (!body) {
        return body.error();
    }
    OtlpTraces decoded;
    const std::string_view tail = std::string_view(*body).substr(std::min<std::size_t>(part.offset, body->size()));
    if (Result<void> read = decodeOtlpTraces(tail, OtlpEncoding::Protobuf, decoded, &id); !read) {
        return read.error();
    }
    std::vector<std::uint32_t> rows;
    rows.reserve(decoded.spans.rows());
    for (std::uint32_t row = 0; row < decoded.spans.rows(); ++row) {
        if (seen.insert(decoded.spans.spanId[row].value).second) {
            rows.push_back(row);
        }
    }
    return rows.empty() ? std::string() : encodeOtlpTraces(decoded.spans, rows, OtlpEncoding::Protobuf);
}

std::uint32_t localNumber(ExactSummary& exact, const SpanBrief& span)
{
    const std::string_view name = cutSummaryText(span.service);
    for (std::size_t i = 0; i < exact.services.size(); ++i) {
        if (exact.services[i].name == name && exact.services[i].own == span.own) {
            return static_cast<std::uint32_t>(i + 1);
        }
    }
    if (exact.services.size() > kMaxServicesPerTrace) {
        return kFurtherServices;
    }
    exact.services.push_back({std::string(name), span.own});
    return static_cast<std::uint32_t>(exact.services.size());
}

void addLocalResource(ExactSummary& exact, const ResourceIdentity& identity)
{
    std::string packed = packResource(identity);
    if (packed.empty()) {
        return;
    }
    const auto found = std::find(exact.resources.begin(), exact.resources.end(), packed);
    const auto number = static_cast<std::uint32_t>(found - exact.resources.begin()) + 1;
    if (found == exact.resources.end()) {
        if (exact.resources.size() >= kMaxResourcesPerTrace) {
            exact.summary.addResource(ResourceRegistry::kFurther);
            return;
        }
        exact.resources.push_back(std::move(packed));
    }
    exact.summary.addResource(number);
}

bool isLost(const Error& error)
{
    // Retention took the request, or its bytes were damaged: the rest of the trace is still worth showing.
    return error.code == ErrorCode::NotFound || error.code == ErrorCode::Malformed;
}

} // namespace

Result<std::optional<ExactSummary>> streamTrace(StoreReader& reader, const TraceId& id, const BodySink& sink)
{
    const Result<StoredTrace> trace = findTrace(reader.database(), id);
    if (!trace) {
        return trace.error();
    }
    std::unordered_set<std::uint64_t> seen;
    seen.reserve(trace->row.summary.spans);
    ExactSummary exact;
    exact.partCount = trace->row.partCount;
    bool whole = true;
    const bool settled = trace->row.exact && trace->row.summary.resourcesKnown != ResourceKnowledge::Unknown;
    for (const TracePart& part : trace->parts) {
        const Result<std::string> body = readPart(reader.bodies(), part, id, seen);
        if (!body && !isLost(body.error())) {
            return body.error();
        }
        whole = whole && body.ok();
        if (!body || body->empty()) {
            continue;
        }
        if (!settled) {
            std::optional<std::uint32_t> group;
            const Result<OtlpScan> scan =
                scanOtlpTracesAndResources(*body, [&](const SpanBrief& span, const ResourceIdentity& identity) {
                    exact.summary.add(span, localNumber(exact, span));
                    if (group != span.resourceOffset) {
                        group = span.resourceOffset;
                        addLocalResource(exact, identity);
                    }
                });
            whole = whole && scan.ok();
        }
        if (!sink(*body)) {
            return std::optional<ExactSummary>();
        }
    }
    return settled || !whole ? std::optional<ExactSummary>() : std::optional(std::move(exact));
}

Result<void> streamLogs(StoreReader& reader, const TraceId& id, const BodySink& sink)
{
    const Result<Statement*> find =
        reader.database().cached("SELECT request FROM log_part WHERE trace_id = ? ORDER BY request");
    if (!find) {
        return find.error();
    }
    std::vector<std::int64_t> requests;
    {
        const StatementScope scope(**find);
        (*find)->bindBlob(1, bytesOf(id));
        while ((*find)->next()) {
            requests.push_back((*find)->integer(0));
        }
    }
    if (requests.empty()) {
        return makeError(ErrorCode::NotFound, "trace store", "no log records with trace " + id.toHex());
    }
    for (const std::int64_t request : requests) {
        const Result<std::string> body = reader.bodies().read(request);
        if (!body && !isLost(body.error())) {
            return body.error();
        }
        const Result<OtlpLogs> logs =
            body ? decodeOtlpLogs(*body, OtlpEncoding::Protobuf) : Result<OtlpLogs>(body.error());
        if (logs && !sink(encodeOtlpLogs(logsOfTrace(logs->logs, id), OtlpEncoding::Protobuf))) {
            return {};
        }
    }
    return {};
}

Result<void> applyExactSummary(WriterState& state, const TraceId& id, const ExactSummary& exact)
{
    StoreTransaction transaction(state);
    Result<void> done = transaction.begin();
    TraceRow row;
    if (done) {
        done = state.traces->find(id, row);
    }
    const bool settled = row.exact && row.summary.resourcesKnown != ResourceKnowledge::Unknown;
    if (!done || row.id == 0 || settled || row.partCount != exact.partCount) {
        return done;
    }
    const TraceSummary before = row.summary;
    row.summary = exact.summary;
    row.exact = true;
    for (ServiceShare& share : row.summary.services) {
        const std::size_t position = share.service;
        share.service = position == kFurtherServices
            ? kFurtherServices
            : state.services.numberOf(exact.services[position - 1].name, exact.services[position - 1].own);
        state.services.count(share.service, share.spans, share.errors, 0);
    }
    std::vector<std::uint32_t> resources;
    for (const std::uint32_t resource : exact.summary.resources) {
        resources.push_back(state.resources.numberOf(exact.resources[resource - 1], state.now()));
    }
    row.summary.resources.clear();
    for (const std::uint32_t resource : resources) {
        row.summary.addResource(resource);
    }
    if (row.summary.rootService != kFurtherServices) {
        const ExactSummary::Service& root = exact.services[row.summary.rootService - 1];
        row.summary.rootService = state.services.numberOf(root.name, root.own);
    }
    for (const ServiceShare& share : before.services) {
        state.services.count(share.service, -static_cast<std::int64_t>(share.spans),
                             -static_cast<std::int64_t>(share.errors), 0);
    }
    state.counters.spans += static_cast<std::int64_t>(row.summary.spans) - static_cast<std::int64_t>(before.spans);
    done = state.traces->update(before, row);
    state.changes.push_back({id, false, row.summary.own});
    return done ? transaction.commit() : done;
}

} // namespace tracedeck
