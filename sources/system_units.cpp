// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/system_units.h"

#include <algorithm>
#include <unordered_map>

namespace tracedeck {
namespace {

constexpr std::string_view kService = ".service";

bool endsWithService(std::string_view name)
{
    return name.size() > kService.size() && name.substr(name.size() - kService.size()) == kService;
}

/// What the manager says where the processes alone would tell too little; empty = they tell enough.
std::string_view statusOf(const SystemUnit& unit)
{
    if (unit.activeState == "failed") {
        return "failed";
    }
    if (unit.activeState == "activating") {
        return unit.subState == "auto-restart" ? "restarting" : "starting";
    }
    return unit.activeState == "deactivating" ? "stopping" : std::string_view();
}

void describe(LocalWorkloadRow& row, const SystemUnit& unit)
{
    row.details.emplace_back("Description", unit.description);
    row.details.emplace_back("Unit state", unit.activeState + " (" + unit.subState + ")");
    if (const std::string_view status = statusOf(unit); !status.empty() && row.status != "paused") {
        row.status = status;
        row.statusDetail = unit.subState;
    }
}

} // namespace

void applySystemUnits(const std::vector<SystemUnit>& units, std::vector<LocalWorkloadRow>& rows)
{
    std::unordered_map<std::string_view, const SystemUnit*> byName;
    for (const SystemUnit& unit : units) {
        byName.emplace(unit.name, &unit);
    }
    for (LocalWorkloadRow& row : rows) {
        if (row.type != WorkloadType::Unit) {
            continue;
        }
        if (const auto found = byName.find(row.name); found != byName.end()) {
            describe(row, *found->second);
            byName.erase(found);
        }
    }
    for (const SystemUnit& unit : units) {
        if (byName.count(unit.name) == 0 || !endsWithService(unit.name) || statusOf(unit) != "failed") {
            continue;
        }
        LocalWorkloadRow row;
        row.id = "system.slice/" + unit.name; // where it will be once it runs again
        row.name = unit.name;
        row.displayId = unit.name;
        row.status = "failed";
        row.unitPath = '/' + row.id;
        row.context = "system.slice";
        row.details.emplace_back("Kind", "service");
        describe(row, unit);
        rows.push_back(std::move(row));
    }
}

} // namespace tracedeck
