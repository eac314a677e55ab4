// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/ingest_pipeline.h"
#include "collector/trace_store.h"
#include "formats/otlp_decode.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace tracedeck::test {

/// A directory that goes with the object.
class TemporaryDirectory {
public:
    TemporaryDirectory();
    ~TemporaryDirectory();
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    [[nodiscard]] const std::string& path() const { return m_path; }
    [[nodiscard]] std::string file(const std::string& name) const { return m_path + "/" + name; }

private:
    std::string m_path;
};

/// A store and a pipeline in a temporary directory, under a clock the test sets.
class StoreFixture {
public:
    StoreFixture();
    explicit StoreFixture(std::string dataDir);
    ~StoreFixture();
    StoreFixture(const StoreFixture&) = delete;
    StoreFixture& operator=(const StoreFixture&) = delete;

    StoreOptions options; ///< change, then reopen()
    std::atomic<std::int64_t> nowNs{std::int64_t{1'790'000'000} * 1'000'000'000};

    void reopen();
    void close();
    [[nodiscard]] TraceStore& store() { return *m_store; }
    [[nodiscard]] IngestPipeline& pipeline() { return *m_pipeline; }
    [[nodiscard]] std::string databasePath() const { return options.dataDir + "/traces.db"; }

    /// Submits and waits for the answer.
    Result<IngestOutcome> submit(OtlpSignal signal, const std::string& body,
                                 OtlpEncoding encoding = OtlpEncoding::Protobuf);
    Result<IngestOutcome> submitTraces(const std::string& body) { return submit(OtlpSignal::Traces, body); }
    /// All spans of a trace as read from the store.
    [[nodiscard]] Result<OtlpTraces> read(const TraceId& id);
    /// Every page of a request, one after the other.
    [[nodiscard]] std::vector<TraceListPage> pages(TraceListRequest request);
    /// The writer has done everything posted so far.
    void settle();

private:
    TemporaryDirectory m_directory;
    std::unique_ptr<TraceStore> m_store;
    std::unique_ptr<IngestPipeline> m_pipeline;
};

} // namespace tracedeck::test
