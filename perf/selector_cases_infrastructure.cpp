// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/selector_cases.h"
#include "selectors/infrastructure_filter.h"
#include "selectors/infrastructure_group.h"
#include "selectors/infrastructure_plan.h"
#include "selectors/infrastructure_sort.h"
#include "selectors/row_indexes.h"
#include "selectors/substring_scan.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace tracedeck {
namespace {

using Key = InfrastructureSortKey;
using Finish = std::function<DigestFields()>;

class CaseList {
public:
    CaseList(const InfrastructureTable& table, const CollationRanks& ranks) : m_table(table), m_ranks(ranks) { }

    void addFilter(std::string name, InfrastructureFilter filter)
    {
        add("filter/" + std::move(name), [&table = m_table, filter = std::move(filter)]() -> Finish {
            return [&table, rows = filterInfrastructure(table, filter, allRows(table.rows()))] {
                return rowDigestFields(table.strings, table.id, rows);
            };
        });
    }

    void addSort(std::string name, Key key, SortDirection direction)
    {
        add("sort/" + std::move(name), [&table = m_table, &ranks = m_ranks, key, direction]() -> Finish {
            RowIndexes primary = keepPart(table, InfrastructurePart::Primary, allRows(table.rows()));
            return [&table, rows = sortInfrastructure(table, std::move(primary), {key, direction}, ranks)] {
                return rowDigestFields(table.strings, table.id, rows);
            };
        });
    }

    void addPipeline(std::string name, std::vector<std::string> terms)
    {
        InfrastructureQuery query;
        query.filter.terms = std::move(terms);
        query.part = InfrastructurePart::Primary;
        query.sort = Key::Cpu;
        query.direction = SortDirection::Descending;
        add("pipeline/" + std::move(name), [&table = m_table, &ranks = m_ranks, query]() -> Finish {
            return [&table, listing = deriveInfrastructure(table, query, {ranks})] {
                return planDigestFields(table.strings, table.id, listing.plan);
            };
        });
    }

    void addOthers();

    std::vector<SelectorCase> take() { return std::move(m_cases); }

private:
    void add(std::string name, std::function<Finish()> run) { m_cases.push_back({std::move(name), std::move(run)}); }

    const InfrastructureTable& m_table;
    const CollationRanks& m_ranks;
    std::vector<SelectorCase> m_cases;
};

void CaseList::addOthers()
{
    add("split", [&table = m_table]() -> Finish {
        return [split = splitInfrastructure(table, allRows(table.rows()))] {
            return DigestFields{{"primary", split.primary.size()}, {"services", split.services.size()}};
        };
    });
    add("group/name-asc", [&table = m_table, &ranks = m_ranks]() -> Finish {
        RowIndexes rows = keepPart(table, InfrastructurePart::Primary, allRows(table.rows()));
        rows = sortInfrastructure(table, std::move(rows), {Key::Name}, ranks);
        RowGroups groups = groupInfrastructure(table, rows, InfrastructureGrouping::Cluster, GroupOrder::Label, ranks);
        ArrangedRows arranged = arrangeByGroup(rows, groups);
        return [&table, arranged = std::move(arranged), groups = std::move(groups)] {
            return groupDigestFields(table.strings, table.id, arranged, groups, "names", &RowGroup::label);
        };
    });
    add("io", [&table = m_table]() -> Finish {
        return [scale = ioScale(table, allRows(table.rows()))] { return ioDigestFields(scale); };
    });
    add("emphasis/network", [&table = m_table]() -> Finish {
        const IoStats stats = ioScale(table, allRows(table.rows())).network;
        std::size_t emphasised = 0;
        for (std::size_t row = 0; row < table.rows(); ++row) {
            const double rate = table.rxBytesPerSec.raw(row) + table.txBytesPerSec.raw(row);
            emphasised += ioEmphasis(rate, stats) != IoEmphasis::Normal ? 1U : 0U;
        }
        return [emphasised] { return DigestFields{{"emphasised", emphasised}}; };
    });
}

} // namespace

std::vector<SelectorCase> infrastructureCases(const InfrastructureTable& table, const CollationRanks& ranks)
{
    CaseList cases(table, ranks);
    const PlatformSet proxmox = platformBit(Platform::ProxmoxVe);
    const InfrastructureStatusSet online = statusBit(InfrastructureStatus::Online);
    cases.addFilter("none", {});
    cases.addFilter("source=proxmox-pve", {proxmox, 0, {}});
    cases.addFilter("status=online", {0, online, {}});
    cases.addFilter("search=edge", {0, 0, searchTerms("edge")});
    cases.addFilter("source=proxmox-pve+status=online+search=edge prod", {proxmox, online, searchTerms("edge prod")});
    const auto ascending = SortDirection::Ascending;
    const auto descending = SortDirection::Descending;
    cases.addSort("default-asc", Key::Default, ascending);
    cases.addSort("name-asc", Key::Name, ascending);
    cases.addSort("name-desc", Key::Name, descending);
    cases.addSort("cpu-desc", Key::Cpu, descending);
    cases.addSort("cpu-asc", Key::Cpu, ascending);
    cases.addSort("memory-desc", Key::Memory, descending);
    cases.addSort("disk-desc", Key::Disk, descending);
    cases.addSort("network-desc", Key::Network, descending);
    cases.addSort("diskio-desc", Key::DiskIo, descending);
    cases.addSort("uptime-desc", Key::Uptime, descending);
    cases.addSort("temp-desc", Key::Temperature, descending);
    cases.addSort("source-asc", Key::Source, ascending);
    cases.addOthers();
    cases.addPipeline("cpu-desc-grouped", {});
    cases.addPipeline("search-e-cpu-desc-grouped", {"e"});
    return cases.take();
}

} // namespace tracedeck
