// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/ingest_pipeline.h"
#include "collector/trace_fold.h"
#include "collector/writer_state.h"

#include <cstddef>
#include <vector>

namespace tracedeck {

/// Requests that are stored by one COMMIT: bodies go in one by one, summaries are folded over the whole
/// group first, so a trace spread over many requests costs one row update. Writer thread only.
class WriteGroup {
public:
    explicit WriteGroup(WriterState& state);

    /// Decodes and stores a request; `done` is kept until finish(), or called at once for a body that
    /// does not decode.
    void add(IngestRequest request, IngestPipeline::Done done);
    /// Decompressed bytes taken in so far.
    [[nodiscard]] std::size_t bytes() const noexcept { return m_bytes; }
    /// Writes the summaries, commits and answers every request.
    void finish();

private:
    struct Waiting {
        IngestPipeline::Done done;
        IngestOutcome outcome;
    };
    [[nodiscard]] Result<void> open();
    /// Outcome of a request whose records are in the transaction. Malformed: nothing of it is.
    [[nodiscard]] Result<IngestOutcome> take(const IngestRequest& request);
    [[nodiscard]] Result<IngestOutcome> takeTraces(const IngestRequest& request);
    [[nodiscard]] Result<IngestOutcome> takeLogs(const IngestRequest& request);
    [[nodiscard]] Result<IngestOutcome> takeMetrics(const IngestRequest& request);
    [[nodiscard]] Result<std::int64_t> storeBody(OtlpSignal signal, bool own, std::size_t refs, std::uint64_t records,
                                                 std::string_view body);
    [[nodiscard]] Result<void> writeTraces();
    [[nodiscard]] Result<void> writeTrace(const TraceDelta& delta);
    void answerAll(const Result<void>& stored);

    WriterState& m_state;
    StoreTransaction m_transaction;
    TraceDeltas m_traces;
    std::vector<Waiting> m_waiting;
    std::size_t m_bytes = 0;
    std::int64_t m_nowNs = 0;
    bool m_begun = false;
    Result<void> m_failure;
};

} // namespace tracedeck
