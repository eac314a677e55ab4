// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/collector.h"
#include "collector/collector_arguments.h"
#include "core/log.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

std::string defaultDataDir()
{
    if (const char* data = std::getenv("XDG_DATA_HOME"); data != nullptr && *data == '/')
        return std::string(data) + "/tracedeck";
    const char* home = std::getenv("HOME");
    return home == nullptr ? std::string() : std::string(home) + "/.local/share/tracedeck";
}

int fail(const tracedeck::Error& error)
{
    std::fprintf(stderr, "tracedeck-collector: %s: %s\n", error.source.c_str(), error.what.c_str());
    if (!error.hint.empty())
        std::fprintf(stderr, "%s\n", error.hint.c_str());
    return error.code == tracedeck::ErrorCode::InvalidArgument ? 2 : 1;
}

void printInfo(const tracedeck::CollectorInfo& info, const std::string& dataDir)
{
    const char* scheme = info.tls ? "https" : "http";
    std::printf("OTLP/HTTP and API: %s://%s\n", scheme, info.httpAddress.c_str());
    if (!info.grpcAddress.empty())
        std::printf("OTLP/gRPC: %s://%s\n", scheme, info.grpcAddress.c_str());
    std::printf("Data: %s\nRead token: %s/token\n", dataDir.c_str(), dataDir.c_str());
    for (const std::string& notice : info.notices)
        std::printf("Note: %s\n", notice.c_str());
    std::fflush(stdout);
}

} // namespace

int main(int argc, char** argv)
{
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    tracedeck::Result<tracedeck::CollectorArguments> parsed =
        tracedeck::parseCollectorArguments(arguments, defaultDataDir());
    if (!parsed)
        return fail(parsed.error());
    if (parsed->help || parsed->version) {
        const std::string text =
            parsed->help ? std::string(tracedeck::collectorUsage()) : "tracedeck-collector " TRACEDECK_VERSION "\n";
        std::fputs(text.c_str(), stdout);
        return 0;
    }
    // Blocked before any thread starts, so that only sigwait() below sees them.
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);

    tracedeck::Log::setEchoToStderr(true);
    tracedeck::Log::setLevel(tracedeck::LogLevel::Warning);
    tracedeck::CollectorOptions options = parsed->options;
    options.version = TRACEDECK_VERSION;
    auto collector = tracedeck::Collector::start(options);
    if (!collector)
        return fail(collector.error());
    printInfo(collector.value()->info(), options.dataDir);
    int received = 0;
    sigwait(&signals, &received);
    collector.value()->stop();
    return 0;
}
