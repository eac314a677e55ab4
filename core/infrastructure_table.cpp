// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/infrastructure_table.h"

#include "core/row_digest.h"
#include "core/row_refresh.h"
#include "core/table_append.h"
#include "core/table_columns.h"

#include <array>
#include <string>
#include <type_traits>

namespace tracedeck {
namespace {

std::uint64_t digestOf(const InfrastructureTable& t, std::size_t row)
{
    RowDigest digest;
    visitTexts(t, [&](const TextColumn& column) { digest.add(t.strings, column[row]); });
    visitNumbers(t, [&](const auto& column) { digest.add(column, row); });
    visitLists(t, [&](const ListColumn& column) { digest.add(t.strings, column, row); });
    digest.add(static_cast<std::uint64_t>(t.type[row]) | (static_cast<std::uint64_t>(t.status[row]) << 8U)
               | (static_cast<std::uint64_t>(t.platform[row]) << 16U)
               | (static_cast<std::uint64_t>(t.firstSource[row]) << 24U)
               | (static_cast<std::uint64_t>(t.flags[row]) << 32U));
    digest.add(t.sources[row]);
    return digest.value();
}

} // namespace

void InfrastructureTable::resize(std::size_t rows)
{
    keys.resize(rows);
    digests.resize(rows);
    visitTexts(*this, [&](TextColumn& column) { column.resize(rows); });
    visitNumbers(*this, [&](auto& column) { column.resize(rows); });
    type.resize(rows);
    status.resize(rows, InfrastructureStatus::Unknown);
    platform.resize(rows, Platform::Generic);
    firstSource.resize(rows, Platform::Count);
    sources.resize(rows);
    flags.resize(rows);
}

void InfrastructureTable::finish()
{
    for (ListColumn* column : {&tags, &ipAddresses, &detailNames, &detailValues}) {
        while (column->size() < rows()) {
            column->endRow();
        }
    }
    search = SearchArena();
    search.reserve(rows(), rows() * 64);
    for (std::size_t row = 0; row < rows(); ++row) {
        search.addField(strings.view(name[row]));
        search.addField(strings.view(id[row]));
        search.addField(strings.view(hostname[row]));
        for (const StringId ip : ipAddresses.row(row)) {
            search.addField(strings.view(ip));
        }
        for (const StringId tag : tags.row(row)) {
            search.addField(strings.view(tag));
        }
        search.endRow();
        digests[row] = digestOf(*this, row);
    }
}

void refreshRow(InfrastructureTable& table, std::size_t row)
{
    table.digests[row] = digestOf(table, row);
}

void InfrastructureTable::append(const InfrastructureTable& from, const std::vector<std::uint32_t>& rowIndexes)
{
    const std::size_t first = rows();
    resize(first + rowIndexes.size());
    TableAppend copy(from.strings, strings, rowIndexes, first);
    std::vector<const TextColumn*> texts;
    visitTexts(from, [&](const TextColumn& column) { texts.push_back(&column); });
    std::size_t next = 0;
    visitTexts(*this, [&](TextColumn& column) { copy.texts(*texts[next++], column); });
    std::vector<const void*> numbers; // columns of both element types, in the one order of visitNumbers
    visitNumbers(from, [&](const auto& column) { numbers.push_back(&column); });
    next = 0;
    visitNumbers(*this, [&](auto& column) {
        copy.numbers(*static_cast<const std::remove_reference_t<decltype(column)>*>(numbers[next++]), column);
    });
    std::vector<const ListColumn*> lists;
    visitLists(from, [&](const ListColumn& column) { lists.push_back(&column); });
    next = 0;
    visitLists(*this, [&](ListColumn& column) { copy.lists(*lists[next++], column); });
    std::vector<const void*> plain;
    visitPlain(from, [&](const auto& column) { plain.push_back(&column); });
    next = 0;
    visitPlain(*this, [&](auto& column) {
        copy.plain(*static_cast<const std::remove_reference_t<decltype(column)>*>(plain[next++]), column);
    });
    copy.plain(from.keys, keys);
}

std::string_view infrastructureTypeKey(InfrastructureType type)
{
    constexpr std::array<std::string_view, 9> kKeys{
        "agent", "docker-host", "docker-swarm-node", "k8s-cluster", "k8s-node", "network-endpoint", "pbs", "pmg", ""};
    return kKeys[static_cast<std::size_t>(type)];
}

std::string_view infrastructureTypeLabel(InfrastructureType type)
{
    constexpr std::array<std::string_view, 9> kLabels{"Host",          "Docker host",  "Swarm node",
                                                      "Cluster",       "K8s node",     "Network endpoint",
                                                      "Backup server", "Mail gateway", ""};
    return kLabels[static_cast<std::size_t>(type)];
}

std::string_view infrastructureStatusKey(InfrastructureStatus status)
{
    constexpr std::array<std::string_view, 8> kKeys{"online",  "degraded", "paused",  "offline",
                                                    "stopped", "unknown",  "running", "other"};
    return kKeys[static_cast<std::size_t>(status)];
}

InfrastructureStatus infrastructureStatusFromText(std::string_view text)
{
    const std::string lower = foldCase(text);
    if (lower == "online" || lower == "running") {
        return InfrastructureStatus::Online;
    }
    if (lower == "offline" || lower == "stopped") {
        return InfrastructureStatus::Offline;
    }
    if (lower == "warning" || lower == "degraded") {
        return InfrastructureStatus::Degraded;
    }
    return lower == "paused" ? InfrastructureStatus::Paused : InfrastructureStatus::Unknown;
}

} // namespace tracedeck
