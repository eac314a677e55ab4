// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keyed_pool.h"
#include "formats/json_buffers.h"
#include "models/workload_columns.h"
#include "perf/micro/micro_cases.h"
#include "perf/proxy_table.h"
#include "perf/table_states.h"
#include "selectors/workload_plan.h"

#include <array>
#include <memory>

namespace tracedeck {
namespace {

constexpr std::size_t kSizes[] = {5'000, 50'000, 500'000};

/// A model between two states that differ in 50 values; the update is copied for every step (its runs only).
PerfCase applyCase(std::size_t rows)
{
    return {
        "apply-50/" + std::to_string(rows), [rows] {
            struct Swing {
                GroupedTableModel model{workloadColumns()};
                std::array<PreparedWorkloads, 2> states;
                std::array<TableUpdate, 2> updates;
                std::size_t next = 0;
            };
            const auto swing = std::make_shared<Swing>();
            swing->states[0] = preparedWorkloads(rows);
            swing->states[1] = withChangedRows(swing->states[0], 50, 1);
            const std::array plans{planFor(swing->states[0], flatByName()), planFor(swing->states[1], flatByName())};
            swing->model.apply(updateFrom(swing->model.plan(), swing->states[0], plans[0]));
            swing->updates = {updateFrom(plans[0], swing->states[1], plans[1]),
                              updateFrom(plans[1], swing->states[0], plans[0])};
            return [swing] { swing->model.apply(swing->updates[swing->next++ % 2]); };
        }};
}

/// Filter, sort, group, IO scale of ours; filter and sort of the proxy.
void addSearch(std::vector<PerfCase>& all, std::size_t rows)
{
    const std::string name = "search/" + std::to_string(rows);
    all.push_back({name, [rows] {
                       const auto workloads = std::make_shared<const PreparedWorkloads>(preparedWorkloads(rows));
                       WorkloadQuery query = groupedByCpu();
                       query.filter.terms = {"e"};
                       return [workloads, query] {
                           keepAlive(deriveWorkloads(*workloads->table, query, {workloads->ranks}));
                       };
                   }});
    all.push_back({name + "/vs:sortfilterproxy", [rows] {
                       const auto model = std::make_shared<PlainTableModel>(preparedWorkloads(rows).table);
                       return [model] { keepAlive(rowsByProxy(*model, QStringLiteral("e"))); };
                   }});
}

/// The model of one expanded row: texts and points that are filled anew for every row.
struct RowHistory {
    std::string title;
    std::vector<double> points;

    void fill(int row)
    {
        title.assign("workload-").append(std::to_string(row)).append(" on a node with a name of some length");
        points.resize(720);
        points.front() = row;
    }
};

void clearHistory(RowHistory& history) noexcept
{
    history.title.clear();
    history.points.clear();
}

constexpr int kMounts = 1'000;

void addChurn(std::vector<PerfCase>& all)
{
    all.push_back({"row-history", [] {
                       const auto pool = std::make_shared<KeyedPool<int, RowHistory>>(8, clearHistory);
                       return [pool] {
                           for (int row = 0; row < kMounts; ++row) {
                               keepAlive(pool->open(row, [row](RowHistory& history) { history.fill(row); }));
                               pool->close(row - 8);
                           }
                           pool->closeAll();
                       };
                   }});
    all.push_back({"row-history/vs:plain", [] {
                       return [] {
                           std::array<std::unique_ptr<RowHistory>, 8> open;
                           for (int row = 0; row < kMounts; ++row) {
                               auto& slot = open[static_cast<std::size_t>(row) % open.size()];
                               slot = std::make_unique<RowHistory>();
                               slot->fill(row);
                               keepAlive(*slot);
                           }
                       };
                   }});
}

} // namespace

std::vector<PerfCase> microModels()
{
    std::vector<PerfCase> all;
    for (const std::size_t rows : kSizes) {
        all.push_back(applyCase(rows));
        addSearch(all, rows);
    }
    return all;
}

std::vector<PerfCase> microPools()
{
    std::vector<PerfCase> all;
    all.push_back({"json-buffers", [] {
                       const std::string body = R"({"traces":[)" + std::string(20'000, ' ') + "]}";
                       return [body] {
                           const Pooled<JsonBuffers> buffers = jsonBuffers().take();
                           keepAlive(buffers->parser.iterate(buffers->load(body)).error());
                       };
                   }});
    all.push_back({"json-buffers/vs:plain", [] {
                       const std::string body = R"({"traces":[)" + std::string(20'000, ' ') + "]}";
                       return [body] {
                           JsonBuffers buffers;
                           keepAlive(buffers.parser.iterate(buffers.load(body)).error());
                       };
                   }});
    addChurn(all);
    return all;
}

} // namespace tracedeck
