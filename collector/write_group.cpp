// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/write_group.h"

#include "formats/inflate.h"
#include "formats/otlp_decode.h"
#include "formats/otlp_encode.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <utility>

namespace tracedeck {
namespace {

// Below this a body is not worth a compressor's start-up.
constexpr std::size_t kSmallestPacked = 256;

/// The body as it is stored: compressed when that saves at least a tenth.
std::pair<std::string, bool> packBody(std::string_view body)
{
    if (body.size() >= kSmallestPacked) {
        std::string packed = compressBlob(body);
        if (!packed.empty() && packed.size() < body.size() - body.size() / 10) {
            return {std::move(packed), true};
        }
    }
    return {std::string(), false};
}

/// A JSON body as the protobuf that is stored, with what had to be left out.
Result<std::pair<std::string, OtlpScan>> transcodeTraces(std::string_view json)
{
    OtlpTraces decoded;
    if (Result<void> read = decodeOtlpTraces(json, OtlpEncoding::Json, decoded); !read) {
        return read.error();
    }
    std::vector<std::uint32_t> rows(decoded.spans.rows());
    std::iota(rows.begin(), rows.end(), 0U);
    OtlpScan scan{decoded.spans.rows(), decoded.rejected, decoded.rejectReason};
    return std::pair(encodeOtlpTraces(decoded.spans, rows, OtlpEncoding::Protobuf), std::move(scan));
}

} // namespace

WriteGroup::WriteGroup(WriterState& state) : m_state(state), m_transaction(state), m_nowNs(state.now())
{ }

Result<void> WriteGroup::open()
{
    m_begun = true;
    return m_transaction.begin();
}

void WriteGroup::add(IngestRequest request, IngestPipeline::Done done)
{
    m_bytes += request.body.size();
    if (!m_begun) {
        m_failure = open();
    }
    if (!m_failure) {
        m_waiting.push_back({std::move(done), {}});
        return;
    }
    Result<IngestOutcome> outcome = take(request);
    if (outcome) {
        m_waiting.push_back({std::move(done), std::move(outcome).value()});
    } else if (outcome.error().code == ErrorCode::Malformed || outcome.error().code == ErrorCode::TooLarge) {
        m_state.board.noteRejected(1, outcome.error().what, m_nowNs);
        done(outcome.error());
    } else {
        m_failure = outcome.error();
        m_waiting.push_back({std::move(done), {}});
    }
}

Result<IngestOutcome> WriteGroup::take(const IngestRequest& request)
{
    const BodyHash hash = hashBody(request.signal, request.encoding, request.body);
    if (const IngestOutcome* first = m_state.history.find(hash, m_nowNs); first != nullptr) {
        IngestOutcome again = *first;
        again.duplicate = true;
        m_state.counters.duplicateRequests += 1;
        return again;
    }
    Result<IngestOutcome> outcome = request.signal == OtlpSignal::Traces ? takeTraces(request)
        : request.signal == OtlpSignal::Logs                             ? takeLogs(request)
                                                                         : takeMetrics(request);
    if (outcome) {
        m_state.counters.requests += 1;
        if (outcome->accepted > 0) {
            m_state.history.add(hash, m_nowNs, *outcome);
        }
    }
    return outcome;
}

Result<IngestOutcome> WriteGroup::takeTraces(const IngestRequest& request)
{
    std::string transcoded;
    OtlpScan refused;
    if (request.encoding == OtlpEncoding::Json) {
        Result<std::pair<std::string, OtlpScan>> canonical = transcodeTraces(request.body);
        if (!canonical) {
            return canonical.error();
        }
        transcoded = std::move(canonical.value().first);
        refused = std::move(canonical.value().second);
    }
    std::string_view body = request.encoding == OtlpEncoding::Json ? transcoded : request.body;
    const std::string stamped = request.peer ? stampResources(body, *request.peer) : std::string();
    if (!stamped.empty()) {
        body = stamped;
    }
    Result<RequestFold> fold = foldTraces(body, m_state.services, m_state.resources, m_nowNs);
    if (!fold) {
        return fold.error();
    }
    RequestFold& folded = fold.value();
    IngestOutcome outcome{folded.scan.accepted, folded.scan.rejected + refused.rejected,
                          refused.rejected > 0 ? refused.rejectReason : folded.scan.rejectReason, false};
    if (outcome.accepted == 0) {
        return outcome;
    }
    const Result<std::int64_t> stored =
        storeBody(OtlpSignal::Traces, folded.own, folded.traces.items().size(), outcome.accepted, body);
    if (!stored) {
        return stored.error();
    }
    for (TraceDelta& delta : folded.traces.items()) {
        delta.parts.front().request = *stored;
        m_traces.add(delta);
    }
    return outcome;
}

Result<IngestOutcome> WriteGroup::takeLogs(const IngestRequest& request)
{
    Result<OtlpLogs> logs = decodeOtlpLogs(request.body, request.encoding);
    if (!logs) {
        return logs.error();
    }
    const LogTable& table = logs->logs;
    IngestOutcome outcome{table.rows(), logs->rejected, logs->rejectReason, false};
    if (outcome.accepted == 0) {
        return outcome;
    }
    const std::string transcoded =
        request.encoding == OtlpEncoding::Json ? encodeOtlpLogs(table, OtlpEncoding::Protobuf) : std::string();
    std::set<TraceId> traces(table.traceId.begin(), table.traceId.end());
    traces.erase(TraceId{});
    const Result<std::int64_t> stored =
        storeBody(OtlpSignal::Logs, false, traces.size(), outcome.accepted,
                  request.encoding == OtlpEncoding::Json ? std::string_view(transcoded) : request.body);
    if (!stored) {
        return stored.error();
    }
    const Result<Statement*> part =
        m_state.database.cached("INSERT OR IGNORE INTO log_part(trace_id, request) VALUES(?, ?)");
    if (!part) {
        return part.error();
    }
    for (const TraceId& trace : traces) {
        if (!(*part)->bindBlob(1, bytesOf(trace)).bind(2, *stored).run()) {
            return m_state.database.failure("index log records");
        }
        m_state.changes.push_back({trace, false, false}); // whoever reads its logs reads them again
    }
    m_state.counters.logs += static_cast<std::int64_t>(outcome.accepted);
    return outcome;
}

Result<IngestOutcome> WriteGroup::takeMetrics(const IngestRequest& request)
{
    const Result<std::uint64_t> points = countOtlpMetricPoints(request.body, request.encoding);
    if (!points) {
        return points.error();
    }
    m_state.counters.metricPoints += static_cast<std::int64_t>(*points);
    return IngestOutcome{*points, 0, {}, false};
}

Result<std::int64_t> WriteGroup::storeBody(OtlpSignal signal, bool own, std::size_t refs, std::uint64_t records,
                                           std::string_view body)
{
    const auto [packed, isPacked] = packBody(body);
    const std::string_view bytes = isPacked ? packed : body;
    const std::int64_t id = m_state.counters.lastRequest + 1;
    const Result<Statement*> request = m_state.database.cached(
        "INSERT INTO request(id, received_ns, signal, own, refs, records, stored_bytes) VALUES(?, ?, ?, ?, ?, ?, ?)");
    const Result<Statement*> content = m_state.database.cached("INSERT INTO body(id, packed, bytes) VALUES(?, ?, ?)");
    if (!request || !content) {
        return request ? content.error() : request.error();
    }
    (*request)->bind(1, id).bind(2, m_nowNs).bind(3, static_cast<std::int64_t>(signal)).bind(4, own ? 1 : 0);
    (*request)->bind(5, static_cast<std::int64_t>(refs)).bind(6, static_cast<std::int64_t>(records));
    (*request)->bind(7, static_cast<std::int64_t>(bytes.size()));
    (*content)->bind(1, id).bind(2, isPacked ? 1 : 0).bindBlob(3, bytes);
    if (!(*request)->run() || !(*content)->run()) {
        return m_state.database.failure("store a request");
    }
    m_state.counters.lastRequest = id;
    m_state.counters.ownBytes += own ? static_cast<std::int64_t>(bytes.size()) : 0;
    return id;
}

Result<void> WriteGroup::writeTraces()
{
    // In key order neighbours share index pages.
    std::vector<TraceDelta>& deltas = m_traces.items();
    std::sort(deltas.begin(), deltas.end(), [](const auto& a, const auto& b) { return a.traceId < b.traceId; });
    m_state.changes.reserve(deltas.size());
    for (const TraceDelta& delta : deltas) {
        if (Result<void> written = writeTrace(delta); !written) {
            return written;
        }
    }
    return {};
}

Result<void> WriteGroup::writeTrace(const TraceDelta& delta)
{
    TraceRow row;
    Result<void> done = m_state.traces->find(delta.traceId, row);
    if (!done) {
        return done;
    }
    const bool isNew = row.id == 0;
    const TraceSummary before = row.summary;
    row.exact = isNew && delta.distinct;
    row.summary.merge(delta.summary);
    done = m_state.traces->addParts(row, delta.parts);
    if (done) {
        done = isNew ? m_state.traces->insert(row) : m_state.traces->update(before, row);
    }
    StoreCounters& counters = m_state.counters;
    if (!isNew) {
        (before.own ? counters.ownTraces : counters.otherTraces) -= 1;
    }
    (row.summary.own ? counters.ownTraces : counters.otherTraces) += 1;
    counters.spans += delta.summary.spans;
    for (const ServiceShare& share : delta.summary.services) {
        m_state.services.count(share.service, share.spans, share.errors, m_nowNs);
    }
    m_state.changes.push_back({delta.traceId, isNew, row.summary.own});
    if (!row.exact) {
        m_state.provisional.push_back(delta.traceId);
    }
    return done;
}

void WriteGroup::finish()
{
    if (!m_begun) {
        return;
    }
    if (m_failure) {
        m_failure = writeTraces();
    }
    if (m_failure) {
        m_failure = m_transaction.commit();
    }
    if (m_failure) {
        m_state.board.setProblem({}, false);
        for (const Waiting& waiting : m_waiting) {
            if (waiting.outcome.rejected > 0 && !waiting.outcome.duplicate) {
                m_state.board.noteRejected(waiting.outcome.rejected, waiting.outcome.rejectReason, m_nowNs);
            }
        }
    } else {
        reportWriteFailure(m_state, m_failure.error());
    }
    answerAll(m_failure);
}

void WriteGroup::answerAll(const Result<void>& stored)
{
    for (Waiting& waiting : m_waiting) {
        if (stored) {
            waiting.done(std::move(waiting.outcome));
        } else {
            waiting.done(stored.error());
        }
    }
    m_waiting.clear();
}

} // namespace tracedeck
