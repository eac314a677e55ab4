// SPDX-License-Identifier: GPL-3.0-or-later
// Counters of containers, and what inspecting one adds. Docker reports them for cgroup v1 and v2 in
// different fields; Podman's compatible answer leaves out memory_stats.stats.
#include "formats/engine_json.h"
#include "formats/json_tree.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace tracedeck {
namespace {

using json_tree::Element;

constexpr const char* kStatsSource = "engine";

bool equalsIgnoringCase(std::string_view a, std::string_view b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
        return std::tolower(static_cast<unsigned char>(x)) == std::tolower(static_cast<unsigned char>(y));
    });
}

/// Values above what int64 holds stand for "no limit".
std::optional<std::int64_t> bytesOf(Element of, std::string_view key)
{
    const auto value = json_tree::unsignedNumber(of, key);
    constexpr std::uint64_t kNoLimit = std::uint64_t{1} << 60U;
    return value && *value < kNoLimit ? std::optional(static_cast<std::int64_t>(*value)) : std::nullopt;
}

void readCpu(Element root, EngineSample& out)
{
    const auto cpu = json_tree::child(root, "cpu_stats");
    if (!cpu) {
        return;
    }
    if (const auto usage = json_tree::child(*cpu, "cpu_usage")) {
        out.cpuNs = json_tree::unsignedNumber(*usage, "total_usage");
        std::int64_t counted = 0;
        json_tree::items(json_tree::child(*usage, "percpu_usage"), [&](Element) { ++counted; });
        out.onlineCpus = counted > 0 ? std::optional(counted) : std::nullopt;
    }
    if (const auto online = json_tree::integer(*cpu, "online_cpus"); online && *online > 0) {
        out.onlineCpus = online;
    }
}

void readMemory(Element root, EngineSample& out)
{
    const auto memory = json_tree::child(root, "memory_stats");
    const auto usage = memory ? bytesOf(*memory, "usage") : std::nullopt;
    if (!usage) {
        return;
    }
    out.memoryBytes = usage;
    out.memoryLimitBytes = bytesOf(*memory, "limit");
    out.memoryWithCache = true;
    const auto stats = json_tree::child(*memory, "stats");
    // cgroup v1 first: there "inactive_file" is that of the top group alone.
    for (const char* key : {"total_inactive_file", "inactive_file"}) {
        const auto inactive = stats ? bytesOf(*stats, key) : std::nullopt;
        if (inactive) {
            out.memoryWithCache = *inactive >= *usage;
            out.memoryBytes = out.memoryWithCache ? *usage : *usage - *inactive;
            return;
        }
    }
}

void readTransfer(Element root, EngineSample& out)
{
    json_tree::fields(json_tree::child(root, "networks"), [&](std::string_view, Element device) {
        const auto rx = json_tree::unsignedNumber(device, "rx_bytes");
        const auto tx = json_tree::unsignedNumber(device, "tx_bytes");
        out.rxBytes = rx ? std::optional(out.rxBytes.value_or(0) + *rx) : out.rxBytes;
        out.txBytes = tx ? std::optional(out.txBytes.value_or(0) + *tx) : out.txBytes;
    });
    const auto blocks = json_tree::child(root, "blkio_stats");
    json_tree::items(blocks ? json_tree::child(*blocks, "io_service_bytes_recursive") : std::nullopt,
                     [&](Element entry) {
                         const std::string operation = json_tree::text(entry, "op");
                         const auto value = json_tree::unsignedNumber(entry, "value");
                         if (value && equalsIgnoringCase(operation, "read")) {
                             out.readBytes = out.readBytes.value_or(0) + *value;
                         } else if (value && equalsIgnoringCase(operation, "write")) {
                             out.writtenBytes = out.writtenBytes.value_or(0) + *value;
                         }
                     });
}

bool readDigits(std::string_view text, std::size_t at, std::size_t count, int& out)
{
    if (at + count > text.size()) {
        return false;
    }
    out = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (text[i] < '0' || text[i] > '9') {
            return false;
        }
        out = out * 10 + (text[i] - '0');
    }
    return true;
}

/// Days since 1970-01-01 of a date of the Gregorian calendar.
std::int64_t daysSinceEpoch(std::int64_t year, int month, int day)
{
    year -= month <= 2 ? 1 : 0;
    const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
    const std::int64_t yearOfEra = year - era * 400;
    const std::int64_t dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const std::int64_t dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146097 + dayOfEra - 719468;
}

/// Minutes east of UTC of "Z", "+02:00"; none for anything else.
std::optional<int> offsetMinutes(std::string_view zone)
{
    int hours = 0;
    int minutes = 0;
    if (zone == "Z" || zone == "z") {
        return 0;
    }
    if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':' || !readDigits(zone, 1, 2, hours)
        || !readDigits(zone, 4, 2, minutes)) {
        return std::nullopt;
    }
    return (hours * 60 + minutes) * (zone[0] == '-' ? -1 : 1);
}

void readState(Element state, EngineInspect& out)
{
    out.startedAtNs = parseRfc3339(json_tree::text(state, "StartedAt"));
    out.exitCode = json_tree::integer(state, "ExitCode");
    out.oomKilled = json_tree::flag(state, "OOMKilled");
    out.error = json_tree::text(state, "Error");
    if (const auto pid = json_tree::integer(state, "Pid"); pid && *pid > 0) {
        out.pid = pid;
    }
    for (const char* key : {"Health", "Healthcheck"}) { // Podman writes the second
        if (const auto health = json_tree::child(state, key); health && out.health.empty()) {
            out.health = json_tree::text(*health, "Status");
        }
    }
    if (out.health == "none") {
        out.health.clear();
    }
}

void readLimits(Element host, EngineInspect& out)
{
    constexpr double kNanoCpus = 1e9;
    const auto nano = json_tree::real(host, "NanoCpus");
    const auto quota = json_tree::real(host, "CpuQuota");
    const auto period = json_tree::real(host, "CpuPeriod");
    if (nano && *nano > 0) {
        out.cpuLimit = *nano / kNanoCpus;
    } else if (quota && *quota > 0) {
        constexpr double kDefaultPeriod = 100000;
        out.cpuLimit = *quota / (period && *period > 0 ? *period : kDefaultPeriod);
    }
    if (const auto memory = bytesOf(host, "Memory"); memory && *memory > 0) {
        out.memoryLimitBytes = memory;
    }
    if (const auto policy = json_tree::child(host, "RestartPolicy")) {
        out.restartPolicy = json_tree::text(*policy, "Name");
    }
    if (const auto log = json_tree::child(host, "LogConfig")) {
        out.logDriver = json_tree::text(*log, "Type");
    }
}

} // namespace

std::optional<std::int64_t> parseRfc3339(std::string_view text)
{
    std::array<int, 6> part{}; // year, month, day, hour, minute, second
    constexpr std::array<std::size_t, 6> kAt{0, 5, 8, 11, 14, 17};
    for (std::size_t i = 0; i < part.size(); ++i) {
        if (!readDigits(text, kAt[i], i == 0 ? 4 : 2, part[i])) {
            return std::nullopt;
        }
    }
    const bool shaped = text[4] == '-' && text[7] == '-' && (text[10] == 'T' || text[10] == 't' || text[10] == ' ')
        && text[13] == ':' && text[16] == ':';
    // Years that 64-bit nanoseconds hold; engines write year 1 for "never".
    if (!shaped || part[0] < 1971 || part[0] > 2261 || part[1] < 1 || part[1] > 12 || part[2] < 1 || part[2] > 31
        || part[3] > 23 || part[4] > 59 || part[5] > 60) {
        return std::nullopt;
    }
    std::size_t at = 19;
    std::int64_t fraction = 0;
    if (at < text.size() && text[at] == '.') {
        std::int64_t unit = 100'000'000;
        for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
            fraction += unit * (text[at] - '0');
            unit /= 10;
        }
    }
    const auto offset = offsetMinutes(text.substr(at));
    if (!offset) {
        return std::nullopt;
    }
    const std::int64_t seconds = daysSinceEpoch(part[0], part[1], part[2]) * 86400 + part[3] * 3600
        + (part[4] - *offset) * std::int64_t{60} + part[5];
    return seconds * 1'000'000'000 + fraction;
}

Result<EngineSample> decodeEngineStats(std::string_view json)
{
    simdjson::dom::parser parser;
    const auto root = json_tree::parse(parser, json, kStatsSource);
    if (!root) {
        return root.error();
    }
    EngineSample sample;
    sample.readNs = parseRfc3339(json_tree::text(*root, "read")).value_or(0);
    readCpu(*root, sample);
    readMemory(*root, sample);
    readTransfer(*root, sample);
    if (const auto pids = json_tree::child(*root, "pids_stats")) {
        sample.processes = json_tree::integer(*pids, "current");
    }
    return sample;
}

Result<std::vector<std::pair<std::string, EngineSample>>> decodePodmanStats(std::string_view json)
{
    simdjson::dom::parser parser;
    const auto root = json_tree::parse(parser, json, kStatsSource);
    if (!root) {
        return root.error();
    }
    if (const std::string problem = json_tree::text(*root, "Error"); !problem.empty()) {
        return makeError(ErrorCode::Internal, kStatsSource, problem, {}, true);
    }
    std::vector<std::pair<std::string, EngineSample>> samples;
    json_tree::items(json_tree::child(*root, "Stats"), [&](Element item) {
        EngineSample sample;
        sample.readNs = json_tree::integer(item, "SystemNano").value_or(0);
        sample.cpuNs = json_tree::unsignedNumber(item, "CPUNano");
        sample.memoryBytes = bytesOf(item, "MemUsage");
        sample.memoryLimitBytes = bytesOf(item, "MemLimit");
        sample.memoryWithCache = true;
        sample.rxBytes = json_tree::unsignedNumber(item, "NetInput");
        sample.txBytes = json_tree::unsignedNumber(item, "NetOutput");
        sample.readBytes = json_tree::unsignedNumber(item, "BlockInput");
        sample.writtenBytes = json_tree::unsignedNumber(item, "BlockOutput");
        sample.processes = json_tree::integer(item, "PIDs");
        std::string id = json_tree::text(item, "ContainerID");
        // Stopped ones are listed with zeros.
        if (!id.empty() && sample.processes.value_or(0) > 0) {
            samples.emplace_back(std::move(id), sample);
        }
    });
    return samples;
}

Result<EngineInspect> decodeEngineInspect(std::string_view json)
{
    simdjson::dom::parser parser;
    const auto root = json_tree::parse(parser, json, kStatsSource);
    if (!root) {
        return root.error();
    }
    if (!root.value().is_object()) {
        return makeError(ErrorCode::Malformed, kStatsSource, "the answer is no description of a container");
    }
    EngineInspect inspect;
    inspect.restartCount = json_tree::integer(*root, "RestartCount");
    if (const auto state = json_tree::child(*root, "State")) {
        readState(*state, inspect);
    }
    if (const auto config = json_tree::child(*root, "Config")) {
        inspect.tty = json_tree::flag(*config, "Tty");
    }
    if (const auto host = json_tree::child(*root, "HostConfig")) {
        readLimits(*host, inspect);
    }
    return inspect;
}

} // namespace tracedeck
