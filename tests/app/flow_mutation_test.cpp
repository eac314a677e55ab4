// SPDX-License-Identifier: GPL-3.0-or-later
// The flows of the fleet tables as step tables: each notices when one of its steps is left out.
#include "app/application.h"
#include "app/table_feed.h"
#include "models/grouped_table_model.h"
#include "refresh/poller.h"
#include "tests/app/flow_steps.h"
#include "tests/app/scripted_source.h"
#include "views/grouped_table_view.h"
#include "views/main_window.h"

#include <QApplication>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTest>
#include <gtest/gtest.h>

using namespace tracedeck;
using namespace tracedeck::tests;

namespace {

class FleetWindow {
public:
    FleetWindow() : m_source(std::make_shared<ScriptedSource>(60))
    {
        AppOptions options;
        options.dataDir = m_dir.path();
        options.listen = QStringLiteral("off");
        options.size = QSize(1440, 700);
        options.page = QStringLiteral("workloads");
        m_app = std::make_unique<Application>(std::move(options), *qApp, m_source);
        m_app->start();
        EXPECT_TRUE(QTest::qWaitForWindowActive(&m_app->window()));
        EXPECT_TRUE(
            QTest::qWaitFor([this] { return rows() > 0 && m_app->feed(QStringLiteral("workloads")).isSettled(); }));
        page().focusContent();
    }
    [[nodiscard]] Application& app() const { return *m_app; }
    [[nodiscard]] ScriptedSource& source() const { return *m_source; }
    [[nodiscard]] FleetPage& page() const { return m_app->fleetPage(QStringLiteral("workloads")); }
    [[nodiscard]] GroupedTableView& table() const { return *page().table(); }
    [[nodiscard]] int rows() const
    {
        int rows = 0;
        for (int row = 0; row < page().model()->rowCount(); ++row) {
            rows += page().model()->isGroup(row) ? 0 : 1;
        }
        return rows;
    }
    [[nodiscard]] double cpuOf(const char* name) const
    {
        const int row = page().model()->rowOfKey(makeRowKey(RowKind::Workload, "scripted", name));
        return row < 0 ? -1 : page().model()->cell(row, page().model()->columnOf(u"cpu"))->value;
    }
    [[nodiscard]] bool idle() const
    {
        const PollCounters counters = m_app->poller().counters();
        return counters.requests == counters.published + counters.unchanged + counters.failed + counters.late;
    }

private:
    QTemporaryDir m_dir;
    std::shared_ptr<ScriptedSource> m_source;
    std::unique_ptr<Application> m_app;
};

void key(int code, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
{
    QWidget* target = QApplication::focusWidget();
    ASSERT_NE(target, nullptr);
    QTest::keyClick(target, static_cast<Qt::Key>(code), modifiers);
}

using Window = std::shared_ptr<FleetWindow>;

std::vector<FlowStep> searchFilter(const Window& w)
{
    return {
        {"/ takes the keyboard", [] { key(Qt::Key_Slash); },
         [] { return QApplication::focusWidget() != nullptr && QApplication::focusWidget()->inherits("QLineEdit"); }},
        {"typing filters at once", [] { QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("svc-01")); },
         [w] { return w->rows() == 10; }},
        {"Return selects a row", [] { key(Qt::Key_Return); },
         [w] { return QApplication::focusWidget() == &w->table(); }},
        {"Return opens its details", [] { key(Qt::Key_Return); }, [w] { return w->page().isDrawerOpen(); }},
        {"Esc closes them", [] { key(Qt::Key_Escape); }, [w] { return !w->page().isDrawerOpen(); }},
        {"Esc takes the filter away", [] { key(Qt::Key_Escape); }, [w] { return w->rows() == 60; }},
    };
}

std::vector<FlowStep> autoRefresh(const Window& w)
{
    return {
        {"a change shows by itself", [w] { w->source().setWorkloads(scriptedWorkloads(60, 50)); },
         [w] { return w->cpuOf("svc-000") > 49; }},
        {"off stops asking",
         [w] {
             w->app().runCommand(QStringLiteral("refresh.auto"));
             EXPECT_TRUE(QTest::qWaitFor([w] { return w->idle(); }));
         },
         [w] { return !w->app().autoRefresh(); }},
        {"r asks once",
         [w] {
             w->source().setWorkloads(scriptedWorkloads(60, 70));
             key(Qt::Key_R);
         },
         [w] { return w->cpuOf("svc-000") > 69; }},
        {"on asks again",
         [w] {
             w->source().setWorkloads(scriptedWorkloads(60, 90));
             w->app().runCommand(QStringLiteral("refresh.auto"));
         },
         [w] { return w->cpuOf("svc-000") > 89; }},
    };
}

std::vector<FlowStep> tables(const Window& w)
{
    const auto clickRow = [w](int row) {
        const QRect rect = w->table().visualRect(w->page().model()->index(row, 0));
        QTest::mouseClick(w->table().viewport(), Qt::LeftButton, Qt::NoModifier, rect.center());
    };
    return {
        {"Shift+C sorts by CPU", [] { key(Qt::Key_C, Qt::ShiftModifier); },
         [w] {
             return w->page().choice().sortKey == u"cpu" && w->app().feed(QStringLiteral("workloads")).isSettled();
         }},
        {"z shows problems", [] { key(Qt::Key_Z); }, [w] { return w->rows() == 6; }},
        {"z again shows all", [] { key(Qt::Key_Z); }, [w] { return w->rows() == 60; }},
        {"a click on a group header folds it", [clickRow] { clickRow(0); },
         [w] { return w->page().model()->group(0) != nullptr && w->page().model()->group(0)->collapsed; }},
        {"another unfolds it", [clickRow] { clickRow(0); }, [w] { return !w->page().model()->group(0)->collapsed; }},
        {"a click on a row makes it current", [clickRow] { clickRow(2); },
         [w] { return w->table().currentKey() == w->page().model()->rowKey(2); }},
        {"d opens its details", [] { key(Qt::Key_D); }, [w] { return w->page().isDrawerOpen(); }},
        {"Esc closes them", [] { key(Qt::Key_Escape); }, [w] { return !w->page().isDrawerOpen(); }},
        {"End goes to the last row", [] { key(Qt::Key_End); },
         [w] {
             return w->table().currentIndex().row() == w->page().model()->rowCount() - 1
                 && w->table().verticalScrollBar()->value() > 0;
         }},
    };
}

void expectFleetFlow(std::vector<FlowStep> (*steps)(const Window&))
{
    Window window;
    expectFlow([&window, steps] {
        window.reset(); // one window at a time owns the keyboard
        window = std::make_shared<FleetWindow>();
        return steps(window);
    });
}

} // namespace

TEST(FlowMutation, flow_search_filter)
{
    expectFleetFlow(searchFilter);
}

TEST(FlowMutation, flow_auto_refresh)
{
    expectFleetFlow(autoRefresh);
}

TEST(FlowMutation, flow_tables)
{
    expectFleetFlow(tables);
}
