// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/retention_limits.h"
#include "core/result.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace tracedeck {

struct CollectorOptions {
    std::string dataDir;
    std::string host = "127.0.0.1";
    std::uint16_t httpPort = 4318; ///< 0 = any free port
    std::uint16_t grpcPort = 4317; ///< 0 = any free port
    std::string grpcHost = "127.0.0.1";
    bool enableGrpc = true;
    bool fullSync = false;
    bool requireToken = false; ///< ingest needs the token too; always so with TLS off loopback
    bool insecurePlaintext = false; ///< allow a non-loopback host without TLS
    /// When a wanted port is taken by another program, serve on a free one instead of failing, keep
    /// trying the wanted one, and say so in CollectorInfo::notices. The desktop app sets this.
    bool fallBackToFreePort = false;
    std::string tlsCertificate; ///< PEM files; both or none
    std::string tlsKey;
    std::string version; ///< for people: /api/v1/status, /metrics
    std::chrono::milliseconds portRetry{15'000}; ///< how often a taken port is tried again
    std::size_t pushPerToken = 12; ///< push connections of one token
    std::size_t pushTotal = 192; ///< push connections of all tokens
    RetentionLimits retention;
};

struct CollectorInfo {
    std::string httpAddress; ///< "127.0.0.1:4318"
    bool tls = false; ///< both addresses speak TLS
    std::string tlsFingerprint; ///< SHA-256 of the certificate, 64 hex digits; what another window trusts
    std::string grpcAddress; ///< empty when gRPC could not start
    std::string token; ///< content of DATA_DIR/token
    std::vector<std::string> notices; ///< user sentences: port taken, read-only, data directory owned by another …
    bool ownsData = true; ///< false: another process owns the directory and was connected to instead
};

/// The embedded collector: data-directory lock, store, ingest, HTTP and gRPC servers, on threads of its
/// own. start() returns when the ports listen.
class Collector {
public:
    /// Conflict when another process owns the data directory: its address stands in the error's `what`
    /// and in DATA_DIR/owner.
    [[nodiscard]] static Result<std::unique_ptr<Collector>> start(CollectorOptions options);
    ~Collector();
    Collector(const Collector&) = delete;
    Collector& operator=(const Collector&) = delete;

    [[nodiscard]] CollectorInfo info() const;
    /// New limits for what is kept, while it runs; see TraceStore::setRetention().
    void setRetention(const RetentionLimits& limits);
    /// Stops accepting, drains, commits, checkpoints, joins; at most 2 s.
    void stop();

private:
    struct State;
    explicit Collector(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace tracedeck
