// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/trace_overview.h"

#include "core/number_format.h"
#include "core/time_format.h"
#include "models/span_facts.h"
#include "selectors/service_colors.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>
#include <array>
#include <numeric>

namespace tracedeck {
namespace {

QString translated(const char* text)
{
    return QCoreApplication::translate("TraceOverview", text);
}

/// Where a resource ran, strongest key of each level first (OpenTelemetry semantic conventions).
struct Place {
    const char* title;
    std::array<std::string_view, 3> keys;
};

constexpr std::array<Place, 4> kPlaces{{
    {QT_TRANSLATE_NOOP("TraceOverview", "Host"), {"host.name", "host.id", ""}},
    {QT_TRANSLATE_NOOP("TraceOverview", "Container"), {"container.name", "container.id", ""}},
    {QT_TRANSLATE_NOOP("TraceOverview", "Pod"), {"k8s.pod.name", "k8s.pod.uid", ""}},
    {QT_TRANSLATE_NOOP("TraceOverview", "Environment"), {"deployment.environment.name", "deployment.environment", ""}},
}};

/// Distinct values of the first key of the place that any resource carries.
QStringList placesOf(const SpanTable& spans, const Place& place)
{
    QStringList values;
    for (const std::string_view key : place.keys) {
        StringId id = 0;
        if (key.empty() || !spans.strings.find(key, id)) {
            continue;
        }
        for (const IndexRange range : spans.resources.attributes) {
            for (std::uint32_t i = range.begin; i < range.end; ++i) {
                if (spans.attributeRows.key[i] == id && !values.contains(attributeText(spans, i))) {
                    values.push_back(attributeText(spans, i));
                }
            }
        }
        if (!values.isEmpty()) {
            break;
        }
    }
    return values;
}

QString count(std::uint64_t n)
{
    return QString::fromStdString(formatCount(n));
}

} // namespace

std::vector<ServiceShare> serviceShares(const SpanTable& spans, const SpanLayout& layout)
{
    std::vector<ServiceShare> byResource(spans.resources.size());
    for (std::uint32_t position = 0; position < layout.size(); ++position) {
        const std::uint32_t row = layout.row[position];
        ServiceShare& share = byResource[spans.resource[row]];
        ++share.spans;
        share.errors += spans.status[row] == SpanStatus::Error ? 1 : 0;
        share.selfNs += layout.selfNs[position];
    }
    const std::vector<std::uint8_t> colors = serviceColors(spans);
    std::vector<ServiceShare> shares;
    std::vector<std::uint32_t> slotOf(spans.strings.size(), 0);
    for (std::size_t resource = 0; resource < byResource.size(); ++resource) {
        if (byResource[resource].spans == 0) {
            continue;
        }
        std::uint32_t& slot = slotOf[spans.resources.serviceName[resource]];
        if (slot == 0) {
            shares.push_back(
                {std::string(spans.strings.view(spans.resources.serviceName[resource])), 0, 0, 0, colors[resource]});
            slot = static_cast<std::uint32_t>(shares.size());
        }
        ServiceShare& share = shares[slot - 1];
        share.spans += byResource[resource].spans;
        share.errors += byResource[resource].errors;
        share.selfNs += byResource[resource].selfNs;
    }
    std::sort(shares.begin(), shares.end(), [](const ServiceShare& a, const ServiceShare& b) {
        return a.selfNs != b.selfNs ? a.selfNs > b.selfNs : a.service < b.service;
    });
    return shares;
}

std::vector<std::uint32_t> slowestPositions(const SpanTable& spans, const SpanLayout& layout, std::size_t count)
{
    std::vector<std::uint32_t> positions(layout.size());
    std::iota(positions.begin(), positions.end(), 0U);
    const std::size_t kept = std::min(count, positions.size());
    std::partial_sort(positions.begin(), positions.begin() + static_cast<std::ptrdiff_t>(kept), positions.end(),
                      [&](std::uint32_t a, std::uint32_t b) {
                          if (layout.selfNs[a] != layout.selfNs[b]) {
                              return layout.selfNs[a] > layout.selfNs[b];
                          }
                          return spans.spanId[layout.row[a]] < spans.spanId[layout.row[b]];
                      });
    positions.resize(kept);
    return positions;
}

std::uint32_t rootPosition(const SpanLayout& layout)
{
    for (std::uint32_t position = 0; position < layout.size(); position = layout.subtreeEnd[position]) {
        if ((layout.marks[position] & (kSpanOrphan | kSpanCycle)) == 0) {
            return position;
        }
    }
    return layout.size() == 0 ? SpanLayout::kNoParent : 0;
}

Facts traceFacts(const SpanTable& spans, const SpanLayout& layout, std::int32_t utcOffsetSeconds)
{
    Facts facts;
    if (layout.size() == 0) {
        return facts;
    }
    const auto add = [&](const char* name, const QString& value, const QString& note = {}, bool bad = false) {
        facts.push_back({translated(name), value, note, {}, false, false, bad});
    };
    add("Trace id", QString::fromStdString(spans.traceId[0].toHex()));
    add("Start", QString::fromStdString(formatDateAndTime(layout.startNs, utcOffsetSeconds)),
        QString::fromStdString(formatIsoUtc(layout.startNs)));
    add("Duration", QString::fromStdString(formatDuration(layout.endNs - layout.startNs).joined()),
        translated("first start to last end"));
    add("Spans", count(layout.size()),
        layout.maxDepth == 0 ? translated("1 level") : translated("%1 levels").arg(layout.maxDepth + 1));
    add("Events", count(spans.eventRows.size()));
    add("Errors", layout.errors == 0 ? translated("none") : count(layout.errors), {}, layout.errors > 0);
    if (layout.orphans > 0) {
        add("Missing",
            layout.orphans == 1 ? translated("the parent of 1 span")
                                : translated("the parents of %1 spans").arg(count(layout.orphans)),
            translated("not received (yet)"));
    }
    for (const Place& place : kPlaces) {
        if (const QStringList values = placesOf(spans, place); !values.isEmpty()) {
            add(place.title, values.mid(0, 6).join(QStringLiteral(", ")),
                values.size() > 6 ? translated("6 of %1").arg(values.size()) : QString());
        }
    }
    return facts;
}

} // namespace tracedeck
