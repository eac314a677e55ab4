// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace_list_table.h"

#include "core/row_digest.h"

namespace tracedeck {

void TraceListTable::resize(std::size_t rows)
{
    keys.resize(rows);
    digests.resize(rows);
    traceId.resize(rows);
    startNs.resize(rows);
    durationNs.resize(rows);
    rootService.resize(rows);
    rootName.resize(rows);
    spanCount.resize(rows);
    errorCount.resize(rows);
    own.resize(rows);
    exact.resize(rows);
    resourcesKnown.resize(rows);
}

void TraceListTable::finish()
{
    while (services.size() < rows()) {
        services.endRow();
    }
    for (ListColumn& column : resources) {
        while (column.size() < rows()) {
            column.endRow();
        }
    }
    search = SearchArena();
    search.reserve(rows(), rows() * 96);
    std::size_t servicePosition = 0;
    for (std::size_t row = 0; row < rows(); ++row) {
        const std::string hex = traceId[row].toHex();
        keys[row] = makeRowKey(RowKind::Trace, {}, hex);
        search.addField(hex);
        search.addField(strings.view(rootService[row]));
        search.addField(strings.view(rootName[row]));
        RowDigest digest;
        for (const StringId service : services.row(row)) {
            search.addField(strings.view(service));
            digest.add(strings.view(service));
            if (servicePosition < serviceSpans.size()) {
                digest.add(static_cast<std::uint64_t>(serviceSpans[servicePosition]));
            }
            ++servicePosition;
        }
        for (std::size_t key = 0; key < kResourceKeyCount; ++key) {
            for (const StringId value : resources[key].row(row)) {
                digest.add(strings.view(value));
                if (isSearchedResourceKey(static_cast<ResourceKey>(key))) {
                    search.addField(strings.view(value));
                }
            }
        }
        search.endRow();
        digest.add(static_cast<std::uint64_t>(resourcesKnown[row]));
        digest.add(strings.view(rootService[row]));
        digest.add(strings.view(rootName[row]));
        digest.add(static_cast<std::uint64_t>(startNs[row]));
        digest.add(static_cast<std::uint64_t>(durationNs[row]));
        digest.add((static_cast<std::uint64_t>(spanCount[row]) << 32U) | errorCount[row]);
        digest.add(static_cast<std::uint64_t>(own[row]) | (static_cast<std::uint64_t>(exact[row]) << 8U));
        digests[row] = digest.value();
    }
}

} // namespace tracedeck
