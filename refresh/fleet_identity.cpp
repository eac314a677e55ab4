// SPDX-License-Identifier: GPL-3.0-or-later
#include "refresh/fleet_identity.h"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace tracedeck {
namespace {

constexpr std::size_t kShortContainerId = 12;

std::string lowered(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

/// "web-1.example.org" and "WEB-1" are one name; an address has no short form.
std::string shortHostName(std::string_view name)
{
    const bool isAddress = name.find_first_not_of("0123456789.:abcdefABCDEF") == std::string_view::npos
        && name.find_first_of(".:") != std::string_view::npos;
    return lowered(isAddress ? name : name.substr(0, name.find('.')));
}

bool namesOneMachine(std::string_view address)
{
    const std::string text = lowered(address);
    const auto begins = [&](std::string_view prefix) { return text.compare(0, prefix.size(), prefix) == 0; };
    // 172.17.0.1 is the bridge of every default Docker installation.
    return !text.empty() && !begins("127.") && !begins("169.254.") && !begins("fe80:") && !begins("172.17.0.")
        && text != "::1";
}

std::string hostNameOf(const InfrastructureTable& table, std::size_t row)
{
    const StringId name = table.hostname[row] != 0 ? table.hostname[row] : table.name[row];
    return shortHostName(table.strings.view(name));
}

std::vector<std::string> addressesOf(const InfrastructureTable& table, std::size_t row)
{
    std::vector<std::string> out;
    for (const StringId id : table.ipAddresses.row(row)) {
        if (const std::string_view address = table.strings.view(id); namesOneMachine(address)) {
            out.push_back(lowered(address));
        }
    }
    return out;
}

bool shareAny(const std::vector<std::string>& a, const std::vector<std::string>& b)
{
    return std::any_of(a.begin(), a.end(),
                       [&](const std::string& one) { return std::find(b.begin(), b.end(), one) != b.end(); });
}

struct HostSigns {
    std::string machineId;
    std::string name;
    std::vector<std::string> addresses;
};

bool sameHost(const HostSigns& a, const HostSigns& b)
{
    const bool sharesAddress = shareAny(a.addresses, b.addresses);
    if (!a.machineId.empty() && !b.machineId.empty()) {
        const bool contradicted = a.name != b.name && !a.addresses.empty() && !b.addresses.empty() && !sharesAddress;
        return a.machineId == b.machineId && !contradicted;
    }
    return !a.name.empty() && a.name == b.name && sharesAddress;
}

/// Collects groups; a row joins one that no row of its own table is in.
class Grouping {
public:
    [[nodiscard]] std::vector<SameRows>& groups() { return m_groups; }
    [[nodiscard]] bool takes(std::size_t group, std::uint32_t table) const
    {
        return m_groups[group].rows.back().table != table;
    }
    std::size_t open(SourceRow row, std::string identity)
    {
        m_groups.push_back({std::move(identity), {row}});
        return m_groups.size() - 1;
    }
    void join(std::size_t group, SourceRow row) { m_groups[group].rows.push_back(row); }

private:
    std::vector<SameRows> m_groups;
};

/// Calls visit(table index, row) for every row whose key its table shows for the first time.
template <class Table, class Visit>
void eachRow(const std::vector<std::shared_ptr<const Table>>& tables, std::uint64_t& duplicates, Visit visit)
{
    for (std::size_t t = 0; t < tables.size(); ++t) {
        std::unordered_set<RowKey> seen;
        seen.reserve(tables[t]->rows());
        for (std::size_t row = 0; row < tables[t]->rows(); ++row) {
            if (seen.insert(tables[t]->keys[row]).second) {
                visit(static_cast<std::uint32_t>(t), static_cast<std::uint32_t>(row));
            } else {
                ++duplicates;
            }
        }
    }
}

} // namespace

std::vector<SameRows> sameHosts(const std::vector<std::shared_ptr<const InfrastructureTable>>& tables,
                                std::uint64_t& duplicates)
{
    Grouping grouping;
    std::vector<HostSigns> signs; // of the first row of each group
    std::unordered_multimap<std::string, std::size_t> byMachine;
    std::unordered_multimap<std::string, std::size_t> byName;
    std::unordered_map<RowKey, std::size_t> byKey;
    eachRow(tables, duplicates, [&](std::uint32_t t, std::uint32_t row) {
        const InfrastructureTable& table = *tables[t];
        HostSigns own{lowered(table.strings.view(table.machineId[row])), hostNameOf(table, row),
                      addressesOf(table, row)};
        const auto joinOneOf = [&](const auto& range) {
            for (auto it = range.first; it != range.second; ++it) {
                if (grouping.takes(it->second, t) && sameHost(signs[it->second], own)) {
                    grouping.join(it->second, {t, row});
                    return true;
                }
            }
            return false;
        };
        const auto sameKey = byKey.find(table.keys[row]);
        if (sameKey != byKey.end() && grouping.takes(sameKey->second, t)) {
            grouping.join(sameKey->second, {t, row});
            return;
        }
        if ((!own.machineId.empty() && joinOneOf(byMachine.equal_range(own.machineId)))
            || (!own.name.empty() && joinOneOf(byName.equal_range(own.name)))) {
            return;
        }
        const std::size_t group = grouping.open(
            {t, row}, own.machineId.empty() ? std::string() : "machine " + own.machineId + ' ' + own.name);
        byKey.emplace(table.keys[row], group);
        byMachine.emplace(own.machineId, group);
        byName.emplace(own.name, group);
        signs.push_back(std::move(own));
    });
    return std::move(grouping.groups());
}

std::vector<SameRows> sameWorkloads(const std::vector<std::shared_ptr<const WorkloadTable>>& tables,
                                    std::uint64_t& duplicates)
{
    Grouping grouping;
    std::unordered_multimap<std::string, std::size_t> byShortId;
    std::unordered_map<RowKey, std::size_t> byKey;
    std::vector<std::string> ids; // of the first row of each group
    eachRow(tables, duplicates, [&](std::uint32_t t, std::uint32_t row) {
        const WorkloadTable& table = *tables[t];
        std::string id = lowered(table.strings.view(table.containerId[row]));
        const std::string shortId = id.substr(0, kShortContainerId);
        const bool hasId = id.size() >= kShortContainerId;
        const auto sameKey = byKey.find(table.keys[row]);
        if (sameKey != byKey.end() && grouping.takes(sameKey->second, t)) {
            grouping.join(sameKey->second, {t, row});
            return;
        }
        if (hasId) {
            const auto range = byShortId.equal_range(shortId);
            for (auto it = range.first; it != range.second; ++it) {
                const std::string& other = ids[it->second];
                const bool prefix =
                    id.compare(0, std::min(id.size(), other.size()), other, 0, std::min(id.size(), other.size())) == 0;
                if (prefix && grouping.takes(it->second, t)) {
                    grouping.join(it->second, {t, row});
                    return;
                }
            }
        }
        const std::size_t group = grouping.open({t, row}, hasId ? "container " + shortId : std::string());
        byKey.emplace(table.keys[row], group);
        ids.push_back(id);
        if (hasId) {
            byShortId.emplace(shortId, group);
        }
    });
    return std::move(grouping.groups());
}

} // namespace tracedeck
