// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/stress/stress_collector.h"

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <system_error>
#include <utility>

namespace tracedeck::stress {

Result<std::unique_ptr<StressCollector>> StressCollector::start(const std::string& host, std::size_t readers,
                                                                std::size_t perToken, bool grpc,
                                                                RetentionLimits retention)
{
    std::string pattern = (std::filesystem::temp_directory_path() / "tracedeck-stress-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr)
        return makeError(ErrorCode::StorageFull, pattern, std::generic_category().message(errno));
    std::unique_ptr<StressCollector> made(new StressCollector(pattern));
    std::filesystem::create_directories(pattern + "/tokens.d");
    for (std::size_t i = 0; i < readers; ++i) {
        made->m_readTokens.push_back(fmt::format("stress-reader-{:050}", i));
        std::ofstream(fmt::format("{}/tokens.d/{:05}", pattern, i)) << made->m_readTokens.back() << '\n';
    }
    CollectorOptions options;
    options.dataDir = pattern;
    options.host = host;
    options.httpPort = 0;
    options.enableGrpc = grpc;
    options.grpcHost = host;
    options.grpcPort = 0;
    options.pushPerToken = perToken;
    options.pushTotal = readers * perToken;
    options.version = "stress";
    options.retention = retention;
    Result<std::unique_ptr<Collector>> started = Collector::start(options);
    if (!started)
        return started.error();
    made->m_collector = std::move(started).value();
    made->m_address = made->m_collector->info().httpAddress;
    made->m_grpcAddress = made->m_collector->info().grpcAddress;
    made->m_ownerToken = made->m_collector->info().token;
    return made;
}

StressCollector::~StressCollector()
{
    m_collector.reset();
    std::error_code ignored;
    std::filesystem::remove_all(m_directory, ignored);
}

} // namespace tracedeck::stress
