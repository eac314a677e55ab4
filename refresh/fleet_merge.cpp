// SPDX-License-Identifier: GPL-3.0-or-later
#include "refresh/fleet_merge.h"

#include "core/table_columns.h"
#include "refresh/fleet_identity.h"
#include "refresh/fleet_row_fill.h"

#include <algorithm>
#include <unordered_set>

namespace tracedeck {
namespace {

template <class Table> std::shared_ptr<const Table> staleCopy(const std::shared_ptr<const Table>& table)
{
    if (!table || table->rows() == 0) {
        return table ? table : std::make_shared<const Table>();
    }
    auto copy = std::make_shared<Table>(*table);
    for (std::uint8_t& flags : copy->flags) {
        flags = static_cast<std::uint8_t>(flags | kRowStale);
    }
    copy->finish();
    return copy;
}

std::vector<SameRows> sameRows(const std::vector<std::shared_ptr<const InfrastructureTable>>& tables,
                               std::uint64_t& duplicates)
{
    return sameHosts(tables, duplicates);
}

std::vector<SameRows> sameRows(const std::vector<std::shared_ptr<const WorkloadTable>>& tables,
                               std::uint64_t& duplicates)
{
    return sameWorkloads(tables, duplicates);
}

void translateHosts(WorkloadTable& table, const std::unordered_map<RowKey, RowKey>& hosts)
{
    for (RowKey& host : table.hostKeys) {
        if (const auto found = hosts.find(host); found != hosts.end()) {
            host = found->second;
        }
    }
}

void translateHosts(InfrastructureTable& /*table*/, const std::unordered_map<RowKey, RowKey>& /*hosts*/)
{ }

/// Which row of the merged table each group became: appended table by table, groups in order within one.
template <class Table>
std::vector<std::size_t> appendFirstRows(Table& merged, const std::vector<std::shared_ptr<const Table>>& from,
                                         const std::vector<SameRows>& groups, std::vector<SourceRows>& spans)
{
    std::vector<std::vector<std::uint32_t>> rows(from.size());
    std::vector<std::size_t> place(groups.size());
    for (std::size_t g = 0; g < groups.size(); ++g) {
        const SourceRow& first = groups[g].rows.front();
        place[g] = rows[first.table].size();
        rows[first.table].push_back(first.row);
    }
    std::vector<std::size_t> start(from.size());
    for (std::size_t t = 0; t < from.size(); ++t) {
        start[t] = merged.rows();
        merged.append(*from[t], rows[t]);
        spans[t].end = merged.rows();
    }
    for (std::size_t g = 0; g < groups.size(); ++g) {
        place[g] += start[groups[g].rows.front().table];
    }
    return place;
}

} // namespace

template <class Table> void FleetMerge::combine(Memo<Table>& memo, const KeyMap& hosts)
{
    const std::vector<SameRows> groups = sameRows(memo.from, memo.duplicates);
    auto merged = std::make_shared<Table>();
    const std::vector<std::size_t> place = appendFirstRows(*merged, memo.from, groups, memo.spans);
    FleetRowFill<Table> fill(*merged, memo.from, memo.labels);
    std::unordered_map<std::string, RowKey> shownAs;
    std::unordered_set<RowKey> taken(merged->keys.begin(), merged->keys.end());
    for (std::size_t g = 0; g < groups.size(); ++g) {
        const SameRows& group = groups[g];
        RowKey& key = merged->keys[place[g]];
        if (group.rows.size() > 1) {
            fill.fill(place[g], group.rows);
        }
        if (!group.identity.empty()) {
            const auto before = memo.shownAs.find(group.identity);
            if (before != memo.shownAs.end() && before->second != key && taken.insert(before->second).second) {
                taken.erase(key);
                key = before->second;
            }
            shownAs.emplace(group.identity, key);
        }
        for (const SourceRow& row : group.rows) {
            if (const RowKey own = memo.from[row.table]->keys[row.row]; own != key) {
                memo.replaced.emplace(own, key);
            }
        }
    }
    fill.finishLists();
    translateHosts(*merged, hosts);
    merged->finish();
    memo.shownAs = std::move(shownAs);
    memo.merged = std::move(merged);
}

/// A table that was handed on as it is has shown keys too; they stay when a second source joins.
template <class Table> void FleetMerge::rememberUntouched(Memo<Table>& memo)
{
    if (!memo.shownAs.empty() || memo.from.size() != 1 || memo.merged != memo.from.front()) {
        return;
    }
    std::uint64_t ignored = 0;
    for (const SameRows& group : sameRows(memo.from, ignored)) {
        if (!group.identity.empty()) {
            memo.shownAs.emplace(group.identity, memo.merged->keys[group.rows.front().row]);
        }
    }
}

template <class Table>
void FleetMerge::mergeSection(Memo<Table>& memo, std::vector<std::shared_ptr<const Table>> from,
                              std::vector<std::string> labels, const KeyMap& hosts)
{
    for (std::size_t i = from.size(); i-- > 0;) {
        if (!from[i] || (from[i]->rows() == 0 && from.size() > 1)) {
            from.erase(from.begin() + static_cast<std::ptrdiff_t>(i));
            labels.erase(labels.begin() + static_cast<std::ptrdiff_t>(i));
        }
    }
    if (memo.merged && memo.from == from && memo.hosts == hosts && memo.labels == labels) {
        return;
    }
    if (from.size() > 1) {
        rememberUntouched(memo);
    }
    memo.from = std::move(from);
    memo.labels = std::move(labels);
    memo.hosts = hosts;
    memo.duplicates = 0;
    memo.replaced.clear();
    memo.spans.assign(memo.from.size(), {});
    for (std::size_t i = 0; i < memo.spans.size(); ++i) {
        memo.spans[i].label = memo.labels[i];
        memo.spans[i].end = memo.from[i]->rows(); // unless rows are put together, see combine()
    }
    const bool untouched = memo.from.size() == 1 && hosts.empty() && memo.shownAs.empty();
    if (memo.from.empty() || untouched) {
        memo.merged = untouched ? memo.from.front() : std::make_shared<const Table>();
        memo.shownAs.clear();
        return;
    }
    combine(memo, hosts);
}

void FleetMerge::rememberKeys()
{
    auto keys = std::make_shared<MergedKeys>();
    for (const KeyMap* replaced : {&m_infrastructure.replaced, &m_workloads.replaced}) {
        for (const auto& [own, shown] : *replaced) {
            keys->emplace(shown, own);
        }
    }
    if (m_mergedKeys == nullptr ? !keys->empty() : *keys != *m_mergedKeys) {
        m_mergedKeys = std::move(keys);
    }
}

FleetSnapshot FleetMerge::merge(const std::vector<FleetSnapshot>& sources, const std::vector<std::string>& labels)
{
    std::vector<std::shared_ptr<const InfrastructureTable>> infrastructure;
    std::vector<std::shared_ptr<const WorkloadTable>> workloads;
    std::vector<std::string> names = labels;
    names.resize(sources.size());
    FleetSnapshot merged;
    for (const FleetSnapshot& source : sources) {
        infrastructure.push_back(source.infrastructure);
        workloads.push_back(source.workloads);
        merged.warnings.insert(merged.warnings.end(), source.warnings.begin(), source.warnings.end());
        merged.volatileFields.sampledAtNs =
            std::max(merged.volatileFields.sampledAtNs, source.volatileFields.sampledAtNs);
    }
    mergeSection(m_infrastructure, std::move(infrastructure), names, {});
    mergeSection(m_workloads, std::move(workloads), names, m_infrastructure.replaced);
    rememberKeys();
    merged.infrastructure = m_infrastructure.merged;
    merged.workloads = m_workloads.merged;
    if (const std::uint64_t duplicates = m_infrastructure.duplicates + m_workloads.duplicates; duplicates > 0) {
        merged.warnings.push_back({"rows that their source shows already, ignored", duplicates});
    }
    return merged;
}

FleetSnapshot markedStale(const FleetSnapshot& snapshot)
{
    FleetSnapshot stale = snapshot;
    stale.infrastructure = staleCopy(snapshot.infrastructure);
    stale.workloads = staleCopy(snapshot.workloads);
    return stale;
}

} // namespace tracedeck
