// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/resource_place.h"

#include "selectors/text_pattern.h"
#include "selectors/trace_match.h"
#include "selectors/workload_scope.h"

#include <algorithm>
#include <string>

namespace tracedeck {
namespace {

std::string_view valueOf(const ResourceIdentity& resource, ResourceKey key)
{
    return resource[static_cast<std::size_t>(key)];
}

/// The only row that fits; two rows of one name are no answer.
template <class Fits> std::optional<std::uint32_t> onlyRow(std::size_t rows, Fits fits)
{
    std::optional<std::uint32_t> found;
    for (std::uint32_t row = 0; row < rows; ++row) {
        if (!fits(row)) {
            continue;
        }
        if (found) {
            return std::nullopt;
        }
        found = row;
    }
    return found;
}

/// The only row whose text in `column` is `value`, among those that `also` lets pass.
template <class Also>
std::optional<std::uint32_t> rowWith(const StringPool& strings, const TextColumn& column, std::string_view value,
                                     Also also)
{
    StringId id = 0;
    if (value.empty() || !strings.find(value, id)) {
        return std::nullopt;
    }
    return onlyRow(column.size(), [&](std::uint32_t row) { return column[row] == id && also(row); });
}

std::optional<std::uint32_t> rowOfContainer(const WorkloadTable& table, std::string_view id)
{
    const std::optional<TextPattern> same = TextPattern::sameId(id);
    if (!same) {
        return std::nullopt;
    }
    std::string scratch;
    return onlyRow(table.rows(), [&](std::uint32_t row) {
        return table.containerId[row] != 0 && same->matches(table.strings.view(table.containerId[row]), scratch);
    });
}

template <class Table> std::optional<std::uint32_t> rowWithAddress(const Table& table, std::string_view address)
{
    StringId id = 0;
    if (address.empty() || !table.strings.find(address, id)) {
        return std::nullopt;
    }
    return onlyRow(table.ipAddresses.size(), [&](std::uint32_t row) {
        const auto addresses = table.ipAddresses.row(row);
        return std::find(addresses.begin(), addresses.end(), id) != addresses.end();
    });
}

/// Who the collector saw at the other end of the connection.
std::optional<std::uint32_t> rowOfPeer(const WorkloadTable& table, const ResourceIdentity& resource)
{
    if (const auto row = rowOfContainer(table, valueOf(resource, ResourceKey::PeerContainer))) {
        return row;
    }
    const auto hasOwnName = [&](std::uint32_t row) {
        return table.type[row] == WorkloadType::Unit || isGuest(table.type[row]);
    };
    if (const auto row = rowWith(table.strings, table.name, valueOf(resource, ResourceKey::PeerUnit), hasOwnName)) {
        return row;
    }
    if (const auto row = rowWithAddress(table, valueOf(resource, ResourceKey::PeerAddress))) {
        return row;
    }
    return rowWith(table.strings, table.name, valueOf(resource, ResourceKey::PeerProcess),
                   [&](std::uint32_t row) { return table.type[row] == WorkloadType::Unit; });
}

} // namespace

ResourceIdentity resourceIdentity(const SpanTable& spans, std::uint32_t resource)
{
    ResourceIdentity identity{};
    const IndexRange range = spans.resources.attributes[resource];
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
        const auto key = resourceKeyFromName(spans.strings.view(spans.attributeRows.key[i]));
        if (key && spans.attributeRows.type[i] == AttributeType::String) {
            identity[static_cast<std::size_t>(*key)] =
                spans.strings.view(static_cast<StringId>(spans.attributeRows.payload[i]));
        }
    }
    return identity;
}

std::optional<ResourcePlace> findWorkload(const WorkloadTable& table, const ResourceIdentity& resource,
                                          std::string_view service)
{
    const auto always = [](std::uint32_t) { return true; };
    const auto ofType = [&](WorkloadType type) {
        return [&table, type](std::uint32_t row) { return table.type[row] == type; };
    };
    if (const auto row = rowOfContainer(table, valueOf(resource, ResourceKey::ContainerId))) {
        return ResourcePlace{*row, "container.id"};
    }
    const std::string_view space = valueOf(resource, ResourceKey::Namespace);
    const auto podHere = [&](std::uint32_t row) {
        return table.type[row] == WorkloadType::Pod
            && (space.empty() || table.strings.view(table.nameSpace[row]) == space);
    };
    if (const auto row = rowWith(table.strings, table.name, valueOf(resource, ResourceKey::PodName), podHere)) {
        return ResourcePlace{*row, "k8s.pod.name"};
    }
    if (const auto row = rowWith(table.strings, table.name, valueOf(resource, ResourceKey::ContainerName),
                                 ofType(WorkloadType::AppContainer))) {
        return ResourcePlace{*row, "container.name"};
    }
    if (const auto row = rowWith(table.strings, table.name, valueOf(resource, ResourceKey::HostName),
                                 [&](std::uint32_t at) { return isGuest(table.type[at]); })) {
        return ResourcePlace{*row, "host.name"};
    }
    if (const auto row = rowOfPeer(table, resource)) {
        return ResourcePlace{*row, kPeerKey};
    }
    if (const auto row = rowWith(table.strings, table.name, service, always)) {
        return ResourcePlace{*row, "service.name"};
    }
    if (const auto row = rowWith(table.strings, table.name, service.empty() ? "" : std::string(service) + ".service",
                                 ofType(WorkloadType::Unit))) {
        return ResourcePlace{*row, "service.name"};
    }
    return std::nullopt;
}

std::optional<ResourcePlace> findHost(const InfrastructureTable& table, const ResourceIdentity& resource)
{
    const auto always = [](std::uint32_t) { return true; };
    if (const auto row = rowWith(table.strings, table.machineId, valueOf(resource, ResourceKey::HostId), always)) {
        return ResourcePlace{*row, "host.id"};
    }
    for (const ResourceKey key : {ResourceKey::HostName, ResourceKey::Node}) {
        for (const TextColumn* column : {&table.hostname, &table.name}) {
            if (const auto row = rowWith(table.strings, *column, valueOf(resource, key), always)) {
                return ResourcePlace{*row, resourceKeyName(key)};
            }
        }
    }
    if (const auto row = rowWithAddress(table, valueOf(resource, ResourceKey::PeerAddress))) {
        return ResourcePlace{*row, kPeerKey};
    }
    return std::nullopt;
}

} // namespace tracedeck
