// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/access_policy.h"
#include "collector/api_backend.h"
#include "collector/server_counters.h"
#include "core/result.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace tracedeck {

struct GrpcOptions {
    std::string host = "127.0.0.1";
    std::uint16_t port = 4317; ///< 0 = any free port
    std::size_t messageBytes = std::size_t{64} << 20U; ///< before and after decompression
    std::size_t allMessagesBytes = std::size_t{192} << 20U; ///< messages in memory, over all calls
    std::string tlsCertificate; ///< PEM text; both or none
    std::string tlsKey;
    int handshakeMs = 10'000; ///< from accept to the end of the TLS and HTTP/2 greetings
};

/// The signal a gRPC method exports: "/opentelemetry.proto.collector.trace.v1.TraceService/Export", and
/// the same for logs and metrics.
[[nodiscard]] std::optional<OtlpSignal> grpcSignalOf(std::string_view method);

/// OTLP/gRPC ingest without generated code: messages are handed to the pipeline as they came. Answers
/// UNAVAILABLE when a retry helps, INVALID_ARGUMENT, UNAUTHENTICATED, UNIMPLEMENTED.
class GrpcServer {
public:
    /// References outlive the server. Conflict when the port is taken.
    [[nodiscard]] static Result<std::unique_ptr<GrpcServer>> start(ApiBackend& backend, const AccessPolicy& policy,
                                                                   ServerCounters& counters,
                                                                   const GrpcOptions& options);
    ~GrpcServer();
    GrpcServer(const GrpcServer&) = delete;
    GrpcServer& operator=(const GrpcServer&) = delete;

    /// "127.0.0.1:4317" with the real port.
    [[nodiscard]] const std::string& address() const noexcept { return m_address; }
    /// Refuses new calls, waits at most `grace` for calls under way, then cancels them. May be called twice.
    void stop(std::chrono::milliseconds grace);

private:
    struct State;
    GrpcServer(std::unique_ptr<State> state, std::string address);
    std::unique_ptr<State> m_state;
    std::string m_address;
};

} // namespace tracedeck
