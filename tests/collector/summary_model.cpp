// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/collector/summary_model.h"

#include "collector/trace_summary.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <ostream>
#include <set>

namespace tracedeck::test {

std::ostream& operator<<(std::ostream& out, const PlainSummary& summary)
{
    out << "start " << summary.startNs << " duration " << summary.durationNs << " root " << summary.rootService << "/"
        << summary.rootName << " spans " << summary.spans << " errors " << summary.errors << " own " << summary.own;
    for (const auto& [service, spans] : summary.services) {
        out << " " << service << "=" << spans;
    }
    for (const std::string& resource : summary.resources) {
        out << " " << resource;
    }
    return out;
}

PlainSummary summaryOf(const std::vector<SpanSpec>& spans)
{
    PlainSummary summary;
    std::set<std::uint64_t> seen;
    const SpanSpec* root = nullptr;
    std::int64_t end = 0;
    summary.own = true;
    for (const SpanSpec& span : spans) {
        if (!seen.insert(span.spanId).second) {
            continue;
        }
        const bool first = summary.spans == 0;
        summary.startNs = first ? span.startNs : std::min(summary.startNs, span.startNs);
        end = first ? span.endNs : std::max(end, span.endNs);
        summary.spans += 1;
        summary.errors += span.error ? 1 : 0;
        summary.own = summary.own && span.own;
        summary.services[span.service] += 1;
        for (const auto& [key, value] : span.resource) {
            if (resourceKeyFromName(key)) {
                summary.resources.insert(key + "=" + value);
            }
        }
        const bool earlier = root == nullptr || span.startNs < root->startNs
            || (span.startNs == root->startNs && span.spanId < root->spanId);
        if (span.parentId == 0 && earlier) {
            root = &span;
        }
    }
    summary.durationNs = std::max<std::int64_t>(0, end - summary.startNs);
    summary.rootService = root != nullptr ? root->service : "";
    summary.rootName = root != nullptr ? cutSummaryText(root->name) : "";
    return summary;
}

PlainSummary summaryOf(const SpanTable& spans)
{
    std::vector<SpanSpec> specs;
    for (std::size_t row = 0; row < spans.rows(); ++row) {
        SpanSpec spec;
        spec.spanId = spans.spanId[row].value;
        spec.parentId = spans.parentSpanId[row].value;
        spec.startNs = spans.startNs[row];
        spec.endNs = spans.startNs[row] + spans.durationNs[row];
        spec.service = spans.service(row);
        spec.name = spans.strings.view(spans.name[row]);
        spec.error = spans.status[row] == SpanStatus::Error;
        const IndexRange range = spans.resources.attributes[spans.resource[row]];
        for (std::uint32_t i = range.begin; i < range.end; ++i) {
            spec.own = spec.own
                || (spans.strings.view(spans.attributeRows.key[i]) == "tracedeck.own"
                    && spans.attributeRows.payload[i] == 1);
            if (spans.attributeRows.type[i] == AttributeType::String) {
                spec.resource.emplace_back(spans.strings.view(spans.attributeRows.key[i]),
                                           spans.strings.view(static_cast<StringId>(spans.attributeRows.payload[i])));
            }
        }
        specs.push_back(spec);
    }
    return summaryOf(specs);
}

PlainSummary summaryOf(const TraceListTable& traces, std::size_t row)
{
    PlainSummary summary;
    summary.startNs = traces.startNs[row];
    summary.durationNs = traces.durationNs[row];
    summary.rootService = traces.strings.view(traces.rootService[row]);
    summary.rootName = traces.strings.view(traces.rootName[row]);
    summary.spans = traces.spanCount[row];
    summary.errors = traces.errorCount[row];
    summary.own = traces.own[row] != 0;
    std::size_t at = 0;
    for (std::size_t before = 0; before < row; ++before) {
        at += traces.services.row(before).size();
    }
    for (const StringId service : traces.services.row(row)) {
        summary.services[std::string(traces.strings.view(service))] += traces.serviceSpans[at++];
    }
    for (std::size_t key = 0; key < kResourceKeyCount; ++key) {
        for (const StringId value : traces.resources[key].row(row)) {
            const std::string name(resourceKeyName(static_cast<ResourceKey>(key)));
            const bool added = summary.resources.insert(name + "=" + std::string(traces.strings.view(value))).second;
            EXPECT_TRUE(added) << "listed twice";
        }
    }
    return summary;
}

std::map<TraceId, PlainSummary> listedSummaries(StoreFixture& fixture)
{
    std::map<TraceId, PlainSummary> summaries;
    TraceListRequest request;
    request.includeOwn = true;
    for (const TraceListPage& page : fixture.pages(request)) {
        for (std::size_t row = 0; row < page.traces.rows(); ++row) {
            const bool added = summaries.emplace(page.traces.traceId[row], summaryOf(page.traces, row)).second;
            EXPECT_TRUE(added) << "listed twice: " << page.traces.traceId[row].toHex();
        }
    }
    return summaries;
}

void expectSummariesMatchSpans(StoreFixture& fixture)
{
    std::map<TraceId, PlainSummary> fromSpans;
    std::map<std::string, std::uint64_t> services;
    std::uint64_t spans = 0;
    for (const auto& [id, provisional] : listedSummaries(fixture)) {
        const Result<OtlpTraces> read = fixture.read(id);
        ASSERT_TRUE(read) << read.error().what;
        const PlainSummary plain = summaryOf(read->spans);
        EXPECT_GE(provisional.spans, plain.spans);
        spans += plain.spans;
        for (const auto& [service, count] : plain.services) {
            services[service] += count;
        }
        fromSpans.emplace(id, plain);
    }
    fixture.settle();
    EXPECT_EQ(listedSummaries(fixture), fromSpans);
    TraceListRequest everything;
    everything.includeOwn = true;
    for (const TraceListPage& page : fixture.pages(everything)) {
        for (const ResourceKnowledge known : page.traces.resourcesKnown) {
            EXPECT_EQ(known, ResourceKnowledge::Whole) << "every trace was read";
        }
    }
    const StoreStatus status = fixture.store().status();
    EXPECT_EQ(status.spans, spans);
    EXPECT_EQ(status.traces, fromSpans.size());
    std::map<std::string, std::uint64_t> counted;
    const Result<std::vector<ServiceSummary>> listed = fixture.store().services(true);
    for (const ServiceSummary& service : *listed) {
        counted[service.name] += service.spans;
    }
    EXPECT_EQ(counted, services);
}

} // namespace tracedeck::test
