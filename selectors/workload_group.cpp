// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/workload_group.h"

#include "core/platform.h"
#include "selectors/workload_scope.h"

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace tracedeck {
namespace {

constexpr std::array<std::string_view, 3> kBucketKeys{"running", "degraded", "stopped"};
constexpr std::array<std::string_view, 3> kBucketLabels{"Running", "Degraded", "Stopped"};

/// Node groups: guests carry (instance, node), the others this bit, their kind and one text.
constexpr std::uint64_t kPlaceBit = std::uint64_t{1} << 63U;

/// Without branches: fleets are mixed, so none of these choices can be predicted.
std::uint64_t nodeCode(const WorkloadTable& table, std::uint32_t row)
{
    const WorkloadType type = table.type[row];
    const StringId context = table.contextLabel[row];
    const StringId node = table.node[row];
    const StringId instance = table.instance[row];
    const auto unless = [](StringId first, StringId second) { // first, or second when first is 0
        return first | (second & (first == 0 ? 0xFFFFFFFFU : 0U));
    };
    const StringId place = unless(context, unless(node, unless(instance, table.nameSpace[row])));
    const std::uint64_t guest = (static_cast<std::uint64_t>(instance) << 32U) | node;
    const std::uint64_t other = kPlaceBit | (static_cast<std::uint64_t>(type) << 32U) | place;
    const std::uint64_t guestMask = isGuest(type) ? ~std::uint64_t{0} : 0;
    return (guest & guestMask) | (other & ~guestMask);
}

/// Group numbers of rows and, per group, the row that was seen first.
struct Numbered {
    std::vector<std::uint32_t> groupOf;
    std::vector<std::uint64_t> codes;
    std::vector<std::uint32_t> firstRows;
};

template <class CodeOf> Numbered numberRows(const WorkloadTable& table, const RowIndexes& rows, const CodeOf& codeOf)
{
    Numbered numbered;
    GroupCodes codes;
    numbered.groupOf.assign(table.rows(), RowGroups::kNoGroup);
    for (const std::uint32_t row : rows) {
        const std::uint32_t group = codes.numberOf(static_cast<std::uint64_t>(codeOf(row)));
        numbered.groupOf[row] = group;
        if (group == numbered.firstRows.size()) {
            numbered.firstRows.push_back(row);
        }
    }
    numbered.codes = codes.codes();
    return numbered;
}

StringId firstOf(std::span<const StringId> texts)
{
    return texts.empty() ? StringId{0} : texts.front();
}

const TextColumn& columnOf(const WorkloadTable& table, WorkloadGrouping grouping)
{
    switch (grouping) {
    case WorkloadGrouping::Namespace:
        return table.nameSpace;
    case WorkloadGrouping::ComposeProject:
        return table.composeProject;
    default:
        return table.cluster;
    }
}

Numbered numberByDimension(const WorkloadTable& table, const RowIndexes& rows, WorkloadGrouping grouping)
{
    switch (grouping) {
    case WorkloadGrouping::Node:
        return numberRows(table, rows, [&](std::uint32_t row) { return nodeCode(table, row); });
    case WorkloadGrouping::Type:
        return numberRows(table, rows, [&](std::uint32_t row) { return table.type[row]; });
    case WorkloadGrouping::Status:
        return numberRows(table, rows, [&](std::uint32_t row) { return table.bucket[row]; });
    case WorkloadGrouping::Platform:
        return numberRows(table, rows, [&](std::uint32_t row) { return table.platform[row]; });
    case WorkloadGrouping::Tag:
        return numberRows(table, rows, [&](std::uint32_t row) { return firstOf(table.tags.row(row)); });
    default:
        break;
    }
    const TextColumn& column = columnOf(table, grouping);
    return numberRows(table, rows, [&](std::uint32_t row) { return column[row]; });
}

/// The halves of a node group's code: an instance or a kind, and what the group is labelled with.
struct NodeHalves {
    bool guest = false;
    std::string_view first;
    std::string_view place;
};

NodeHalves nodeHalves(const WorkloadTable& table, std::uint64_t code)
{
    const bool guest = (code & kPlaceBit) == 0;
    const auto half = static_cast<std::uint32_t>((code & ~kPlaceBit) >> 32U);
    return {guest, guest ? table.strings.view(half) : workloadTypeKey(static_cast<WorkloadType>(half)),
            table.strings.view(static_cast<StringId>(code & 0xFFFFFFFFU))};
}

std::string nodeKeyText(const WorkloadTable& table, std::uint64_t code)
{
    const NodeHalves halves = nodeHalves(table, code);
    return std::string(halves.first).append(1, halves.guest ? '-' : ':').append(halves.place);
}

/// Without its key text, which hardly any group needs; the key is hashed from a buffer kept for all of them.
GroupSeed nodeSeed(const WorkloadTable& table, std::uint64_t code, std::uint32_t firstRow, std::string& buffer)
{
    const NodeHalves halves = nodeHalves(table, code);
    buffer.assign(halves.first).append(1, halves.guest ? '\x1f' : ':').append(halves.place); // \x1f: in no name
    const StringId cluster = table.cluster[firstRow];
    const std::string_view home = cluster != 0 ? table.strings.view(cluster) : halves.first;
    GroupSeed seed;
    seed.labelId = static_cast<StringId>(code & 0xFFFFFFFFU);
    seed.group.key = makeGroupKey("workload.node", buffer);
    seed.group.label = halves.place;
    seed.group.detail = halves.guest ? home : workloadTypePlural(static_cast<WorkloadType>((code & ~kPlaceBit) >> 32U));
    return seed;
}

GroupSeed fixedSeed(std::string_view dimension, std::string_view key, std::string_view label)
{
    return {{makeGroupKey(dimension, key), std::string(key), std::string(label), {}}, 0};
}

GroupSeed seedOf(const WorkloadTable& table, WorkloadGrouping grouping, std::uint64_t code)
{
    const auto textSeed = [&](std::string_view dimension) {
        const auto id = static_cast<StringId>(code);
        GroupSeed seed = fixedSeed(dimension, table.strings.view(id), table.strings.view(id));
        seed.labelId = id;
        return seed;
    };
    switch (grouping) {
    case WorkloadGrouping::Type: {
        const auto type = static_cast<WorkloadType>(code);
        return fixedSeed("workload.type", workloadTypeKey(type), workloadTypePlural(type));
    }
    case WorkloadGrouping::Status:
        return fixedSeed("workload.status", kBucketKeys[code], kBucketLabels[code]);
    case WorkloadGrouping::Namespace:
        return textSeed("workload.namespace");
    case WorkloadGrouping::ComposeProject:
        return textSeed("workload.compose");
    case WorkloadGrouping::Platform: {
        const auto platform = static_cast<Platform>(code);
        return fixedSeed("workload.platform", platformKey(platform), platformLabel(platform));
    }
    case WorkloadGrouping::Tag:
        return textSeed("workload.tag");
    case WorkloadGrouping::Node: // see nodeSeed()
    case WorkloadGrouping::Cluster:
    case WorkloadGrouping::None:
        break;
    }
    return textSeed("workload.cluster");
}

} // namespace

RowGroups groupWorkloads(const WorkloadTable& table, const RowIndexes& rows, WorkloadGrouping grouping,
                         GroupOrder order, const CollationRanks& ranks)
{
    Numbered numbered = numberByDimension(table, rows, grouping);
    std::vector<GroupSeed> seeds;
    seeds.reserve(numbered.codes.size());
    const bool byNode = grouping == WorkloadGrouping::Node;
    std::string buffer;
    for (std::size_t i = 0; i < numbered.codes.size(); ++i) {
        const std::uint64_t code = numbered.codes[i];
        seeds.push_back(byNode ? nodeSeed(table, code, numbered.firstRows[i], buffer) : seedOf(table, grouping, code));
    }
    const auto keyTextOf = [&](std::uint32_t seed) { return nodeKeyText(table, numbered.codes[seed]); };
    return orderGroups(std::move(seeds), std::move(numbered.groupOf), order, ranks,
                       byNode ? GroupKeyText(keyTextOf) : GroupKeyText());
}

} // namespace tracedeck
