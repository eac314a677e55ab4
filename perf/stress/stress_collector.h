// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/collector.h"
#include "core/result.h"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace tracedeck::stress {

/// A collector of its own in a temporary directory, which goes with it, on free ports of `host`.
class StressCollector {
public:
    /// With OTLP/gRPC as well when asked for, and `readers` read tokens besides the owner's, each for `perToken` push
    /// connections.
    [[nodiscard]] static Result<std::unique_ptr<StressCollector>> start(const std::string& host, std::size_t readers,
                                                                        std::size_t perToken, bool grpc = false,
                                                                        RetentionLimits retention = {});
    ~StressCollector();
    StressCollector(const StressCollector&) = delete;
    StressCollector& operator=(const StressCollector&) = delete;

    [[nodiscard]] const std::string& address() const { return m_address; }
    [[nodiscard]] const std::string& grpcAddress() const { return m_grpcAddress; }
    [[nodiscard]] const std::string& ownerToken() const { return m_ownerToken; }
    [[nodiscard]] const std::vector<std::string>& readTokens() const { return m_readTokens; }

private:
    explicit StressCollector(std::string directory) : m_directory(std::move(directory)) { }
    std::string m_directory;
    std::string m_address;
    std::string m_grpcAddress;
    std::string m_ownerToken;
    std::vector<std::string> m_readTokens;
    std::unique_ptr<Collector> m_collector;
};

} // namespace tracedeck::stress
