// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/trace_places.h"

#include "selectors/resource_place.h"

#include <QCoreApplication>

namespace tracedeck {
namespace {

QString translated(const char* text)
{
    return QCoreApplication::translate("TracePlaces", text);
}

template <class Table>
Fact placeFact(const char* title, const Table& table, const ResourcePlace& place, const char* page)
{
    const auto text = [](std::string_view utf8) {
        return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
    };
    Fact fact;
    fact.name = translated(title);
    fact.value = text(table.strings.view(table.name[place.row]));
    fact.note = translated("by %1").arg(text(place.key));
    fact.link = QStringLiteral("tracedeck://%1?row=%2")
                    .arg(QString::fromLatin1(page), QString::number(table.keys[place.row], 16));
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
