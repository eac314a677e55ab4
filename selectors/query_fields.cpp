// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/query_fields.h"

#include "core/search_arena.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace tracedeck {
namespace {

using Id = QueryFieldId;
using Type = QueryFieldType;
using D = Dimension;

constexpr QueryField text(Id id, std::string_view name, std::string_view aliases, std::string_view basis)
{
    return {id, name, aliases, Type::Text, D::Count, D::Count, {}, basis};
}
constexpr QueryField list(Id id, std::string_view name, std::string_view aliases, std::string_view basis)
{
    return {id, name, aliases, Type::List, D::Count, D::Count, {}, basis};
}
constexpr QueryField word(Id id, std::string_view name, std::string_view aliases, std::string_view basis)
{
    return {id, name, aliases, Type::Enum, D::Count, D::Count, {}, basis};
}
constexpr QueryField number(Id id, std::string_view name, std::string_view aliases, D dimension, std::string_view unit,
                            std::string_view basis, D second = D::Count)
{
    return {id, name, aliases, Type::Number, dimension, second, unit, basis};
}

constexpr auto kBytesRate = D::BytesPerSec;

constexpr std::array kInfrastructure{
    text(Id::Name, "name", "", "display name"),
    word(Id::Status, "status", "health", "online, degraded, paused, offline, unknown, other"),
    text(Id::State, "state", "", "status as the source words it"),
    number(Id::Cpu, "cpu", "", D::Percent, "", "of all CPUs of the host"),
    number(Id::Memory, "mem", "memory ram", D::Percent, "", "used of total, or used bytes", D::Bytes),
    number(Id::Disk, "disk", "storage", D::Percent, "", "used of total, or used bytes", D::Bytes),
    number(Id::Net, "net", "network", kBytesRate, "", "received plus sent"),
    number(Id::Rx, "rx", "netin", kBytesRate, "", "received"),
    number(Id::Tx, "tx", "netout", kBytesRate, "", "sent"),
    number(Id::Io, "io", "diskio", kBytesRate, "", "read plus written"),
    number(Id::Read, "read", "diskread", kBytesRate, "", "read from disk"),
    number(Id::Write, "write", "diskwrite", kBytesRate, "", "written to disk"),
    number(Id::Uptime, "uptime", "up", D::Duration, "s", "since the last start"),
    number(Id::Temperature, "temp", "temperature", D::Celsius, "", "hottest sensor the source reports"),
    number(Id::Load, "load", "load1", D::Count, "", "load average over one minute"),
    number(Id::Cpus, "cpus", "cores", D::Count, "", "number of CPUs"),
    word(Id::Type, "type", "kind", "what the row is"),
    word(Id::Source, "source", "platform sources", "where the row comes from"),
    text(Id::Cluster, "cluster", "", "explicit cluster name"),
    text(Id::Host, "host", "hostname", "host name"),
    text(Id::Id, "id", "machine", "id, platform id or machine id"),
    list(Id::Tag, "tag", "tags", "tags"),
    list(Id::Ip, "ip", "ips address", "addresses"),
    text(Id::Os, "os", "kernel", "operating system or kernel"),
};

constexpr std::array kWorkloads{
    text(Id::Name, "name", "", "display name"),
    word(Id::Status, "status", "", "running, degraded, stopped"),
    text(Id::State, "state", "", "power state or health as the source words it"),
    number(Id::Cpu, "cpu", "", D::Percent, "", "of its own allocation"),
    number(Id::Memory, "mem", "memory ram", D::Percent, "", "used of its limit, or used bytes", D::Bytes),
    number(Id::Disk, "disk", "storage", D::Percent, "", "used of total, or used bytes", D::Bytes),
    number(Id::Net, "net", "network", kBytesRate, "", "received plus sent"),
    number(Id::Rx, "rx", "netin", kBytesRate, "", "received"),
    number(Id::Tx, "tx", "netout", kBytesRate, "", "sent"),
    number(Id::Io, "io", "diskio", kBytesRate, "", "read plus written"),
    number(Id::Read, "read", "diskread", kBytesRate, "", "read from disk"),
    number(Id::Write, "write", "diskwrite", kBytesRate, "", "written to disk"),
    number(Id::Uptime, "uptime", "up", D::Duration, "s", "since the last start"),
    number(Id::Restarts, "restarts", "restart", D::Count, "", "restarts so far"),
    number(Id::Processes, "procs", "processes pids", D::Count, "", "number of processes"),
    number(Id::Cpus, "cpus", "cores", D::Count, "", "number of CPUs"),
    number(Id::Backup, "backup", "backupage", D::Duration, "h", "since the last backup"),
    word(Id::Type, "type", "kind", "vm, system-container, app-container, pod, unit"),
    word(Id::Source, "source", "platform sources", "where the row comes from"),
    text(Id::Node, "node", "", "node it runs on"),
    text(Id::Host, "host", "hostname dockerhost", "container host or node"),
    text(Id::Cluster, "cluster", "", "cluster name"),
    text(Id::Namespace, "ns", "namespace", "Kubernetes namespace"),
    text(Id::Image, "image", "", "container image"),
    text(Id::Runtime, "runtime", "", "container runtime"),
    text(Id::Container, "container", "containerid cid", "container id"),
    text(Id::Id, "id", "", "id as shown or canonical id"),
    number(Id::Vmid, "vmid", "", D::Count, "", "number of the guest"),
    list(Id::Tag, "tag", "tags", "tags"),
    list(Id::Ip, "ip", "ips address", "addresses"),
    text(Id::Os, "os", "", "operating system"),
    text(Id::Project, "project", "stack compose", "compose project"),
    text(Id::Unit, "unit", "cgroup", "unit name or control group"),
};

constexpr std::array kTraces{
    list(Id::Service, "service", "services svc", "services with spans in the trace"),
    text(Id::Name, "name", "operation op", "operation of the root span"),
    text(Id::Root, "root", "", "service or operation of the root span"),
    number(Id::Duration, "duration", "dur latency", D::Duration, "ms", "first start to last end"),
    number(Id::Spans, "spans", "span", D::Count, "", "number of spans"),
    number(Id::Errors, "errors", "error err", D::Count, "", "spans with status error"),
    word(Id::Status, "status", "", "ok, error"),
    number(Id::Start, "start", "time", D::Moment, "", "earliest start, UTC unless a zone is given"),
    number(Id::Age, "age", "", D::Duration, "s", "since the earliest start"),
    list(Id::Host, "host", "hostname", "host name or host id of its resources"),
    list(Id::Container, "container", "containerid cid", "container id or name of its resources"),
    list(Id::Pod, "pod", "", "pod name or uid of its resources"),
    list(Id::Namespace, "ns", "namespace", "Kubernetes namespace of its resources"),
    list(Id::Node, "node", "", "Kubernetes node of its resources"),
    list(Id::Instance, "instance", "", "service instance of its resources"),
    list(Id::Pid, "pid", "process", "process number of its resources"),
    list(Id::Peer, "peer", "connection", "who sent it: container, unit, process or address at the other end"),
    text(Id::Id, "trace", "id traceid", "trace id, hexadecimal"),
    word(Id::Own, "own", "", "yes: written by Tracedeck about itself"),
};

template <class Visit> bool anyName(const QueryField& field, Visit visit)
{
    if (visit(field.name)) {
        return true;
    }
    std::string_view rest = field.aliases;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(' '), rest.size());
        if (visit(rest.substr(0, end))) {
            return true;
        }
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return false;
}

std::size_t editDistance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row.back();
}

} // namespace

std::span<const QueryField> queryFields(QueryTable table)
{
    switch (table) {
    case QueryTable::Infrastructure:
        return kInfrastructure;
    case QueryTable::Workloads:
        return kWorkloads;
    case QueryTable::Traces:
        return kTraces;
    }
    return {};
}

const QueryField* findQueryField(QueryTable table, std::string_view name)
{
    const std::string folded = foldCase(name);
    for (const QueryField& field : queryFields(table)) {
        if (anyName(field, [&](std::string_view known) { return known == folded; })) {
            return &field;
        }
    }
    return nullptr;
}

std::string_view suggestQueryField(QueryTable table, std::string_view name)
{
    constexpr std::size_t kFarthest = 2;
    if (name.size() < 2 || name.size() > 24) {
        return {};
    }
    const std::string folded = foldCase(name);
    std::string_view best;
    std::size_t bestDistance = kFarthest + 1;
    for (const QueryField& field : queryFields(table)) {
        anyName(field, [&](std::string_view known) {
            // Half of a short name may not change: "abc" is no typing error for "cpu".
            const std::size_t distance = editDistance(folded, known);
            if (distance < bestDistance && distance * 2 < std::max(known.size(), folded.size())) {
                best = known;
                bestDistance = distance;
            }
            return false;
        });
    }
    return best;
}

} // namespace tracedeck
