// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/trace_places.h"

#include "selectors/resource_place.h"
#include "selectors/trace_match.h"

#include <QCoreApplication>
#include <QStringList>

#include <array>

namespace tracedeck {
namespace {

QString translated(const char* text)
{
    return QCoreApplication::translate("TracePlaces", text);
}

QString fromUtf8(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

template <class Table>
Fact placeFact(const char* title, const Table& table, const ResourcePlace& place, const char* page)
{
    Fact fact;
    fact.name = translated(title);
    fact.value = fromUtf8(table.strings.view(table.name[place.row]));
    fact.note = translated("by %1").arg(fromUtf8(place.key));
    fact.link = QStringLiteral("tracedeck://%1?row=%2")
                    .arg(QString::fromLatin1(page), QString::number(table.keys[place.row], 16));
    return fact;
}

/// A text attribute of the span's resource; empty when it has none of that name.
std::string_view resourceText(const SpanTable& spans, std::uint32_t resource, std::string_view name)
{
    const IndexRange range = spans.resources.attributes[resource];
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
        if (spans.attributeRows.type[i] == AttributeType::String
            && spans.strings.view(spans.attributeRows.key[i]) == name) {
            return spans.strings.view(static_cast<StringId>(spans.attributeRows.payload[i]));
        }
    }
    return {};
}

Fact noWorkloadFact(const SpanTable& spans, std::uint32_t spanRow, const ResourceIdentity& resource)
{
    constexpr std::array kTried{ResourceKey::ContainerId,   ResourceKey::PodName,  ResourceKey::ContainerName,
                                ResourceKey::PeerContainer, ResourceKey::PeerUnit, ResourceKey::PeerProcess,
                                ResourceKey::PeerAddress};
    constexpr qsizetype kShownId = 12;
    QStringList tried;
    const auto add = [&tried](std::string_view key, std::string_view value) {
        const QString text = fromUtf8(value);
        if (!text.isEmpty()) {
            tried.append(fromUtf8(key) + u' ' + (text.size() > 40 ? text.left(kShownId) + QChar(0x2026) : text));
        }
    };
    for (const ResourceKey key : kTried) {
        const bool peer = key >= ResourceKey::PeerAddress;
        add(peer ? kPeerKey : resourceKeyName(key), resource[static_cast<std::size_t>(key)]);
    }
    add("service.name", spans.service(spanRow));
    Fact fact;
    fact.name = translated("Workload");
    fact.value = QChar(0x2013);
    fact.note = translated("no match because no row has %1").arg(tried.join(translated(", or ")));
    if (const std::string_view why = resourceText(spans, spans.resource[spanRow], kPeerNoteAttribute); !why.empty()) {
        fact.note += translated("; its connection: %1").arg(fromUtf8(why));
    }
    return fact;
}

} // namespace

Facts placesOfSpan(const SpanTable& spans, std::uint32_t spanRow, const TableSnapshot& workloads,
                   const TableSnapshot& hosts)
{
    const ResourceIdentity resource = resourceIdentity(spans, spans.resource[spanRow]);
    Facts facts;
    if (const auto* table = workloads.table<WorkloadTable>(); table != nullptr) {
        if (const auto place = findWorkload(*table, resource, spans.service(spanRow))) {
            facts.push_back(placeFact("Workload", *table, *place, "workloads"));
        } else if (table->rows() > 0) {
            facts.push_back(noWorkloadFact(spans, spanRow, resource));
        }
    }
    if (const auto* table = hosts.table<InfrastructureTable>(); table != nullptr) {
        if (const auto place = findHost(*table, resource)) {
            facts.push_back(placeFact("Host", *table, *place, "infrastructure"));
        }
    }
    return facts;
}

} // namespace tracedeck
