// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/local_workload_rows.h"

#include <unordered_set>

namespace tracedeck {
namespace {

Platform platformOfRuntime(std::string_view runtime)
{
    if (runtime == "docker") {
        return Platform::Docker;
    }
    return runtime == "kubernetes" || runtime == "cri-o" ? Platform::Kubernetes : Platform::LocalMachine;
}

void fillTexts(WorkloadTable& table, std::size_t i, const LocalWorkloadRow& row, const LocalIdentity& identity)
{
    StringPool& strings = table.strings;
    const std::string id = identity.hostId + '/' + row.id;
    table.keys[i] = makeRowKey(RowKind::Workload, identity.instance, id);
    table.hostKeys[i] = identity.hostKey;
    table.id[i] = strings.intern(id);
    table.name[i] = strings.intern(row.name);
    table.displayId[i] = strings.intern(row.displayId);
    table.status[i] = strings.intern(row.status);
    table.statusDetail[i] = strings.intern(row.statusDetail);
    table.node[i] = strings.intern(identity.hostname);
    table.instance[i] = strings.intern(identity.instance);
    table.contextLabel[i] = strings.intern(row.context);
    table.containerRuntime[i] = strings.intern(row.runtime);
    table.containerId[i] = strings.intern(row.containerId);
    table.unitPath[i] = strings.intern(row.unitPath);
    table.cpuBasis[i] = strings.intern(row.cpuBasis);
    table.memoryBasis[i] = strings.intern(row.memoryBasis);
    if (!row.containerId.empty()) {
        table.dockerHostName[i] = strings.intern(row.runtime == "docker" ? identity.hostname : std::string());
    }
    for (const auto& [name, value] : row.details) {
        addDetail(strings, table.detailNames, table.detailValues, name, value);
    }
    table.detailNames.endRow();
    table.detailValues.endRow();
}

void fillNumbers(WorkloadTable& table, std::size_t i, const LocalWorkloadRow& row)
{
    table.type[i] = row.type;
    table.platform[i] = Platform::LocalMachine;
    table.platformScopes[i] = platformBit(Platform::LocalMachine) | platformBit(platformOfRuntime(row.runtime));
    table.flags[i] = row.pending ? kRatesPending : 0;
    table.vmid.set(i, row.vmid);
    table.cpuPercent.set(i, row.cpuPercent);
    table.cpuCount.set(i, row.cpuCount);
    table.memoryPercent.set(i, row.memoryPercent);
    table.memoryUsedBytes.set(i, row.memoryUsedBytes);
    table.memoryTotalBytes.set(i, row.memoryLimitBytes);
    table.rxBytesPerSec.set(i, row.rxBytesPerSec);
    table.txBytesPerSec.set(i, row.txBytesPerSec);
    table.readBytesPerSec.set(i, row.readBytesPerSec);
    table.writeBytesPerSec.set(i, row.writeBytesPerSec);
    table.processCount.set(i, row.processCount);
    table.startedAtNs.set(i, row.startedAtNs);
}

} // namespace

WorkloadTable buildWorkloadTable(const std::vector<LocalWorkloadRow>& rows, const LocalIdentity& identity,
                                 std::uint64_t& duplicates)
{
    std::vector<const LocalWorkloadRow*> kept;
    std::unordered_set<std::string_view> ids;
    kept.reserve(rows.size());
    for (const LocalWorkloadRow& row : rows) {
        if (ids.insert(row.id).second) {
            kept.push_back(&row);
        } else {
            ++duplicates;
        }
    }
    WorkloadTable table;
    table.resize(kept.size());
    for (std::size_t i = 0; i < kept.size(); ++i) {
        fillTexts(table, i, *kept[i], identity);
        fillNumbers(table, i, *kept[i]);
    }
    table.finish();
    return table;
}

} // namespace tracedeck
