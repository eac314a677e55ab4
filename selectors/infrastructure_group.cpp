// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/infrastructure_group.h"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace tracedeck {
namespace {

constexpr std::array<std::string_view, 8> kStatusLabels{"Online",  "Degraded", "Paused",  "Offline",
                                                        "Stopped", "Unknown",  "Running", "Other"};

template <class CodeOf>
std::vector<std::uint32_t> numberRows(const InfrastructureTable& table, const RowIndexes& rows, GroupCodes& codes,
                                      const CodeOf& codeOf)
{
    std::vector<std::uint32_t> groupOf(table.rows(), RowGroups::kNoGroup);
    for (const std::uint32_t row : rows) {
        groupOf[row] = codes.numberOf(static_cast<std::uint64_t>(codeOf(row)));
    }
    return groupOf;
}

std::vector<std::uint32_t> numberByDimension(const InfrastructureTable& t, const RowIndexes& rows,
                                             InfrastructureGrouping grouping, GroupCodes& codes)
{
    switch (grouping) {
    case InfrastructureGrouping::Type:
        return numberRows(t, rows, codes, [&](std::uint32_t row) { return t.type[row]; });
    case InfrastructureGrouping::Platform:
        return numberRows(t, rows, codes, [&](std::uint32_t row) { return t.platform[row]; });
    case InfrastructureGrouping::Status:
        return numberRows(t, rows, codes, [&](std::uint32_t row) { return t.status[row]; });
    case InfrastructureGrouping::Tag:
        return numberRows(t, rows, codes, [&](std::uint32_t row) {
            const auto tags = t.tags.row(row);
            return tags.empty() ? StringId{0} : tags.front();
        });
    case InfrastructureGrouping::Cluster:
    case InfrastructureGrouping::None:
        break;
    }
    return numberRows(t, rows, codes, [&](std::uint32_t row) { return t.cluster[row]; });
}

GroupSeed fixedSeed(std::string_view dimension, std::string_view key, std::string_view label)
{
    return {{makeGroupKey(dimension, key), std::string(key), std::string(label), {}}, 0};
}

GroupSeed seedOf(const InfrastructureTable& table, InfrastructureGrouping grouping, std::uint64_t code)
{
    switch (grouping) {
    case InfrastructureGrouping::Type: {
        const auto type = static_cast<InfrastructureType>(code);
        return fixedSeed("infrastructure.type", infrastructureTypeKey(type), infrastructureTypeLabel(type));
    }
    case InfrastructureGrouping::Platform: {
        const auto platform = static_cast<Platform>(code);
        return fixedSeed("infrastructure.platform", platformKey(platform), platformLabel(platform));
    }
    case InfrastructureGrouping::Status:
        return fixedSeed("infrastructure.status", infrastructureStatusKey(static_cast<InfrastructureStatus>(code)),
                         kStatusLabels[code]);
    case InfrastructureGrouping::Tag:
    case InfrastructureGrouping::Cluster:
    case InfrastructureGrouping::None:
        break;
    }
    const auto id = static_cast<StringId>(code);
    const bool byTag = grouping == InfrastructureGrouping::Tag;
    GroupSeed seed = fixedSeed(byTag ? "infrastructure.tag" : "infrastructure.cluster", table.strings.view(id),
                               table.strings.view(id));
    seed.labelId = id;
    return seed;
}

} // namespace

RowGroups groupInfrastructure(const InfrastructureTable& table, const RowIndexes& rows, InfrastructureGrouping grouping,
                              GroupOrder order, const CollationRanks& ranks)
{
    GroupCodes codes;
    std::vector<std::uint32_t> groupOf = numberByDimension(table, rows, grouping, codes);
    std::vector<GroupSeed> seeds;
    seeds.reserve(codes.codes().size());
    for (const std::uint64_t code : codes.codes()) {
        seeds.push_back(seedOf(table, grouping, code));
    }
    return orderGroups(std::move(seeds), std::move(groupOf), order, ranks);
}

} // namespace tracedeck
