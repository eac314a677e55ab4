// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/trace_summary.h"

#include "collector/resource_registry.h"

#include <algorithm>

namespace tracedeck {
namespace {

void addShare(std::vector<ServiceShare>& services, const ServiceShare& share)
{
    for (ServiceShare& present : services) {
        if (present.service == share.service) {
            present.spans += share.spans;
            present.errors += share.errors;
            return;
        }
    }
    if (services.size() >= kMaxServicesPerTrace && share.service != kFurtherServices) {
        addShare(services, {kFurtherServices, share.spans, share.errors});
        return;
    }
    services.push_back(share);
}

bool precedes(std::int64_t start, SpanId span, const TraceSummary& summary)
{
    return summary.rootSpan.isZero() || start < summary.rootStartNs
        || (start == summary.rootStartNs && span < summary.rootSpan);
}

void worsen(ResourceKnowledge& known, ResourceKnowledge other)
{
    if (known != ResourceKnowledge::Unknown && other != ResourceKnowledge::Whole) {
        known = other;
    }
}

} // namespace

void TraceSummary::add(const SpanBrief& span, std::uint32_t service)
{
    startNs = std::min(startNs, span.startNs);
    endNs = std::max(endNs, span.endNs);
    spans += 1;
    errors += span.error ? 1 : 0;
    own = own && span.own;
    if (span.parentSpanId.isZero() && precedes(span.startNs, span.spanId, *this)) {
        rootSpan = span.spanId;
        rootStartNs = span.startNs;
        rootService = service;
        rootName = cutSummaryText(span.name);
    }
    addShare(services, {service, 1, span.error ? 1U : 0U});
}

void TraceSummary::addResource(std::uint32_t resource)
{
    if (!resources.empty() && resources.back() == resource) {
        return; // spans of a resource mostly stand together
    }
    if (std::find(resources.begin(), resources.end(), resource) != resources.end()) {
        return;
    }
    if (resource == ResourceRegistry::kFurther || resources.size() >= kMaxResourcesPerTrace) {
        worsen(resourcesKnown, ResourceKnowledge::Part);
    } else {
        resources.push_back(resource);
    }
}

void TraceSummary::merge(const TraceSummary& other)
{
    startNs = std::min(startNs, other.startNs);
    endNs = std::max(endNs, other.endNs);
    spans += other.spans;
    errors += other.errors;
    own = own && other.own;
    if (!other.rootSpan.isZero() && precedes(other.rootStartNs, other.rootSpan, *this)) {
        rootSpan = other.rootSpan;
        rootStartNs = other.rootStartNs;
        rootService = other.rootService;
        rootName = other.rootName;
    }
    for (const ServiceShare& share : other.services) {
        addShare(services, share);
    }
    worsen(resourcesKnown, other.resourcesKnown);
    for (const std::uint32_t resource : other.resources) {
        addResource(resource);
    }
}

std::int64_t TraceSummary::durationNs() const
{
    if (endNs <= startNs) {
        return 0;
    }
    const std::uint64_t duration = static_cast<std::uint64_t>(endNs) - static_cast<std::uint64_t>(startNs);
    constexpr auto kLargest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    return static_cast<std::int64_t>(std::min(duration, kLargest));
}

std::string_view cutSummaryText(std::string_view text)
{
    if (text.size() <= kMaxSummaryText) {
        return text;
    }
    std::size_t end = kMaxSummaryText;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
        --end;
    }
    return text.substr(0, end);
}

} // namespace tracedeck
