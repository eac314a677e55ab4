// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/otlp_value_text.h"

#include <unordered_map>

namespace tracedeck {

bool OtlpValueText::parse(std::string_view text, AttributeType expected, simdjson::dom::element& out)
{
    if (m_parser.parse(text.data(), text.size()).get(out) != simdjson::SUCCESS) {
        return false;
    }
    return expected == AttributeType::Array ? out.is_array() : out.is_object();
}

std::vector<OtlpResourceGroup> groupByResource(const std::vector<std::uint32_t>& resources,
                                               const std::vector<std::uint32_t>& scopes,
                                               std::span<const std::uint32_t> rows)
{
    struct Place {
        std::size_t group = 0;
        std::size_t scope = 0;
    };
    std::vector<OtlpResourceGroup> groups;
    std::unordered_map<std::uint32_t, std::size_t> groupOf;
    std::unordered_map<std::uint64_t, Place> placeOf;
    for (const std::uint32_t row : rows) {
        const std::uint64_t pair = (std::uint64_t{resources[row]} << 32U) | scopes[row];
        auto place = placeOf.find(pair);
        if (place == placeOf.end()) {
            const auto [group, isNew] = groupOf.try_emplace(resources[row], groups.size());
            if (isNew) {
                groups.push_back({resources[row], {}});
            }
            std::vector<OtlpScopeGroup>& list = groups[group->second].scopes;
            list.push_back({scopes[row], {}});
            place = placeOf.emplace(pair, Place{group->second, list.size() - 1}).first;
        }
        groups[place->second.group].scopes[place->second.scope].rows.push_back(row);
    }
    return groups;
}

} // namespace tracedeck
