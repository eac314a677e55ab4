// SPDX-License-Identifier: GPL-3.0-or-later
// tracedeck-demo: sends repeatable demo traces to a collector on this machine.
#include "collector/access_policy.h"
#include "perf/demo/demo_trace.h"
#include "perf/stress/stress_socket.h"

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fmt/core.h>
#include <string>
#include <string_view>
#include <thread>

namespace {

struct DemoOptions {
    std::string address;
    std::string host = "demo-1";
    std::uint64_t traces = 240;
    bool live = false; ///< go on with one trace a second
    bool valid = true;
};

DemoOptions readOptions(int argc, char** argv)
{
    DemoOptions options;
    for (int i = 1; i < argc; ++i) {
        const std::string_view name = argv[i];
        const bool hasValue = i + 1 < argc;
        if (name == "--live")
            options.live = true;
        else if (name == "--to" && hasValue)
            options.address = argv[++i];
        else if (name == "--host" && hasValue)
            options.host = argv[++i];
        else if (name == "--traces" && hasValue)
            options.traces = std::strtoull(argv[++i], nullptr, 10);
        else
            options.valid = false;
    }
    options.valid = options.valid && tracedeck::isLoopbackHost(tracedeck::splitHostPort(options.address).first)
        && options.traces >= 1 && options.traces <= 100'000;
    return options;
}

std::int64_t nowNs()
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

bool sendTrace(tracedeck::stress::StressSocket& socket, const DemoOptions& options, std::uint64_t number,
               std::int64_t startNs)
{
    const std::string body = tracedeck::demo::demoTraceBody(number, startNs, options.host);
    return socket.ask(tracedeck::stress::exportRequest(options.address, "application/x-protobuf", body)).status == 200;
}

} // namespace

int main(int argc, char** argv)
{
    const DemoOptions options = readOptions(argc, argv);
    if (!options.valid) {
        fmt::print(stderr,
                   "usage: tracedeck-demo --to 127.0.0.1:PORT [--traces N (1 to 100000)] [--host NAME] [--live]\n");
        return 2;
    }
    std::signal(SIGPIPE, SIG_IGN);
    auto socket = tracedeck::stress::StressSocket::connect(options.address, std::chrono::seconds(30));
    if (!socket) {
        fmt::print(stderr, "tracedeck-demo: {}: {}\n", socket.error().source, socket.error().what);
        return 1;
    }
    // Spread over the last hour, the newest first seconds ago.
    const std::int64_t step = std::int64_t{3'600'000'000'000} / static_cast<std::int64_t>(options.traces);
    const std::int64_t begin = nowNs() - std::int64_t{3'600'000'000'000};
    for (std::uint64_t number = 1; number <= options.traces; ++number) {
        if (!sendTrace(socket.value(), options, number, begin + static_cast<std::int64_t>(number - 1) * step)) {
            fmt::print(stderr, "tracedeck-demo: the collector did not take trace {}\n", number);
            return 1;
        }
    }
    fmt::print("{}\n", tracedeck::demo::demoTraceId(options.traces).toHex());
    std::fflush(stdout);
    for (std::uint64_t number = options.traces + 1; options.live; ++number) {
        std::this_thread::sleep_for(std::chrono::seconds(1)); // the pace of the demo
        if (!sendTrace(socket.value(), options, number, nowNs()))
            return 1;
    }
    return 0;
}
