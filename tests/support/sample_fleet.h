// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workload_table.h"
#include "models/grouped_table_model.h"
#include "selectors/plan_diff.h"
#include "selectors/row_plan.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tracedeck::sample {

constexpr std::int64_t kNowNs = 1'800'000'000'000'000'000;
constexpr std::int64_t kHourNs = 3'600'000'000'000;

/// One workload as a test states it.
struct Workload {
    std::uint64_t id = 1;
    std::string name{};
    std::string node = "node";
    std::optional<double> cpu = 10;
    std::optional<double> memory = 20;
    std::string status = "running";
    WorkloadType type = WorkloadType::Vm;
    std::optional<double> rate = 1e6;
    std::optional<double> disk{};
    std::string detail{};
    std::int64_t hoursUp = 26;
};

inline std::shared_ptr<const WorkloadTable> tableOf(const std::vector<Workload>& rows)
{
    auto table = std::make_shared<WorkloadTable>();
    table->resize(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Workload& row = rows[i];
        const auto text = [&table](const std::string& from) { return table->strings.intern(from); };
        const std::string id = std::to_string(row.id);
        table->keys[i] = makeRowKey(RowKind::Workload, "sample", id);
        table->id[i] = text(id);
        table->displayId[i] = text(id);
        table->name[i] = text(row.name.empty() ? "workload-" + id : row.name);
        table->node[i] = text(row.node);
        table->status[i] = text(row.status);
        table->statusDetail[i] = text(row.detail);
        table->type[i] = row.type;
        table->cpuPercent.set(i, row.cpu);
        table->cpuCount.set(i, static_cast<double>(row.id % 6 + 1));
        table->memoryPercent.set(i, row.memory);
        if (row.memory) {
            table->memoryUsedBytes.set(i, static_cast<std::int64_t>(*row.memory * 8e7));
        }
        table->diskPercent.set(i, row.disk);
        table->rxBytesPerSec.set(i, row.rate);
        table->readBytesPerSec.set(i, row.rate);
        if (row.status == "running") {
            table->startedAtNs.set(i, kNowNs - row.hoursUp * kHourNs);
        }
        table->tags.endRow();
        table->ipAddresses.endRow();
        table->detailNames.endRow();
        table->detailValues.endRow();
    }
    table->finish();
    return table;
}

/// Rows in the given order, in one group per run of equal nodes when `grouped`.
inline std::shared_ptr<const RowPlan> planOf(const WorkloadTable& table, const std::vector<std::uint32_t>& order,
                                             bool grouped = false, const std::vector<RowKey>& collapsed = {})
{
    auto plan = std::make_shared<RowPlan>();
    StringId node = 0;
    bool hidden = false;
    for (const std::uint32_t row : order) {
        if (grouped && (plan->groups.empty() || table.node[row] != node)) {
            node = table.node[row];
            PlanGroup group;
            group.label = std::string(table.strings.view(node));
            group.key = makeGroupKey("node", group.label);
            hidden = std::find(collapsed.begin(), collapsed.end(), group.key) != collapsed.end();
            group.collapsed = hidden;
            plan->rows.push_back({PlanRow::kGroupHeader | static_cast<std::uint32_t>(plan->groups.size())});
            plan->keys.push_back(group.key);
            plan->digests.push_back(hidden ? 2 : 1);
            plan->groups.push_back(std::move(group));
        }
        if (grouped) {
            PlanGroup& group = plan->groups.back();
            ++group.shown;
            ++group.total;
            group.worst = std::max<std::uint8_t>(group.worst,
                                                 static_cast<std::uint8_t>(table.bucket[row]) == 0
                                                     ? 1
                                                     : static_cast<std::uint8_t>(table.bucket[row]) + 2);
        }
        if (!hidden) {
            plan->rows.push_back({row});
            plan->keys.push_back(table.keys[row]);
            plan->digests.push_back(table.digests[row]);
        }
    }
    plan->shown = plan->total = static_cast<std::uint32_t>(order.size());
    return plan;
}

inline std::vector<std::uint32_t> inOrder(std::size_t rows)
{
    std::vector<std::uint32_t> order(rows);
    for (std::size_t i = 0; i < rows; ++i) {
        order[i] = static_cast<std::uint32_t>(i);
    }
    return order;
}

/// What a worker hands over.
inline TableUpdate updateTo(const GroupedTableModel& model, std::shared_ptr<const WorkloadTable> table,
                            std::shared_ptr<const RowPlan> plan)
{
    TableUpdate update;
    update.snapshot = TableSnapshot(std::move(table));
    update.base = model.plan();
    update.plan = std::move(plan);
    update.diff = diffPlans(*model.plan(), *update.plan);
    return update;
}

/// Shows the workloads in the given order.
inline void show(GroupedTableModel& model, const std::vector<Workload>& rows, bool grouped = false,
                 const std::vector<RowKey>& collapsed = {})
{
    auto table = tableOf(rows);
    auto plan = planOf(*table, inOrder(rows.size()), grouped, collapsed);
    model.apply(updateTo(model, std::move(table), std::move(plan)));
}

/// `count` workloads with distinct names and cpu values.
inline std::vector<Workload> fleet(std::size_t count)
{
    std::vector<Workload> rows(count);
    for (std::size_t i = 0; i < count; ++i) {
        rows[i].id = i + 1;
        rows[i].cpu = static_cast<double>(i % 97);
    }
    return rows;
}

} // namespace tracedeck::sample
