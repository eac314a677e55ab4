// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/stress/stress_options.h"

#include "collector/access_policy.h"

#include <array>
#include <charconv>
#include <fmt/format.h>
#include <map>
#include <utility>

namespace tracedeck::stress {

namespace {

constexpr std::size_t kMostTraces = 1'000'000;

Error wrong(std::string what)
{
    return makeError(ErrorCode::InvalidArgument, "command line", std::move(what), "See --help.");
}

Result<std::size_t> numberOf(const std::string& name, const std::string& text, std::size_t low, std::size_t high)
{
    std::size_t number = 0;
    const char* end = text.data() + text.size();
    const auto [stop, failure] = std::from_chars(text.data(), end, number);
    if (failure != std::errc() || stop != end || number < low || number > high)
        return wrong(fmt::format("{} wants a number from {} to {}, got “{}”", name, low, high, text));
    return number;
}

Result<PlantedFault> faultOf(const std::string& text)
{
    static const std::map<std::string, PlantedFault> kFaults{{"none", PlantedFault::None},
                                                             {"loss", PlantedFault::Loss},
                                                             {"duplicate", PlantedFault::Duplicate},
                                                             {"gap", PlantedFault::Gap}};
    const auto found = kFaults.find(text);
    if (found == kFaults.end())
        return wrong("--plant wants none, loss, duplicate or gap, got “" + text + "”");
    return found->second;
}

struct NumberOption {
    const char* name;
    std::size_t low;
    std::size_t high;
    void (*set)(StressOptions&, std::size_t);
};

constexpr std::array<NumberOption, 7> kNumbers{{
    {"--clients", 1, 1000, [](StressOptions& o, std::size_t n) { o.clients = n; }},
    {"--duration", 1, 600, [](StressOptions& o, std::size_t n) { o.duration = std::chrono::seconds(n); }},
    {"--per-client-cap", 1, 1000, [](StressOptions& o, std::size_t n) { o.perClientCap = n; }},
    {"--rate", 1, 20'000, [](StressOptions& o, std::size_t n) { o.rate = n; }},
    {"--slow", 0, 1000, [](StressOptions& o, std::size_t n) { o.slowClients = n; }},
    {"--stagger", 0, 1000, [](StressOptions& o, std::size_t n) { o.stagger = std::chrono::milliseconds(n); }},
    {"--spans-per-body", 8, 10'000, [](StressOptions& o, std::size_t n) { o.spansPerBody = n; }},
}};

Result<void> readOption(const std::string& name, const std::string& value, StressOptions& options)
{
    for (const NumberOption& option : kNumbers) {
        if (name != option.name)
            continue;
        const Result<std::size_t> number = numberOf(name, value, option.low, option.high);
        if (!number)
            return number.error();
        option.set(options, *number);
        return {};
    }
    if (name == "--host") {
        options.listenHost = value;
        return {};
    }
    if (name != "--plant")
        return wrong("unknown argument “" + name + "”");
    const Result<PlantedFault> fault = faultOf(value);
    if (!fault)
        return fault.error();
    options.planted = *fault;
    return {};
}

Result<void> checkOptions(const StressOptions& options)
{
    if (!isLoopbackHost(options.listenHost))
        return makeError(ErrorCode::PermissionDenied, options.listenHost,
                         "load is made on this machine only, and “" + options.listenHost
                             + "” is not a loopback address");
    if (options.slowClients > options.clients)
        return wrong("--slow wants at most as many as --clients");
    const auto seconds = static_cast<std::size_t>(options.duration.count() / 1000);
    if (options.scenario == "ws" && options.rate * seconds > kMostTraces)
        return wrong(fmt::format("--rate times --duration is at most {}", kMostTraces));
    return {};
}

} // namespace

std::string stressUsage()
{
    return "Usage: tracedeck-stress ws|ingest [options]\n"
           "Starts a collector of its own on free loopback ports, puts load on it, and proves that nothing\n"
           "is lost unsaid. Prints one JSON object; ends with 1 when the books do not balance.\n\n"
           "  --clients N          ws: push clients (120); ingest: senders (8)\n"
           "  --duration S         seconds of load (30; ingest 10)\n"
           "  --per-client-cap N   ws: push connections of one token (12)\n"
           "  --rate N             ws: traces a second (100)\n"
           "  --slow N             ws: clients that do not read until the end (0)\n"
           "  --stagger MS         ws: between two connections (10)\n"
           "  --spans-per-body N   ingest: spans in one request (512)\n"
           "  --host ADDRESS       loopback address to use (127.0.0.1)\n"
           "  --plant FAULT        make a mistake on purpose: loss, duplicate, gap\n";
}

Result<StressOptions> parseStressOptions(const std::vector<std::string>& arguments)
{
    StressOptions options;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string& name = arguments[i];
        if (name == "--help" || name == "-h") {
            options.help = true;
            return options;
        }
        if (options.scenario.empty() && (name == "ws" || name == "ingest")) {
            options.scenario = name;
            if (name == "ingest") {
                options.clients = 8;
                options.duration = std::chrono::seconds(10);
            }
            continue;
        }
        if (!name.starts_with("--"))
            return wrong("unexpected argument “" + name + "”");
        if (i + 1 == arguments.size())
            return wrong(name + " wants a value, or is unknown");
        if (options.scenario.empty())
            return wrong("say what to run first: ws or ingest");
        if (const Result<void> read = readOption(name, arguments[++i], options); !read)
            return read.error();
    }
    if (options.scenario.empty())
        return wrong("say what to run: ws or ingest");
    if (const Result<void> checked = checkOptions(options); !checked)
        return checked.error();
    return options;
}

} // namespace tracedeck::stress
