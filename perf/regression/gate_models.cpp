// SPDX-License-Identifier: GPL-3.0-or-later
// Guarded: what a refresh costs on the GUI thread, what a search costs beside a QSortFilterProxyModel, and
// what a frame costs.
#include "models/workload_columns.h"
#include "perf/proxy_table.h"
#include "perf/regression/gate_cases.h"
#include "perf/selector_fixture.h"
#include "perf/span_fixture.h"
#include "perf/table_states.h"
#include "selectors/workload_plan.h"
#include "views/grouped_table_view.h"
#include "views/theme.h"
#include "views/waterfall_view.h"

#include <QApplication>
#include <QScrollBar>
#include <array>
#include <memory>
#include <utility>

namespace tracedeck {
namespace {

constexpr std::size_t kRows = 5'000;

/// A model that goes back and forth between two states.
struct Swing {
    GroupedTableModel model{workloadColumns()};
    std::array<PreparedWorkloads, 2> states; ///< kept, so that no step pays for freeing the other
    std::array<std::shared_ptr<const RowPlan>, 2> plans;
    std::array<TableUpdate, 2> updates;
    std::size_t next = 0;

    void step() { model.apply(std::move(updates[next++])); }
};

GateCase swingCase(const std::string& name, std::size_t rows, std::size_t changed, const WorkloadQuery& query)
{
    return {name, [rows, changed, query] {
                const auto swing = std::make_shared<Swing>();
                swing->states[0] = preparedWorkloads(rows);
                swing->states[1] = withChangedRows(swing->states[0], changed, 1);
                for (std::size_t i = 0; i < 2; ++i) {
                    swing->plans[i] = planFor(swing->states[i], query);
                }
                swing->model.apply(updateFrom(swing->model.plan(), swing->states[0], swing->plans[0]));
                for (std::size_t i = 0; i < 2; ++i) {
                    swing->updates[i] = updateFrom(swing->plans[i], swing->states[1 - i], swing->plans[1 - i]);
                }
                return [swing] { swing->step(); };
            }};
}

GateCase searchCase()
{
    return {"search/" + std::to_string(kRows), [] {
                const auto table = std::make_shared<const WorkloadTable>(fixtureWorkloads(kRows));
                WorkloadQuery query = groupedByCpu();
                query.filter.terms = {"e"};
                return [table, query, ranks = collationRanksByBytes(table->strings)] {
                    keepAlive(deriveWorkloads(*table, query, {ranks}));
                };
            }};
}

GateCase proxySearchCase()
{
    return {"search/" + std::to_string(kRows) + "/vs:sortfilterproxy", [] {
                const auto model =
                    std::make_shared<PlainTableModel>(std::make_shared<const WorkloadTable>(fixtureWorkloads(kRows)));
                return [model] { keepAlive(rowsByProxy(*model, QStringLiteral("e"))); };
            }};
}

struct ShownTable {
    GroupedTableModel model{workloadColumns()};
    GroupedTableView view;
    bool down = false;
};

std::shared_ptr<ShownTable> shownTable()
{
    applyTheme(*qApp, loadTheme(ThemeKind::Dark));
    auto shown = std::make_shared<ShownTable>();
    const PreparedWorkloads workloads = preparedWorkloads(kRows);
    shown->model.setNow(kFixtureNowNs);
    shown->view.setTableModel(&shown->model);
    shown->view.resize(1600, 900);
    shown->model.apply(updateFrom(shown->model.plan(), workloads, planFor(workloads, groupedByCpu())));
    shown->view.show();
    QApplication::processEvents();
    return shown;
}

} // namespace

std::vector<GateCase> modelGates()
{
    return {swingCase("apply-none", kRows, 0, flatByName()),
            swingCase("apply-values/5000", kRows, 50, flatByName()),
            swingCase("apply-values/50000", kRows * 10, 50, flatByName()),
            swingCase("apply-order", kRows, kRows / 2, groupedByCpu()),
            searchCase(),
            proxySearchCase()};
}

std::vector<GateCase> frameGates()
{
    return {{"frame-scrolled",
             [] {
                 const auto shown = shownTable();
                 return [shown] {
                     shown->down = !shown->down;
                     QScrollBar* bar = shown->view.verticalScrollBar();
                     bar->setValue(bar->value() + (shown->down ? 3 : 6) * bar->pageStep());
                     shown->view.viewport()->repaint();
                 };
             }},
            {"frame-unchanged",
             [] {
                 const auto shown = shownTable();
                 return [shown] { shown->view.viewport()->repaint(); };
             }},
            {"frame-waterfall", [] {
                 applyTheme(*qApp, loadTheme(ThemeKind::Dark));
                 const auto view = std::make_shared<WaterfallView>();
                 const auto trace = std::make_shared<const SpanTable>(fixtureTrace(kRows));
                 view->resize(1600, 900);
                 view->setTrace(trace, std::make_shared<const SpanLayout>(layoutSpans(*trace)));
                 view->show();
                 QApplication::processEvents();
                 return [view] { view->viewport()->repaint(); };
             }}};
}

} // namespace tracedeck
