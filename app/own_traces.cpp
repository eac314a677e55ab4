// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/own_traces.h"

#include <algorithm>
#include <array>
#include <map>

namespace tracedeck {
namespace {

std::uint64_t mix(std::uint64_t value)
{
    value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    value = (value ^ (value >> 27U)) * 0x94d049bb133111ebULL;
    return value ^ (value >> 31U);
}

TraceId traceIdOf(std::uint64_t process, std::uint64_t cycle)
{
    TraceId id;
    const std::array<std::uint64_t, 2> halves{mix(process + 1), mix(process ^ (cycle + 0x9E3779B97F4A7C15ULL)) | 1U};
    for (std::size_t i = 0; i < id.bytes.size(); ++i) {
        id.bytes[i] = static_cast<std::uint8_t>(halves[i / 8] >> (56U - 8U * (i % 8)));
    }
    return id;
}

struct Writer {
    SpanTable& spans;
    std::uint64_t process;

    void attribute(const char* key, AttributeType type, std::uint64_t payload) const
    {
        spans.attributeRows.add(spans.strings.intern(key), type, payload);
    }
    void addResource(const std::string& version) const
    {
        attribute("service.name", AttributeType::String, spans.strings.intern("tracedeck"));
        attribute("service.version", AttributeType::String, spans.strings.intern(version));
        attribute("tracedeck.own", AttributeType::Bool, 1);
        spans.resources.attributes.push_back({0, 3});
        spans.resources.serviceName.push_back(spans.strings.intern("tracedeck"));
        spans.resources.schemaUrl.push_back(0);
        spans.resources.droppedAttributes.push_back(0);
        spans.scopes.name.push_back(spans.strings.intern("tracedeck.refresh"));
        spans.scopes.version.push_back(0);
        spans.scopes.schemaUrl.push_back(0);
        spans.scopes.attributes.push_back({});
        spans.scopes.droppedAttributes.push_back(0);
    }
    void addSpan(std::uint64_t cycle, std::uint64_t number, std::string_view name, std::int64_t startNs,
                 std::int64_t endNs) const
    {
        const std::uint64_t base = mix(process ^ (cycle << 20U));
        spans.traceId.push_back(traceIdOf(process, cycle));
        spans.spanId.push_back(SpanId{(base + number * 2) | 1U});
        spans.parentSpanId.push_back(SpanId{number == 0 ? 0 : base | 1U});
        spans.startNs.push_back(startNs);
        spans.durationNs.push_back(std::max<std::int64_t>(endNs - startNs, 0));
        spans.name.push_back(spans.strings.intern(name));
        spans.resource.push_back(0);
        spans.scope.push_back(0);
        spans.kind.push_back(SpanKind::Internal);
        spans.status.push_back(SpanStatus::Unset);
        spans.statusMessage.push_back(0);
        spans.traceState.push_back(0);
        spans.flags.push_back(0);
        const auto at = static_cast<std::uint32_t>(spans.attributeRows.size());
        spans.attributes.push_back({at, at});
        spans.events.push_back({});
        spans.links.push_back({});
        spans.droppedAttributes.push_back(0);
        spans.droppedEvents.push_back(0);
        spans.droppedLinks.push_back(0);
    }
};

} // namespace

std::string_view stageName(Stage stage)
{
    constexpr std::array<std::string_view, 8> kNames{"fetch", "decode", "gate",  "derive",
                                                     "diff",  "apply",  "paint", "other"};
    return kNames[std::min<std::size_t>(static_cast<std::size_t>(stage), kNames.size() - 1)];
}

SpanTable ownSpans(const std::vector<StageRecord>& records, std::uint64_t process, const std::string& version)
{
    // Stages of one cycle come from several threads and may be drained apart: ordered by cycle, then start.
    std::map<std::uint64_t, std::vector<const StageRecord*>> cycles;
    for (const StageRecord& record : records) {
        cycles[record.cycle].push_back(&record);
    }
    SpanTable spans;
    const Writer writer{spans, process};
    writer.addResource(version);
    for (auto& [cycle, stages] : cycles) {
        if (std::none_of(stages.begin(), stages.end(), [](const StageRecord* stage) { return stage->changed; })) {
            continue;
        }
        std::sort(stages.begin(), stages.end(),
                  [](const StageRecord* a, const StageRecord* b) { return a->startNs < b->startNs; });
        std::int64_t end = stages.front()->startNs;
        for (const StageRecord* stage : stages) {
            end = std::max(end, stage->startNs + stage->durationNs);
        }
        writer.addSpan(cycle, 0, cycle >= kTraceListCycles ? "refresh traces" : "refresh", stages.front()->startNs,
                       end);
        std::uint64_t number = 0;
        for (const StageRecord* stage : stages) {
            writer.addSpan(cycle, ++number, stageName(stage->stage), stage->startNs,
                           stage->startNs + stage->durationNs);
            writer.attribute("tracedeck.rows", AttributeType::Int, stage->rows);
            ++spans.attributes.back().end;
        }
    }
    return spans;
}

} // namespace tracedeck
