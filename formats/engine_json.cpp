// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/engine_json.h"

#include "formats/json_tree.h"

#include <algorithm>
#include <charconv>

namespace tracedeck {
namespace {

constexpr const char* kEngine = "engine";

Error wrongShape(const char* what)
{
    return makeError(ErrorCode::Malformed, kEngine, std::string("the answer is no ") + what, {}, true);
}

/// Ids go into paths of later questions, so nothing else may stand in them.
bool isHexId(std::string_view id)
{
    return !id.empty() && id.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// "Up 5 minutes (healthy)", "Up 1 second (health: starting)": older engines say it nowhere else.
std::string healthOfStatus(std::string_view status)
{
    const std::size_t open = status.rfind('(');
    if (open == std::string_view::npos || status.substr(0, 2) != "Up") {
        return {};
    }
    std::string_view word = status.substr(open + 1, status.find(')', open) - open - 1);
    if (word.substr(0, 8) == "health: ") {
        word.remove_prefix(8);
    }
    return word == "healthy" || word == "unhealthy" || word == "starting" ? std::string(word) : std::string();
}

/// "Exited (137) 3 hours ago".
std::optional<std::int64_t> exitCodeOfStatus(std::string_view status)
{
    constexpr std::string_view kExited = "Exited (";
    std::int64_t code = 0;
    if (status.substr(0, kExited.size()) != kExited) {
        return std::nullopt;
    }
    const char* begin = status.data() + kExited.size();
    const auto [end, error] = std::from_chars(begin, status.data() + status.size(), code);
    return error == std::errc() && end != status.data() + status.size() && *end == ')' ? std::optional(code)
                                                                                       : std::nullopt;
}

void readLabels(json_tree::Element item, EngineContainer& out)
{
    const auto labels = json_tree::child(item, "Labels");
    if (!labels) {
        return;
    }
    const auto firstOf = [&](std::initializer_list<const char*> names) {
        for (const char* name : names) {
            if (std::string value = json_tree::text(*labels, name); !value.empty()) {
                return value;
            }
        }
        return std::string();
    };
    out.project = firstOf({"com.docker.compose.project", "io.podman.compose.project", "com.docker.stack.namespace"});
    out.service = firstOf({"com.docker.compose.service", "com.docker.swarm.service.name"});
    out.podName = firstOf({"io.kubernetes.pod.name"});
    out.podNamespace = firstOf({"io.kubernetes.pod.namespace"});
}

void readPorts(json_tree::Element item, EngineContainer& out)
{
    std::vector<std::string> ports;
    json_tree::items(json_tree::child(item, "Ports"), [&](json_tree::Element port) {
        const auto inside = json_tree::integer(port, "PrivatePort");
        const auto outside = json_tree::integer(port, "PublicPort");
        const std::string address = json_tree::text(port, "IP");
        if (!inside) {
            return;
        }
        std::string text;
        if (outside && *outside != 0) {
            text = (address.find(':') == std::string::npos ? address : '[' + address + ']') + ':'
                + std::to_string(*outside) + "->";
        }
        const std::string protocol = json_tree::text(port, "Type");
        text += std::to_string(*inside) + '/' + (protocol.empty() ? "tcp" : protocol);
        if (std::find(ports.begin(), ports.end(), text) == ports.end()) {
            ports.push_back(std::move(text));
        }
    });
    std::sort(ports.begin(), ports.end()); // engines list them in another order on every poll
    for (const std::string& port : ports) {
        out.ports += (out.ports.empty() ? "" : ", ") + port;
    }
}

void readNetworks(json_tree::Element item, EngineContainer& out)
{
    const auto settings = json_tree::child(item, "NetworkSettings");
    json_tree::fields(settings ? json_tree::child(*settings, "Networks") : std::nullopt,
                      [&](std::string_view name, json_tree::Element network) {
                          out.networks.emplace_back(name);
                          for (const char* key : {"IPAddress", "GlobalIPv6Address"}) {
                              if (std::string address = json_tree::text(network, key); !address.empty()) {
                                  out.addresses.push_back(std::move(address));
                              }
                          }
                      });
    std::sort(out.networks.begin(), out.networks.end());
    std::sort(out.addresses.begin(), out.addresses.end());
}

EngineContainer containerOf(json_tree::Element item)
{
    EngineContainer out;
    out.id = json_tree::text(item, "Id");
    json_tree::items(json_tree::child(item, "Names"), [&](json_tree::Element name) {
        std::string_view text;
        if (name.get(text) == simdjson::SUCCESS && !text.empty()) {
            text.remove_prefix(text.front() == '/' ? 1 : 0);
            // A linked container also has the name "/other/alias"; its own has no second slash.
            if (out.name.empty()
                || (out.name.find('/') != std::string::npos && text.find('/') == std::string_view::npos)) {
                out.name = std::string(text);
            }
        }
    });
    out.image = json_tree::text(item, "Image");
    out.imageId = json_tree::text(item, "ImageID");
    out.state = json_tree::text(item, "State");
    out.status = json_tree::text(item, "Status");
    out.createdSec = json_tree::integer(item, "Created");
    out.exitCode = exitCodeOfStatus(out.status);
    if (const auto health = json_tree::child(item, "Health")) {
        out.health = json_tree::text(*health, "Status");
    }
    if (out.health.empty() || out.health == "none") {
        out.health = healthOfStatus(out.status);
    }
    readLabels(item, out);
    readPorts(item, out);
    readNetworks(item, out);
    return out;
}

} // namespace

Result<EngineInfo> decodeEngineInfo(std::string_view json)
{
    simdjson::dom::parser parser;
    const auto root = json_tree::parse(parser, json, kEngine);
    if (!root) {
        return root.error();
    }
    if (!root.value().is_object()) {
        return wrongShape("description of an engine");
    }
    EngineInfo info;
    info.id = json_tree::text(*root, "ID");
    info.hostname = json_tree::text(*root, "Name");
    info.serverVersion = json_tree::text(*root, "ServerVersion");
    info.osName = json_tree::text(*root, "OperatingSystem");
    info.kernelVersion = json_tree::text(*root, "KernelVersion");
    info.cgroupVersion = json_tree::text(*root, "CgroupVersion");
    info.cpuCount = json_tree::integer(*root, "NCPU");
    info.memoryBytes = json_tree::integer(*root, "MemTotal");
    json_tree::items(json_tree::child(*root, "Warnings"), [&](json_tree::Element item) {
        std::string_view text;
        if (item.get(text) == simdjson::SUCCESS && !text.empty()) {
            info.warnings.emplace_back(text);
        }
    });
    return info;
}

Result<std::vector<EngineContainer>> decodeEngineContainers(std::string_view json)
{
    simdjson::dom::parser parser;
    const auto root = json_tree::parse(parser, json, kEngine);
    if (!root) {
        return root.error();
    }
    if (!root.value().is_array()) {
        return wrongShape("list of containers");
    }
    std::vector<EngineContainer> containers;
    json_tree::items(*root, [&](json_tree::Element item) {
        EngineContainer container = containerOf(item);
        if (isHexId(container.id)) {
            containers.push_back(std::move(container));
        }
    });
    return containers;
}

Result<std::unordered_map<std::string, std::int64_t>> decodeEngineImages(std::string_view json)
{
    simdjson::dom::parser parser;
    const auto root = json_tree::parse(parser, json, kEngine);
    if (!root) {
        return root.error();
    }
    if (!root.value().is_array()) {
        return wrongShape("list of images");
    }
    std::unordered_map<std::string, std::int64_t> built;
    json_tree::items(*root, [&](json_tree::Element item) {
        const std::string id = json_tree::text(item, "Id");
        if (const auto created = json_tree::integer(item, "Created"); created && *created > 0 && !id.empty()) {
            built.emplace(id, *created);
        }
    });
    return built;
}

Result<EngineEvent> decodeEngineEvent(std::string_view line)
{
    simdjson::dom::parser parser;
    const auto root = json_tree::parse(parser, line, kEngine);
    if (!root) {
        return root.error();
    }
    EngineEvent event;
    event.type = json_tree::text(*root, "Type");
    event.action = json_tree::text(*root, "Action");
    if (event.action.empty()) {
        event.action = json_tree::text(*root, "status"); // before API 1.22
    }
    event.timeNs = json_tree::integer(*root, "timeNano").value_or(0);
    if (const auto actor = json_tree::child(*root, "Actor")) {
        event.id = json_tree::text(*actor, "ID");
        if (const auto attributes = json_tree::child(*actor, "Attributes")) {
            event.name = json_tree::text(*attributes, "name");
        }
    }
    return event;
}

std::string engineErrorMessage(std::string_view body)
{
    constexpr std::size_t kShown = 200;
    simdjson::dom::parser parser;
    const auto root = json_tree::parse(parser, body, kEngine);
    std::string message = root ? json_tree::text(*root, "message") : std::string();
    if (message.empty() && root) {
        message = json_tree::text(*root, "cause");
    }
    if (message.empty()) {
        message = std::string(body.substr(0, kShown));
    }
    while (!message.empty() && static_cast<unsigned char>(message.back()) <= ' ') {
        message.pop_back();
    }
    return message;
}

} // namespace tracedeck
