// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/workload_scope.h"

namespace tracedeck {
namespace {

/// First known host text of a row that is neither guest nor pod.
StringId hostTextOf(const WorkloadTable& table, std::uint32_t row)
{
    for (const TextColumn* column : {&table.dockerHostId, &table.contextLabel, &table.node}) {
        if ((*column)[row] != 0) {
            return (*column)[row];
        }
    }
    return table.instance[row];
}

} // namespace

std::string workloadHostScope(const WorkloadTable& table, std::uint32_t row)
{
    const WorkloadType type = table.type[row];
    if (type == WorkloadType::Pod) {
        return {};
    }
    if (!isGuest(type)) {
        return std::string(table.strings.view(hostTextOf(table, row)));
    }
    std::string scope(table.strings.view(table.instance[row]));
    scope += '-';
    scope += table.strings.view(table.node[row]);
    return scope;
}

bool workloadHostScopeIs(const WorkloadTable& table, std::uint32_t row, std::string_view scope)
{
    const WorkloadType type = table.type[row];
    if (type == WorkloadType::Pod) {
        return false;
    }
    if (!isGuest(type)) {
        return table.strings.view(hostTextOf(table, row)) == scope;
    }
    const std::string_view instance = table.strings.view(table.instance[row]);
    const std::string_view node = table.strings.view(table.node[row]);
    return scope.size() == instance.size() + 1 + node.size() && scope[instance.size()] == '-'
        && scope.substr(0, instance.size()) == instance && scope.substr(instance.size() + 1) == node;
}

} // namespace tracedeck
