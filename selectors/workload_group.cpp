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

GroupSeed guestSeed(const WorkloadTable& table, std::uint64_t code, std::uint32_t firstRow)
{
    const std::string_view instance = table.strings.view(static_cast<StringId>(code >> 32U));
    const auto nodeId = static_cast<StringId>(code & 0xFFFFFFFFU);
    const std::string_view node = table.strings.view(nodeId);
    const StringId cluster = table.cluster[firstRow];
    GroupSeed seed;
    seed.group.keyText.reserve(instance.size() + 1 + node.size());
    seed.group.keyText.append(instance).append("\x1f").append(node); // unlike '-', in neither name
    seed.group.key = makeGroupKey("workload.node", seed.group.keyText);
    seed.group.keyText[instance.size()] = '-';
    seed.group.label = node;
    seed.group.detail = cluster != 0 ? table.strings.view(cluster) : instance;
    seed.labelId = nodeId;
    return seed;
}

GroupSeed placeSeed(const WorkloadTable& table, std::uint64_t code)
{
    const auto type = static_cast<WorkloadType>((code & ~kPlaceBit) >> 32U);
    const auto place = static_cast<StringId>(code & 0xFFFFFFFFU);
    GroupSeed seed;
    seed.group.keyText.append(workloadTypeKey(type)).append(":").append(table.strings.view(place));
    seed.group.key = makeGroupKey("workload.node", seed.group.keyText);
    seed.group.label = table.strings.view(place);
    seed.group.detail = workloadTypePlural(type);
    seed.labelId = place;
    return seed;
}

GroupSeed fixedSeed(std::string_view dimension, std::string_view key, std::string_view label)
{
    return {{makeGroupKey(dimension, key), std::string(key), std::string(label), {}}, 0};
}

GroupSeed seedOf(const WorkloadTable& table, WorkloadGrouping grouping, std::uint64_t code, std::uint32_t firstRow)
{
    const auto textSeed = [&](std::string_view dimension) {
        const auto id = static_cast<StringId>(code);
        GroupSeed seed = fixedSeed(dimension, table.strings.view(id), table.strings.view(id));
        seed.labelId = id;
        return seed;
    };
    switch (grouping) {
    case WorkloadGrouping::Node:
        return (code & kPlaceBit) == 0 ? guestSeed(table, code, firstRow) : placeSeed(table, code);
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
    for (std::size_t i = 0; i < numbered.codes.size(); ++i) {
        seeds.push_back(seedOf(table, grouping, numbered.codes[i], numbered.firstRows[i]));
    }
    return orderGroups(std::move(seeds), std::move(numbered.groupOf), order, ranks);
}

} // namespace tracedeck
