// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/pulse_json.h"

#include "formats/engine_json.h"
#include "formats/json_tree.h"

#include <algorithm>
#include <cctype>
#include <initializer_list>

namespace tracedeck {
namespace {

using json_tree::Element;

constexpr const char* kPulseSource = "Pulse";

std::vector<std::string> textsOf(const std::optional<Element>& array)
{
    std::vector<std::string> out;
    json_tree::items(array, [&](Element item) {
        std::string_view text;
        if (item.get(text) == simdjson::SUCCESS && !text.empty()) {
            out.emplace_back(text);
        }
    });
    return out;
}

/// The first text among facets: {"proxmox", "nodeName"}, …
std::string firstText(Element root, std::initializer_list<std::pair<const char*, const char*>> places)
{
    for (const auto& [facet, field] : places) {
        const auto found = json_tree::child(root, facet);
        if (std::string text = found ? json_tree::text(*found, field) : std::string(); !text.empty()) {
            return text;
        }
    }
    return {};
}

std::optional<double> firstNumber(Element root, std::initializer_list<std::pair<const char*, const char*>> places)
{
    for (const auto& [facet, field] : places) {
        const auto found = json_tree::child(root, facet);
        const auto value = found ? json_tree::real(*found, field) : std::nullopt;
        if (value) {
            return value;
        }
    }
    return std::nullopt;
}

std::optional<std::int64_t> wholeOf(std::optional<double> value)
{
    constexpr double kLimit = 9e18;
    return value && *value >= 0 && *value < kLimit ? std::optional(static_cast<std::int64_t>(*value)) : std::nullopt;
}

struct PulseMetric {
    std::optional<double> percent;
    std::optional<double> value;
    std::optional<std::int64_t> used;
    std::optional<std::int64_t> total;
};

PulseMetric metricOf(Element metrics, const char* name)
{
    PulseMetric out;
    if (const auto metric = json_tree::child(metrics, name)) {
        out.percent = json_tree::real(*metric, "percent");
        out.value = json_tree::real(*metric, "value");
        out.used = json_tree::integer(*metric, "used");
        out.total = json_tree::integer(*metric, "total");
    }
    return out;
}

void readMetrics(Element root, PulseResource& out)
{
    const auto metrics = json_tree::child(root, "metrics");
    if (!metrics) {
        return;
    }
    const PulseMetric cpu = metricOf(*metrics, "cpu");
    out.cpuPercent = cpu.percent ? cpu.percent : cpu.value;
    const PulseMetric memory = metricOf(*metrics, "memory");
    out.memoryPercent = memory.percent;
    out.memoryUsedBytes = memory.used;
    out.memoryTotalBytes = memory.total && *memory.total > 0 ? memory.total : std::nullopt;
    const PulseMetric disk = metricOf(*metrics, "disk");
    out.diskPercent = disk.percent;
    out.diskUsedBytes = disk.used;
    out.diskTotalBytes = disk.total && *disk.total > 0 ? disk.total : std::nullopt;
    out.rxBytesPerSec = metricOf(*metrics, "netIn").value;
    out.txBytesPerSec = metricOf(*metrics, "netOut").value;
    out.readBytesPerSec = metricOf(*metrics, "diskRead").value;
    out.writeBytesPerSec = metricOf(*metrics, "diskWrite").value;
}

void readIdentity(Element root, PulseResource& out)
{
    const auto canonical = json_tree::child(root, "canonicalIdentity");
    const std::string display = canonical ? json_tree::text(*canonical, "displayName") : std::string();
    const std::string own = json_tree::text(root, "name");
    out.name = !display.empty() ? display : !own.empty() ? own : out.id;
    out.hostname = canonical ? json_tree::text(*canonical, "hostname") : std::string();
    out.platformId = canonical ? json_tree::text(*canonical, "platformId") : std::string();
    if (const auto identity = json_tree::child(root, "identity")) {
        out.machineId = json_tree::text(*identity, "machineId");
        out.clusterName = json_tree::text(*identity, "clusterName");
        out.addresses = textsOf(json_tree::child(*identity, "ipAddresses"));
        const auto names = textsOf(json_tree::child(*identity, "hostnames"));
        if (out.hostname.empty() && !names.empty()) {
            out.hostname = names.front();
        }
    }
    if (out.clusterName.empty()) {
        out.clusterName =
            firstText(root, {{"proxmox", "clusterName"}, {"kubernetes", "clusterName"}, {"kubernetes", "context"}});
    }
}

/// What an agent tells beside the metrics: the load, and its disks where the server made no sum of them.
void readAgent(Element root, PulseResource& out)
{
    const auto agent = json_tree::child(root, "agent");
    if (!agent) {
        return;
    }
    json_tree::items(json_tree::child(*agent, "loadAverage"), [&](Element item) {
        double load = 0;
        if (!out.loadAverage1 && item.get(load) == simdjson::SUCCESS && load >= 0) {
            out.loadAverage1 = load; // the first is that of one minute
        }
    });
    if (out.diskPercent || out.diskUsedBytes || out.diskTotalBytes) {
        return;
    }
    std::int64_t usedBytes = 0;
    std::int64_t totalBytes = 0;
    constexpr std::int64_t kLargest = std::int64_t{1} << 60U; // a sum of some of them does not overflow
    json_tree::items(json_tree::child(*agent, "disks"), [&](Element disk) {
        const auto used = json_tree::integer(disk, "used");
        const auto total = json_tree::integer(disk, "total");
        const bool isKnown = used && total && *used >= 0 && *total > 0 && *used <= *total && *total < kLargest
            && json_tree::real(disk, "usage").value_or(0) >= 0; // -1 = the agent does not know
        if (isKnown && totalBytes < kLargest) {
            usedBytes += *used;
            totalBytes += *total;
        }
    });
    if (totalBytes > 0) {
        out.diskUsedBytes = usedBytes;
        out.diskTotalBytes = totalBytes;
        out.diskPercent = static_cast<double>(usedBytes) * 100.0 / static_cast<double>(totalBytes);
    }
}

/// Year 1 and the epoch stand for "never".
std::optional<std::int64_t> backupTime(Element root)
{
    const auto proxmox = json_tree::child(root, "proxmox");
    if (!proxmox) {
        return std::nullopt;
    }
    constexpr std::int64_t kNsPerMs = 1'000'000;
    constexpr std::int64_t kMostMs = 9'000'000'000'000;
    if (const auto milliseconds = json_tree::integer(*proxmox, "lastBackup")) {
        return *milliseconds > 0 && *milliseconds < kMostMs ? std::optional(*milliseconds * kNsPerMs) : std::nullopt;
    }
    return parseRfc3339(json_tree::text(*proxmox, "lastBackup"));
}

void readFacets(Element root, PulseResource& out)
{
    out.node = firstText(root, {{"proxmox", "nodeName"}, {"kubernetes", "nodeName"}});
    out.instance = firstText(root, {{"proxmox", "instance"}});
    out.nameSpace = firstText(root, {{"kubernetes", "namespace"}});
    out.image = firstText(root, {{"docker", "image"}, {"kubernetes", "image"}});
    out.runtime = firstText(root, {{"docker", "runtime"}});
    out.containerId = firstText(root, {{"docker", "containerId"}});
    out.hostId = firstText(root, {{"docker", "hostSourceId"}});
    out.hostName = firstText(root, {{"docker", "hostname"}});
    out.project = firstText(root, {{"docker", "stack"}});
    out.kubernetesClusterId = firstText(root, {{"kubernetes", "clusterId"}});
    out.kubernetesAgentId = firstText(root, {{"kubernetes", "agentId"}});
    out.podUid = firstText(root, {{"kubernetes", "podUid"}});
    out.osName = firstText(root, {{"agent", "osName"}, {"proxmox", "osName"}});
    out.kernelVersion = firstText(root, {{"agent", "kernelVersion"}});
    out.vmid = wholeOf(firstNumber(root, {{"proxmox", "vmid"}}));
    if (out.vmid && *out.vmid == 0) {
        out.vmid.reset();
    }
    out.cpuCount = firstNumber(root, {{"proxmox", "cpus"}, {"agent", "cpuCount"}});
    out.uptimeSec = firstNumber(root,
                                {{"agent", "uptimeSeconds"},
                                 {"proxmox", "uptime"},
                                 {"pbs", "uptimeSeconds"},
                                 {"pmg", "uptimeSeconds"},
                                 {"kubernetes", "uptimeSeconds"},
                                 {"docker", "uptimeSeconds"}});
    if (!out.uptimeSec) {
        out.uptimeSec = json_tree::real(root, "uptime");
    }
    out.temperatureCelsius = firstNumber(root,
                                         {{"agent", "temperature"},
                                          {"proxmox", "temperature"},
                                          {"docker", "temperature"},
                                          {"kubernetes", "temperature"},
                                          {"physicalDisk", "temperature"}});
    if (!out.temperatureCelsius) {
        out.temperatureCelsius = json_tree::real(root, "temperature");
    }
    out.restartCount = wholeOf(firstNumber(root, {{"docker", "restartCount"}, {"kubernetes", "restarts"}}));
    out.lastBackupNs = backupTime(root);
    const auto proxmox = json_tree::child(root, "proxmox");
    out.isTemplate = proxmox && json_tree::flag(*proxmox, "template");
}

/// Power state first, the server's health beside it.
void readStatus(Element root, PulseResource& out)
{
    const std::string own = json_tree::text(root, "status");
    const std::string runtime = firstText(
        root, {{"proxmox", "runtimeStatus"}, {"virtualMachine", "runtimeState"}, {"docker", "containerState"}});
    const std::string raw = runtime.empty() ? own : runtime;
    std::string lower;
    std::transform(raw.begin(), raw.end(), std::back_inserter(lower),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const bool on = lower == "online" || lower == "healthy" || lower == "poweredon";
    const bool off = lower == "offline" || lower == "poweredoff" || lower == "exited" || lower == "created";
    out.status = on ? "running" : off ? "stopped" : lower.empty() ? "unknown" : lower;
    out.resourceStatus = own;
    out.statusReason = json_tree::text(root, "incidentSummary");
}

/// Kubernetes kinds are all kept as one.
void readHistoryTarget(Element root, PulseResource& out)
{
    out.historyType = firstText(root, {{"metricsTarget", "resourceType"}});
    out.historyId = firstText(root, {{"metricsTarget", "resourceId"}, {"metricsTarget", "agentId"}});
    if (out.historyType.empty() || out.historyId.empty()) {
        out.historyType.clear();
        out.historyId.clear();
    } else if (out.historyType == "pod" || out.historyType.starts_with("k8s")) {
        out.historyType = "k8s";
    } else if (out.historyType == "node") {
        out.historyType = "agent"; // as servers before 6.0 worded it
    }
}

PulseResource resourceOf(Element root)
{
    PulseResource out;
    out.id = json_tree::text(root, "id");
    out.type = json_tree::text(root, "type");
    out.sources = textsOf(json_tree::child(root, "sources"));
    out.tags = textsOf(json_tree::child(root, "tags"));
    out.parentId = json_tree::text(root, "parentId");
    out.parentName = json_tree::text(root, "parentName");
    out.customUrl = json_tree::text(root, "customUrl");
    readHistoryTarget(root, out);
    readIdentity(root, out);
    readFacets(root, out);
    readMetrics(root, out);
    readAgent(root, out);
    readStatus(root, out);
    return out;
}

} // namespace

Result<PulseResource> decodePulseResource(std::string_view json)
{
    simdjson::dom::parser parser;
    const auto root = json_tree::parse(parser, json, kPulseSource);
    if (!root) {
        return root.error();
    }
    return resourceOf(*root);
}

Result<PulsePage> decodePulsePage(std::string_view json)
{
    simdjson::dom::parser parser;
    const auto root = json_tree::parse(parser, json, kPulseSource);
    if (!root) {
        return root.error();
    }
    const auto data = json_tree::child(*root, "data");
    if (!data || !data->is_array()) {
        return makeError(ErrorCode::Malformed, kPulseSource, "the answer holds no list of resources", {}, true);
    }
    PulsePage page;
    json_tree::items(data, [&](Element item) {
        PulseResource resource = resourceOf(item);
        if (!resource.id.empty()) {
            page.resources.push_back(std::move(resource));
            page.raw.push_back(simdjson::minify(item));
        }
    });
    if (const auto meta = json_tree::child(*root, "meta")) {
        page.page = json_tree::integer(*meta, "page").value_or(1);
        page.totalPages = json_tree::integer(*meta, "totalPages").value_or(1);
        page.total = json_tree::integer(*meta, "total").value_or(0);
    }
    return page;
}

Result<PulseMessage> decodePulseMessage(std::string_view json)
{
    simdjson::dom::parser parser;
    const auto root = json_tree::parse(parser, json, kPulseSource);
    if (!root) {
        return root.error();
    }
    PulseMessage message;
    const std::string type = json_tree::text(*root, "type");
    const auto data = json_tree::child(*root, "data");
    if (type == "ping") {
        message.kind = PulseMessage::Kind::Ping;
    } else if (type == "stateTooLarge") {
        message.kind = PulseMessage::Kind::TooLarge;
    } else if ((type == "initialState" || type == "rawData") && data) {
        message.kind = json_tree::child(*data, "resources") ? PulseMessage::Kind::Snapshot : PulseMessage::Kind::Delta;
        message.data = simdjson::minify(*data);
    }
    return message;
}

} // namespace tracedeck
