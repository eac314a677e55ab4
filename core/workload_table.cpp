// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workload_table.h"

#include "core/row_digest.h"
#include "core/row_refresh.h"
#include "core/table_append.h"
#include "core/table_columns.h"

#include <algorithm>
#include <array>
#include <string>
#include <type_traits>

namespace tracedeck {
namespace {

std::uint64_t digestOf(const WorkloadTable& t, std::size_t row)
{
    RowDigest digest;
    visitTexts(t, [&](const TextColumn& column) { digest.add(t.strings, column[row]); });
    visitNumbers(t, [&](const auto& column) { digest.add(column, row); });
    visitLists(t, [&](const ListColumn& column) { digest.add(t.strings, column, row); });
    digest.add(static_cast<std::uint64_t>(t.type[row]) | (static_cast<std::uint64_t>(t.bucket[row]) << 8U)
               | (static_cast<std::uint64_t>(t.platform[row]) << 16U)
               | (static_cast<std::uint64_t>(t.flags[row]) << 24U));
    digest.add(t.platformScopes[row]);
    digest.add(t.hostKeys[row]);
    return digest.value();
}

void addScopes(SearchArena& search, PlatformSet scopes)
{
    std::string joined;
    for (unsigned i = 0; i < static_cast<unsigned>(Platform::Count); ++i) {
        if ((scopes & (PlatformSet{1} << i)) != 0) {
            joined += joined.empty() ? "" : " ";
            joined += platformKey(static_cast<Platform>(i));
        }
    }
    search.addField(joined);
}

/// The 19 fields of Pulse's free text, in its order.
void addReferenceFields(WorkloadTable& t, std::size_t row)
{
    const auto text = [&](const TextColumn& column) { t.search.addField(t.strings.view(column[row])); };
    text(t.name);
    text(t.id);
    text(t.displayId);
    if (t.vmid.has(row)) {
        t.search.addField(std::to_string(t.vmid.raw(row)));
    }
    text(t.node);
    text(t.status);
    text(t.image);
    text(t.nameSpace);
    text(t.contextLabel);
    text(t.cluster);
    text(t.instance);
    t.search.addField(platformKey(t.platform[row]));
    addScopes(t.search, t.platformScopes[row]);
    t.search.addField(workloadTypeKey(t.type[row]));
    text(t.containerRuntime);
    text(t.containerId);
    text(t.dockerHostId);
    text(t.dockerHostName);
    text(t.kubernetesAgentId);
}

void addProductFields(WorkloadTable& t, std::size_t row)
{
    for (const ListColumn* column : {&t.tags, &t.ipAddresses}) {
        for (const StringId item : column->row(row)) {
            t.search.addField(t.strings.view(item));
        }
    }
    for (const TextColumn* column : {&t.osName, &t.composeProject, &t.unitPath, &t.statusDetail}) {
        t.search.addField(t.strings.view((*column)[row]));
    }
}

} // namespace

void WorkloadTable::resize(std::size_t rows)
{
    keys.resize(rows);
    digests.resize(rows);
    hostKeys.resize(rows);
    visitTexts(*this, [&](TextColumn& column) { column.resize(rows); });
    visitNumbers(*this, [&](auto& column) { column.resize(rows); });
    type.resize(rows);
    bucket.resize(rows);
    platform.resize(rows, Platform::Generic);
    platformScopes.resize(rows);
    flags.resize(rows);
}

void WorkloadTable::finish(WorkloadSearchFields fields)
{
    for (ListColumn* column : {&tags, &ipAddresses, &detailNames, &detailValues}) {
        while (column->size() < rows()) {
            column->endRow();
        }
    }
    search = SearchArena();
    search.reserve(rows(), rows() * 160);
    for (std::size_t row = 0; row < rows(); ++row) {
        addReferenceFields(*this, row);
        if (fields == WorkloadSearchFields::Product) {
            addProductFields(*this, row);
        }
        search.endRow();
        bucket[row] = statusBucketOf(strings.view(status[row]), strings.view(resourceStatus[row]));
        digests[row] = digestOf(*this, row);
    }
}

void refreshRow(WorkloadTable& table, std::size_t row)
{
    table.bucket[row] =
        statusBucketOf(table.strings.view(table.status[row]), table.strings.view(table.resourceStatus[row]));
    table.digests[row] = digestOf(table, row);
}

void WorkloadTable::append(const WorkloadTable& from, const std::vector<std::uint32_t>& rowIndexes)
{
    const std::size_t first = rows();
    resize(first + rowIndexes.size());
    TableAppend copy(from.strings, strings, rowIndexes, first);
    std::vector<const TextColumn*> texts;
    visitTexts(from, [&](const TextColumn& column) { texts.push_back(&column); });
    std::size_t next = 0;
    visitTexts(*this, [&](TextColumn& column) { copy.texts(*texts[next++], column); });
    std::vector<const void*> numbers; // columns of both element types, in the one order of visitNumbers
    visitNumbers(from, [&](const auto& column) { numbers.push_back(&column); });
    next = 0;
    visitNumbers(*this, [&](auto& column) {
        copy.numbers(*static_cast<const std::remove_reference_t<decltype(column)>*>(numbers[next++]), column);
    });
    std::vector<const ListColumn*> lists;
    visitLists(from, [&](const ListColumn& column) { lists.push_back(&column); });
    next = 0;
    visitLists(*this, [&](ListColumn& column) { copy.lists(*lists[next++], column); });
    std::vector<const void*> plain;
    visitPlain(from, [&](const auto& column) { plain.push_back(&column); });
    next = 0;
    visitPlain(*this, [&](auto& column) {
        copy.plain(*static_cast<const std::remove_reference_t<decltype(column)>*>(plain[next++]), column);
    });
    copy.plain(from.keys, keys);
}

std::string_view workloadTypeKey(WorkloadType type)
{
    constexpr std::array<std::string_view, 6> kKeys{"vm", "system-container", "app-container", "pod", "unit", ""};
    return kKeys[static_cast<std::size_t>(type)];
}

std::string_view workloadTypeBadge(WorkloadType type)
{
    constexpr std::array<std::string_view, 6> kBadges{"VM", "LXC", "cont", "pod", "unit", ""};
    return kBadges[static_cast<std::size_t>(type)];
}

std::string_view workloadTypePlural(WorkloadType type)
{
    constexpr std::array<std::string_view, 6> kPlurals{"VMs", "System containers", "Containers", "Pods", "Units", ""};
    return kPlurals[static_cast<std::size_t>(type)];
}

StatusBucket statusBucketOf(std::string_view powerState, std::string_view resourceStatus)
{
    constexpr std::array<std::string_view, 3> kRunning{"online", "running", "healthy"};
    constexpr std::array<std::string_view, 9> kStopped{"offline",      "error",   "failed",  "down",    "unreachable",
                                                       "disconnected", "timeout", "stopped", "inactive"};
    const auto isRunning = [&](std::string_view word) {
        return std::find(kRunning.begin(), kRunning.end(), word) != kRunning.end();
    };
    const std::string_view decisive = resourceStatus.empty() || isRunning(resourceStatus) ? powerState : resourceStatus;
    if (isRunning(decisive)) {
        return StatusBucket::Running;
    }
    const bool stopped = std::find(kStopped.begin(), kStopped.end(), decisive) != kStopped.end();
    return stopped ? StatusBucket::Stopped : StatusBucket::Degraded;
}

} // namespace tracedeck
