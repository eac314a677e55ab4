// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/infrastructure_table.h"
#include "core/workload_table.h"

#include <concepts>
#include <type_traits>

namespace tracedeck {

/// Every column of the fleet tables, in one fixed order, for code that treats columns alike (digests,
/// merging, the snapshot file). A new column is added here and nowhere else.
template <class Table>
concept AnyInfrastructureTable = std::same_as<std::remove_const_t<Table>, InfrastructureTable>;
template <class Table>
concept AnyWorkloadTable = std::same_as<std::remove_const_t<Table>, WorkloadTable>;

template <AnyInfrastructureTable Table, class Visit> void visitTexts(Table& t, Visit visit)
{
    for (auto* column : {&t.id, &t.name, &t.platformId, &t.hostname, &t.machineId, &t.cluster, &t.statusText,
                         &t.statusDetail, &t.osName, &t.kernelVersion, &t.cpuBasis, &t.memoryBasis, &t.diskBasis}) {
        visit(*column);
    }
}

template <AnyInfrastructureTable Table, class Visit> void visitNumbers(Table& t, Visit visit)
{
    for (auto* column :
         {&t.cpuPercent, &t.cpuCount, &t.loadAverage1, &t.memoryPercent, &t.diskPercent, &t.rxBytesPerSec,
          &t.txBytesPerSec, &t.readBytesPerSec, &t.writeBytesPerSec, &t.temperatureCelsius}) {
        visit(*column);
    }
    for (auto* column : {&t.memoryUsedBytes, &t.memoryTotalBytes, &t.swapUsedBytes, &t.swapTotalBytes, &t.diskUsedBytes,
                         &t.diskTotalBytes, &t.startedAtNs}) {
        visit(*column);
    }
}

template <AnyWorkloadTable Table, class Visit> void visitTexts(Table& t, Visit visit)
{
    for (auto* column : {&t.id,
                         &t.name,
                         &t.displayId,
                         &t.status,
                         &t.resourceStatus,
                         &t.statusDetail,
                         &t.node,
                         &t.instance,
                         &t.cluster,
                         &t.contextLabel,
                         &t.nameSpace,
                         &t.image,
                         &t.containerRuntime,
                         &t.containerId,
                         &t.dockerHostId,
                         &t.dockerHostName,
                         &t.kubernetesAgentId,
                         &t.composeProject,
                         &t.unitPath,
                         &t.osName,
                         &t.cpuBasis,
                         &t.memoryBasis}) {
        visit(*column);
    }
}

template <AnyWorkloadTable Table, class Visit> void visitNumbers(Table& t, Visit visit)
{
    for (auto* column : {&t.cpuPercent, &t.cpuCount, &t.memoryPercent, &t.diskPercent, &t.rxBytesPerSec,
                         &t.txBytesPerSec, &t.readBytesPerSec, &t.writeBytesPerSec}) {
        visit(*column);
    }
    for (auto* column : {&t.vmid, &t.memoryUsedBytes, &t.memoryTotalBytes, &t.diskUsedBytes, &t.diskTotalBytes,
                         &t.processCount, &t.restartCount, &t.startedAtNs, &t.lastBackupNs}) {
        visit(*column);
    }
}

/// Lists, of both tables.
template <class Table, class Visit>
    requires AnyInfrastructureTable<Table> || AnyWorkloadTable<Table>
void visitLists(Table& t, Visit visit)
{
    for (auto* column : {&t.tags, &t.ipAddresses, &t.detailNames, &t.detailValues}) {
        visit(*column);
    }
}

/// Vectors with one plain value per row, but keys and digests.
template <AnyInfrastructureTable Table, class Visit> void visitPlain(Table& t, Visit visit)
{
    visit(t.type);
    visit(t.status);
    visit(t.platform);
    visit(t.firstSource);
    visit(t.sources);
    visit(t.flags);
}
template <AnyWorkloadTable Table, class Visit> void visitPlain(Table& t, Visit visit)
{
    visit(t.hostKeys);
    visit(t.type);
    visit(t.bucket);
    visit(t.platform);
    visit(t.platformScopes);
    visit(t.flags);
}

} // namespace tracedeck
