// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/demo_traces.h"

#include "sources/demo_names.h"
#include "sources/demo_noise.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tracedeck {
namespace {

constexpr std::uint64_t kTraceStream = 0x5472616365;
constexpr std::int64_t kMicro = 1'000;
constexpr int kMaxDepth = 5;

struct Operation {
    std::string_view entry; ///< name of the root span
    std::size_t service; ///< index into demoService()
    std::size_t callees[4]; ///< services it calls, in order
};

constexpr std::array<Operation, 9> kOperations{{
    {"GET /", 0, {5, 9, 7, 29}},
    {"POST /cart", 0, {2, 21, 7, 29}},
    {"POST /checkout", 1, {2, 3, 25, 20}},
    {"GET /search", 0, {5, 6, 7, 9}},
    {"GET /product/{id}", 0, {5, 21, 7, 38}},
    {"POST /login", 15, {8, 27, 7, 28}},
    {"GET /orders/{id}", 0, {20, 22, 23, 8}},
    {"POST /payment/confirm", 3, {4, 25, 26, 13}},
    {"consume order.created", 14, {20, 4, 26, 13}},
}};

/// Workloads a service runs in, found once per call.
using Homes = std::unordered_map<std::size_t, std::vector<std::uint32_t>>;

class TraceWriter {
public:
    TraceWriter(SpanTable& spans, const DemoLayout& layout) : m_spans(spans), m_layout(layout)
    {
        const std::size_t rows = layout.workloadShapes.size();
        for (std::size_t row = 0; row < std::min<std::size_t>(rows, 4'000); ++row) {
            m_homes[row % kDemoServices].push_back(static_cast<std::uint32_t>(row));
        }
        spans.scopes.name.push_back(text("demo.instrumentation"));
        spans.scopes.version.push_back(text("1.0.0"));
        spans.scopes.schemaUrl.push_back(0);
        spans.scopes.attributes.push_back({});
        spans.scopes.droppedAttributes.push_back(0);
    }

    void trace(std::uint64_t serial, std::int64_t startNs);

private:
    struct Call {
        std::uint64_t seed;
        std::size_t service;
        SpanId parent;
        std::int64_t startNs;
        int depth;
    };
    [[nodiscard]] StringId text(std::string_view value) { return m_spans.strings.intern(value); }
    void attribute(std::string_view key, std::string_view value)
    {
        m_spans.attributeRows.add(text(key), AttributeType::String, text(value));
    }
    void number(std::string_view key, std::uint64_t value)
    {
        m_spans.attributeRows.add(text(key), AttributeType::Int, value);
    }
    [[nodiscard]] std::uint32_t resourceOf(std::size_t service, std::uint64_t seed);
    void describe(std::uint32_t row, std::size_t service);
    std::size_t open(const Call& call, std::string_view name, SpanKind kind);
    void close(std::size_t span, std::int64_t endNs, bool failed, std::string_view message);
    void event(std::size_t span, std::int64_t atNs, std::string_view name, std::string_view key,
               std::string_view value);
    std::int64_t serve(const Call& call, std::string_view name, SpanKind kind, const Operation& operation);
    std::int64_t query(const Call& call);

    SpanTable& m_spans;
    const DemoLayout& m_layout;
    Homes m_homes;
    std::unordered_map<std::uint32_t, std::uint32_t> m_resources; ///< workload row → resource
    TraceId m_trace;
    std::uint64_t m_seed = 0;
    bool m_fails = false;
    double m_slowness = 1;
};

void TraceWriter::describe(std::uint32_t row, std::size_t service)
{
    const WorkloadTable& table = *m_layout.workloads;
    const auto of = [&](const TextColumn& column) { return table.strings.view(column[row]); };
    attribute("service.name", demoService(service).name);
    attribute("service.version", demoService(service).image.substr(demoService(service).image.rfind(':') + 1));
    attribute("service.instance.id", of(table.id));
    attribute("host.name",
              table.type[row] == WorkloadType::AppContainer || table.type[row] == WorkloadType::Pod ? of(table.node)
                                                                                                    : of(table.name));
    if (!of(table.containerId).empty()) {
        attribute("container.id", of(table.containerId));
        attribute("container.name", of(table.name));
    }
    if (table.type[row] == WorkloadType::Pod) {
        const std::string_view id = of(table.id);
        attribute("k8s.pod.name", of(table.name));
        attribute("k8s.pod.uid", id.substr(id.rfind(':') + 1));
        attribute("k8s.namespace.name", of(table.nameSpace));
        attribute("k8s.cluster.name", of(table.cluster));
        attribute("k8s.node.name", of(table.node));
    }
    attribute("deployment.environment", table.strings.view(table.tags.row(row).front()));
    attribute("tracedeck.demo", "true");
}

std::uint32_t TraceWriter::resourceOf(std::size_t service, std::uint64_t seed)
{
    const auto found = m_homes.find(service % kDemoServices);
    const std::vector<std::uint32_t>& homes = found != m_homes.end() ? found->second : m_homes.begin()->second;
    const std::uint32_t row = homes[demoHash(seed, 11) % homes.size()];
    const auto known = m_resources.find(row);
    if (known != m_resources.end()) {
        return known->second;
    }
    const auto begin = static_cast<std::uint32_t>(m_spans.attributeRows.size());
    describe(row, service);
    m_spans.resources.attributes.push_back({begin, static_cast<std::uint32_t>(m_spans.attributeRows.size())});
    m_spans.resources.serviceName.push_back(text(demoService(service).name));
    m_spans.resources.schemaUrl.push_back(0);
    m_spans.resources.droppedAttributes.push_back(0);
    const auto resource = static_cast<std::uint32_t>(m_spans.resources.size() - 1);
    m_resources.emplace(row, resource);
    return resource;
}

std::size_t TraceWriter::open(const Call& call, std::string_view name, SpanKind kind)
{
    const std::uint32_t resource = resourceOf(call.service, m_seed); // may add attributes: before the span's own
    m_spans.traceId.push_back(m_trace);
    m_spans.spanId.push_back(SpanId{demoHash(call.seed, 1) | 1U});
    m_spans.parentSpanId.push_back(call.parent);
    m_spans.startNs.push_back(call.startNs);
    m_spans.durationNs.push_back(0);
    m_spans.name.push_back(text(name));
    m_spans.resource.push_back(resource);
    m_spans.scope.push_back(0);
    m_spans.kind.push_back(kind);
    m_spans.status.push_back(SpanStatus::Unset);
    m_spans.statusMessage.push_back(0);
    m_spans.traceState.push_back(0);
    m_spans.flags.push_back(1);
    m_spans.links.push_back({});
    m_spans.droppedAttributes.push_back(0);
    m_spans.droppedEvents.push_back(0);
    m_spans.droppedLinks.push_back(0);
    const auto attributes = static_cast<std::uint32_t>(m_spans.attributeRows.size());
    if (kind == SpanKind::Server) {
        attribute("http.request.method", name.substr(0, name.find(' ')));
        attribute("http.route", name.substr(name.find(' ') + 1));
    } else if (kind == SpanKind::Client) {
        attribute("db.system", "postgresql");
        attribute("db.statement", name);
        number("db.rows", demoHash(call.seed, 2) % 200);
    }
    m_spans.attributes.push_back({attributes, static_cast<std::uint32_t>(m_spans.attributeRows.size())});
    const auto events = static_cast<std::uint32_t>(m_spans.eventRows.size());
    m_spans.events.push_back({events, events});
    return m_spans.rows() - 1;
}

void TraceWriter::close(std::size_t span, std::int64_t endNs, bool failed, std::string_view message)
{
    m_spans.durationNs[span] = endNs - m_spans.startNs[span];
    m_spans.status[span] = failed ? SpanStatus::Error : SpanStatus::Unset;
    m_spans.statusMessage[span] = failed ? text(message) : 0;
}

void TraceWriter::event(std::size_t span, std::int64_t atNs, std::string_view name, std::string_view key,
                        std::string_view value)
{
    const auto begin = static_cast<std::uint32_t>(m_spans.attributeRows.size());
    attribute(key, value);
    m_spans.eventRows.timeNs.push_back(atNs);
    m_spans.eventRows.name.push_back(text(name));
    m_spans.eventRows.attributes.push_back({begin, begin + 1});
    m_spans.eventRows.droppedAttributes.push_back(0);
    const auto events = static_cast<std::uint32_t>(m_spans.eventRows.size());
    m_spans.events[span] = {events - 1, events}; // one event a span at most
}

std::int64_t TraceWriter::query(const Call& call)
{
    constexpr std::array<std::string_view, 4> kStatements{"SELECT product WHERE id = $1", "UPDATE stock SET reserved",
                                                          "INSERT INTO orders", "SELECT session WHERE key = $1"};
    const std::size_t span = open(call, kStatements[demoHash(call.seed, 3) % kStatements.size()], SpanKind::Client);
    const auto took = static_cast<std::int64_t>((300 + 9'000 * demoUnit(call.seed, 4) * demoUnit(call.seed, 5))
                                                * m_slowness * static_cast<double>(kMicro));
    if (demoHash(call.seed, 6) % 5 == 0) {
        event(span, call.startNs + took / 3, "lock wait", "db.table", "stock");
    }
    close(span, call.startNs + took, false, {});
    return call.startNs + took;
}

std::int64_t TraceWriter::serve(const Call& call, std::string_view name, SpanKind kind, const Operation& operation)
{
    const std::size_t span = open(call, name, kind);
    const SpanId self = m_spans.spanId[span];
    const auto micros = [&](std::uint64_t which, double most) {
        return static_cast<std::int64_t>((80 + most * demoUnit(call.seed, which)) * static_cast<double>(kMicro));
    };
    std::int64_t now = call.startNs + micros(20, 900);
    std::int64_t end = now;
    const std::uint64_t calls = call.depth >= kMaxDepth ? 0 : 1 + demoHash(call.seed, 21) % (call.depth == 0 ? 4 : 3);
    for (std::uint64_t i = 0; i < calls; ++i) {
        const std::uint64_t seed = demoHash(call.seed, 100 + i);
        const std::size_t callee = operation.callees[(i + static_cast<std::size_t>(call.depth)) % 4];
        const Call next{seed, callee, self, now, call.depth + 1};
        const bool database = call.depth > 0 && demoHash(seed, 22) % 5 < 3;
        const std::int64_t done = database ? query({seed, call.service, self, now, call.depth + 1})
                                           : serve(next, demoService(callee).name, SpanKind::Server, operation);
        end = std::max(end, done);
        // Some calls go out together, the others wait for the one before.
        now = demoHash(seed, 23) % 3 == 0 ? now + micros(24 + i, 400) : done + micros(24 + i, 400);
    }
    const bool failed = m_fails && call.depth <= 2 && (call.depth == 0 || demoHash(call.seed, 25) % 2 == 0);
    if (failed) {
        event(span, end, "exception", "exception.message", "upstream timed out after 2 s");
    }
    end = std::max(end, now) + micros(40, 700);
    close(span, end, failed, "upstream timed out");
    return end;
}

void TraceWriter::trace(std::uint64_t serial, std::int64_t startNs)
{
    m_seed = demoHash(kTraceStream, serial);
    // The start counts for the id: another run on the same data directory sends other traces, not more spans for these.
    const std::uint64_t identity = demoHash(m_seed, static_cast<std::uint64_t>(startNs));
    for (std::size_t i = 0; i < m_trace.bytes.size(); ++i) {
        m_trace.bytes[i] = static_cast<std::uint8_t>(demoHash(identity, 900 + i / 8) >> (8 * (i % 8)));
    }
    m_fails = demoHash(m_seed, 2) % 14 == 0;
    m_slowness = demoHash(m_seed, 3) % 25 == 0 ? 40 : 1 + 3 * demoUnit(m_seed, 4);
    const Operation& operation = kOperations[demoHash(m_seed, 5) % kOperations.size()];
    const bool consumes = operation.entry.substr(0, 7) == "consume";
    static_cast<void>(serve({m_seed, operation.service, SpanId{}, startNs, 0}, operation.entry,
                            consumes ? SpanKind::Consumer : SpanKind::Server, operation));
}

} // namespace

SpanTable demoTraces(const DemoLayout& layout, std::uint64_t serial, std::size_t count, std::int64_t fromNs,
                     std::int64_t toNs)
{
    SpanTable spans;
    if (layout.workloadShapes.empty() || count == 0) {
        return spans;
    }
    TraceWriter writer(spans, layout);
    for (std::size_t i = 0; i < count; ++i) {
        // Spread evenly, each one somewhere in its share of the time.
        const double share = (static_cast<double>(i) + demoUnit(serial + i, kTraceStream)) / static_cast<double>(count);
        writer.trace(serial + i, fromNs + static_cast<std::int64_t>(share * static_cast<double>(toNs - fromNs)));
    }
    return spans;
}

} // namespace tracedeck
