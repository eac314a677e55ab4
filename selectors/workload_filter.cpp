// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/workload_filter.h"

#include "selectors/row_indexes.h"
#include "selectors/row_severity.h"
#include "selectors/substring_scan.h"
#include "selectors/workload_scope.h"

#include <array>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace tracedeck {
namespace {

/// Answers a question about an interned text once, however many rows hold it.
template <class Ask> class AskedOnce {
public:
    AskedOnce(const StringPool& pool, Ask ask) : m_pool(pool), m_ask(std::move(ask)), m_answers(pool.size(), kOpen) { }

    bool operator()(StringId id)
    {
        if (m_answers[id] == kOpen) {
            m_answers[id] = m_ask(m_pool.view(id)) ? kYes : kNo;
        }
        return m_answers[id] == kYes;
    }

private:
    static constexpr std::uint8_t kOpen = 0;
    static constexpr std::uint8_t kNo = 1;
    static constexpr std::uint8_t kYes = 2;
    const StringPool& m_pool;
    Ask m_ask;
    std::vector<std::uint8_t> m_answers;
};

/// Rows whose text in `column` equals `wanted`.
RowIndexes keepEqual(const WorkloadTable& table, const TextColumn& column, std::string_view wanted, RowIndexes rows)
{
    StringId id = 0;
    if (!table.strings.find(wanted, id)) {
        rows.clear();
        return rows;
    }
    return keepRows(std::move(rows), [&](std::uint32_t row) { return column[row] == id; });
}

RowIndexes keepHostHint(const WorkloadTable& table, std::string_view hint, RowIndexes rows)
{
    const std::string needle = foldNeedle(hint);
    AskedOnce contains(table.strings,
                       [&](std::string_view text) { return foldNeedle(text).find(needle) != text.npos; });
    return keepRows(std::move(rows), [&](std::uint32_t row) {
        if (table.type[row] == WorkloadType::Pod) {
            return false;
        }
        if (!isGuest(table.type[row]) && contains(table.dockerHostId[row])) {
            return true;
        }
        return contains(table.contextLabel[row]) || contains(table.node[row]) || contains(table.instance[row]);
    });
}

RowIndexes keepContext(const WorkloadTable& table, std::string_view context, RowIndexes rows)
{
    return keepRows(std::move(rows), [&](std::uint32_t row) {
        for (const TextColumn* column : {&table.contextLabel, &table.instance, &table.node}) {
            if ((*column)[row] != 0) {
                return table.strings.view((*column)[row]) == context;
            }
        }
        return false;
    });
}

/// Conditions on where a workload runs; which of them count depends on the view.
RowIndexes keepPlacement(const WorkloadTable& table, const WorkloadFilter& filter, RowIndexes rows)
{
    const bool podView = filter.view == WorkloadView::Pod;
    if (!podView && !filter.node.empty()) {
        rows =
            keepRows(std::move(rows), [&](std::uint32_t row) { return workloadHostScopeIs(table, row, filter.node); });
    } else if (!podView && !filter.hostHint.empty()) {
        rows = keepHostHint(table, filter.hostHint, std::move(rows));
    }
    if (podView && !filter.kubernetesContext.empty()) {
        rows = keepContext(table, filter.kubernetesContext, std::move(rows));
    }
    if (podView && !filter.nameSpace.empty()) {
        rows = keepEqual(table, table.nameSpace, filter.nameSpace, std::move(rows));
    }
    if (filter.view == WorkloadView::Vm && !filter.cluster.empty()) {
        rows = keepEqual(table, table.cluster, filter.cluster, std::move(rows));
    }
    if (filter.host != 0) {
        rows = keepRows(std::move(rows), [&](std::uint32_t row) { return table.hostKeys[row] == filter.host; });
    }
    return rows;
}

RowIndexes keepView(const WorkloadTable& table, WorkloadView view, RowIndexes rows)
{
    if (view == WorkloadView::All) {
        return rows;
    }
    std::array<bool, static_cast<std::size_t>(WorkloadType::Count) + 1> wanted{};
    for (std::size_t type = 0; type < wanted.size(); ++type) {
        wanted[type] = isInView(static_cast<WorkloadType>(type), view);
    }
    return keepRows(std::move(rows),
                    [&](std::uint32_t row) { return wanted[static_cast<std::size_t>(table.type[row])]; });
}

RowIndexes keepRuntime(const WorkloadTable& table, const WorkloadFilter& filter, RowIndexes rows)
{
    const bool containerView = filter.view == WorkloadView::Container || filter.view == WorkloadView::SystemContainer
        || filter.view == WorkloadView::AppContainer;
    if (!containerView || filter.containerRuntime.empty()) {
        return rows;
    }
    const std::string runtime = foldCase(filter.containerRuntime);
    AskedOnce equals(table.strings, [&](std::string_view text) { return foldCase(text) == runtime; });
    return keepRows(std::move(rows), [&](std::uint32_t row) {
        return table.type[row] == WorkloadType::AppContainer && equals(table.containerRuntime[row]);
    });
}

} // namespace

bool isInView(WorkloadType type, WorkloadView view)
{
    switch (view) {
    case WorkloadView::All:
        return true;
    case WorkloadView::Vm:
        return type == WorkloadType::Vm;
    case WorkloadView::Container:
        return type == WorkloadType::SystemContainer || type == WorkloadType::AppContainer;
    case WorkloadView::SystemContainer:
        return type == WorkloadType::SystemContainer;
    case WorkloadView::AppContainer:
        return type == WorkloadType::AppContainer;
    case WorkloadView::Pod:
        return type == WorkloadType::Pod;
    case WorkloadView::Unit:
        return type == WorkloadType::Unit;
    }
    return false;
}

RowIndexes filterWorkloads(const WorkloadTable& table, const WorkloadFilter& filter, RowIndexes rows)
{
    rows = keepPlacement(table, filter, std::move(rows));
    rows = keepView(table, filter.view, std::move(rows));
    if (filter.platforms != 0) {
        rows = keepRows(std::move(rows), [&](std::uint32_t row) {
            const PlatformSet scopes =
                table.platformScopes[row] != 0 ? table.platformScopes[row] : platformBit(table.platform[row]);
            return (scopes & filter.platforms) != 0;
        });
    }
    rows = keepRuntime(table, filter, std::move(rows));
    if (filter.buckets != 0) {
        rows = keepRows(std::move(rows),
                        [&](std::uint32_t row) { return (bucketBit(table.bucket[row]) & filter.buckets) != 0; });
    }
    if (filter.problemsOnly) {
        rows = keepRows(std::move(rows),
                        [&](std::uint32_t row) { return severityOf(table.bucket[row]) >= RowSeverity::Warning; });
    }
    return keepContaining(table.search, filter.terms, std::move(rows));
}

} // namespace tracedeck
