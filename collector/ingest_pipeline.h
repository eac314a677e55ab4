// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "formats/otlp_decode.h"
#include "formats/otlp_resource_stamp.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace tracedeck {

class TraceStore;

enum class OtlpSignal : std::uint8_t { Traces, Logs, Metrics };

/// One accepted body, already decompressed.
struct IngestRequest {
    OtlpSignal signal = OtlpSignal::Traces;
    OtlpEncoding encoding = OtlpEncoding::Protobuf;
    std::string body;
    std::string sender{}; ///< other end of the connection, "127.0.0.1:4711"; empty = not known
    std::shared_ptr<const PeerPlace> peer{}; ///< who that is; null = not known
};

/// What became of a request. Comes only after COMMIT when it was stored.
struct IngestOutcome {
    std::uint64_t accepted = 0;
    std::uint64_t rejected = 0;
    std::string rejectReason;
    bool duplicate = false; ///< exact retry within 10 minutes: acknowledged, not stored
};

struct IngestLimits {
    std::size_t queueBytes = std::size_t{128} << 20U; ///< decompressed bytes waiting
};

/// Bounded queue in bytes → decode and scan → group commit on the writer thread. Thread-safe.
class IngestPipeline {
public:
    using Done = std::function<void(Result<IngestOutcome>)>;

    IngestPipeline(TraceStore& store, IngestLimits limits);
    ~IngestPipeline();
    IngestPipeline(const IngestPipeline&) = delete;
    IngestPipeline& operator=(const IngestPipeline&) = delete;

    /// Queues a request. `done` is called once, on the writer thread, after commit or failure; with
    /// Busy at once (on the calling thread) when the queue is full. A body that does not decode gives
    /// Malformed. StorageFull, ReadOnly and Busy are retryable.
    void submit(IngestRequest request, Done done);
    /// What is still queued after this long is refused instead of stored.
    static constexpr std::chrono::milliseconds kDrainTime{1000};
    /// Stops accepting, drains what is queued, commits, joins: kDrainTime and the group under way at most.
    void stop();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace tracedeck
