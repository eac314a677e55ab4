// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/selector_cases.h"
#include "perf/selector_fixture.h"
#include "selectors/query_match.h"
#include "selectors/row_indexes.h"
#include "selectors/workload_filter.h"
#include "selectors/workload_group.h"
#include "selectors/workload_plan.h"
#include "selectors/workload_sort.h"

#include <utility>

namespace tracedeck {
namespace {

using Key = WorkloadSortKey;
using Finish = std::function<DigestFields()>;

class CaseList {
public:
    CaseList(const WorkloadTable& table, const CollationRanks& ranks) : m_table(table), m_ranks(ranks) { }

    void addFilter(std::string name, WorkloadFilter filter)
    {
        add("filter/" + std::move(name), [&table = m_table, filter = std::move(filter)]() -> Finish {
            return [&table, rows = filterWorkloads(table, filter, allRows(table.rows()))] {
                return rowDigestFields(table.strings, table.id, rows);
            };
        });
    }

    /// The text goes through the query language.
    void addQuery(std::string kind, std::string text)
    {
        add("filter/" + std::move(kind) + '=' + text, [&table = m_table, text]() -> Finish {
            const QueryOutcome outcome = compileQuery(text, QueryTable::Workloads);
            const auto matches = outcome.ok() ? matchRows(outcome.query, QueryTableView(table), kFixtureNowNs)
                                              : std::vector<std::uint8_t>{};
            return [&table, rows = keepMatches(allRows(table.rows()), matches)] {
                return rowDigestFields(table.strings, table.id, rows);
            };
        });
    }

    void addSort(std::string name, Key key, SortDirection direction)
    {
        add("sort/" + std::move(name), [&table = m_table, &ranks = m_ranks, key, direction]() -> Finish {
            return [&table, rows = sortWorkloads(table, allRows(table.rows()), {key, direction}, ranks)] {
                return rowDigestFields(table.strings, table.id, rows);
            };
        });
    }

    void addPipeline(std::string name, std::vector<std::string> terms)
    {
        WorkloadQuery query;
        query.filter.terms = std::move(terms);
        query.sort = Key::Cpu;
        query.direction = SortDirection::Descending;
        add("pipeline/" + std::move(name), [&table = m_table, &ranks = m_ranks, query]() -> Finish {
            return [&table, listing = deriveWorkloads(table, query, {ranks})] {
                return planDigestFields(table.strings, table.id, listing.plan);
            };
        });
    }

    void addOthers();

    std::vector<SelectorCase> take() { return std::move(m_cases); }

private:
    void add(std::string name, std::function<Finish()> run) { m_cases.push_back({std::move(name), std::move(run)}); }

    const WorkloadTable& m_table;
    const CollationRanks& m_ranks;
    std::vector<SelectorCase> m_cases;
};

void CaseList::addOthers()
{
    add("group/name-asc", [&table = m_table, &ranks = m_ranks]() -> Finish {
        const RowIndexes rows = sortWorkloads(table, allRows(table.rows()), {Key::Name}, ranks);
        RowGroups groups = groupWorkloads(table, rows, WorkloadGrouping::Node, GroupOrder::Key, ranks);
        ArrangedRows arranged = arrangeByGroup(rows, groups);
        return [&table, arranged = std::move(arranged), groups = std::move(groups)] {
            return groupDigestFields(table.strings, table.id, arranged, groups, "keys", &RowGroup::keyText);
        };
    });
    add("stats", [&table = m_table]() -> Finish {
        return [stats = workloadStats(table, allRows(table.rows()))] {
            return DigestFields{{"total", stats.total},
                                {"running", stats.running},
                                {"degraded", stats.degraded},
                                {"stopped", stats.stopped},
                                {"vms", stats.vms},
                                {"containers", stats.systemContainers},
                                {"appContainers", stats.appContainers},
                                {"pods", stats.pods}};
        };
    });
    add("io", [&table = m_table]() -> Finish {
        return [scale = ioScale(table, allRows(table.rows()))] { return ioDigestFields(scale); };
    });
}

WorkloadFilter filterWith(const std::function<void(WorkloadFilter&)>& set)
{
    WorkloadFilter filter;
    set(filter);
    return filter;
}

void addFilters(CaseList& cases)
{
    cases.addFilter("none", {});
    cases.addFilter("view=vm", filterWith([](WorkloadFilter& f) { f.view = WorkloadView::Vm; }));
    cases.addFilter("view=container", filterWith([](WorkloadFilter& f) { f.view = WorkloadView::Container; }));
    cases.addFilter("view=pod", filterWith([](WorkloadFilter& f) { f.view = WorkloadView::Pod; }));
    cases.addFilter("node=pve-003-node-0003", filterWith([](WorkloadFilter& f) { f.node = "pve-003-node-0003"; }));
    cases.addFilter("hostHint=node-0003", filterWith([](WorkloadFilter& f) { f.hostHint = "node-0003"; }));
    cases.addFilter("platform=docker",
                    filterWith([](WorkloadFilter& f) { f.platforms = platformBit(Platform::Docker); }));
    cases.addFilter("status=running",
                    filterWith([](WorkloadFilter& f) { f.buckets = bucketBit(StatusBucket::Running); }));
    cases.addFilter("status=degraded",
                    filterWith([](WorkloadFilter& f) { f.buckets = bucketBit(StatusBucket::Degraded); }));
    cases.addFilter("status=stopped",
                    filterWith([](WorkloadFilter& f) { f.buckets = bucketBit(StatusBucket::Stopped); }));
    cases.addFilter("text=edge", filterWith([](WorkloadFilter& f) { f.terms = {"edge"}; }));
    cases.addQuery("metric", "cpu>80 and memory>50");
    cases.addQuery("field", "tags:prod or name:edge");
    cases.addQuery("exclude", "edge -postgres");
}

} // namespace

std::vector<SelectorCase> workloadCases(const WorkloadTable& table, const CollationRanks& ranks)
{
    CaseList cases(table, ranks);
    addFilters(cases);
    cases.addSort("name-asc", Key::Name, SortDirection::Ascending);
    cases.addSort("cpu-desc", Key::Cpu, SortDirection::Descending);
    cases.addSort("memory-desc", Key::Memory, SortDirection::Descending);
    cases.addSort("disk-desc", Key::Disk, SortDirection::Descending);
    cases.addSort("diskIo-desc", Key::DiskIo, SortDirection::Descending);
    cases.addSort("netIo-desc", Key::NetIo, SortDirection::Descending);
    cases.addSort("uptime-desc", Key::Uptime, SortDirection::Descending);
    cases.addSort("image-asc", Key::Image, SortDirection::Ascending);
    cases.addOthers();
    cases.addPipeline("cpu-desc-grouped", {});
    cases.addPipeline("search-e-cpu-desc-grouped", {"e"});
    return cases.take();
}

} // namespace tracedeck
