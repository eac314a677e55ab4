// SPDX-License-Identifier: GPL-3.0-or-later
// From an arriving trace to its event details and back, by real keys and mouse on the whole window.
#include "app/application.h"
#include "tests/app/flow_steps.h"
#include "tests/app/scripted_source.h"
#include "tests/app/trace_post.h"
#include "tests/support/span_builder.h"
#include "views/fact_list_view.h"
#include "views/grouped_table_view.h"
#include "views/main_window.h"
#include "views/span_details_panel.h"
#include "views/tab_strip.h"
#include "views/trace_detail_view.h"
#include "views/traces_empty_view.h"
#include "views/traces_page.h"
#include "views/waterfall_view.h"

#include <QApplication>
#include <QTemporaryDir>
#include <QTest>
#include <gtest/gtest.h>
#include <memory>

using namespace tracedeck;
using namespace tracedeck::tests;
using testing_support::SpanBuilder;

namespace {

/// The window with a collector of its own on a free port, on the traces page.
class TraceWindow {
public:
    TraceWindow()
    {
        AppOptions options;
        options.dataDir = m_dir.path();
        options.listen = QStringLiteral("127.0.0.1:0");
        options.size = QSize(1440, 900);
        options.page = QStringLiteral("traces");
        m_app = std::make_unique<Application>(std::move(options), *qApp, std::make_shared<ScriptedSource>(6));
        m_app->start();
        EXPECT_TRUE(QTest::qWaitForWindowActive(&m_app->window()));
        EXPECT_TRUE(QTest::qWaitFor([this] { return !endpoint().isEmpty() && page().missing().isEmpty(); }));
    }
    [[nodiscard]] TracesPage& page() const
    {
        return *qobject_cast<TracesPage*>(m_app->window().page(QStringLiteral("traces")));
    }
    [[nodiscard]] TraceDetailView& detail() const { return *page().detail(); }
    [[nodiscard]] WaterfallView& waterfall() const { return *detail().waterfall(); }
    [[nodiscard]] QString endpoint() const { return page().receiveInfo().httpEndpoint; }
    [[nodiscard]] Application& app() const { return *m_app; }
    void send() const
    {
        SpanBuilder b;
        b.span(1, 0, 0, 900, "POST /checkout", "frontend")
            .span(2, 1, 20, 400, "reserve", "stock")
            .span(3, 2, 30, 100, "SELECT stock", "db")
            .span(4, 1, 450, 400, "charge card", "payments", SpanStatus::Error)
            .attribute("card.kind", "visa")
            .event(700, "exception");
        EXPECT_EQ(postSpans(endpoint(), b.table()), 200);
    }
    [[nodiscard]] bool lists(const QString& name) const
    {
        const GroupedTableModel& model = *page().model();
        const int column = model.columnOf(u"root");
        for (int row = 0; row < model.rowCount(); ++row) {
            if (model.cell(row, column)->secondary == name) {
                return true;
            }
        }
        return false;
    }

private:
    QTemporaryDir m_dir;
    std::unique_ptr<Application> m_app;
};

void key(int code, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
{
    QWidget* target = QApplication::focusWidget();
    ASSERT_NE(target, nullptr);
    QTest::keyClick(target, static_cast<Qt::Key>(code), modifiers);
}

void clickTab(TabStrip& tabs, const QString& id)
{
    for (int x = 4; x < tabs.width() && tabs.current() != id; x += 8) {
        QTest::mouseClick(&tabs, Qt::LeftButton, Qt::NoModifier, QPoint(x, tabs.height() / 2));
    }
}

std::vector<FlowStep> traceViewing(const std::shared_ptr<TraceWindow>& w)
{
    const auto span = [w](std::uint64_t id) { return QString::fromStdString(SpanId{id}.toHex()); };
    const auto clickRow = [w](std::uint32_t position) {
        QTest::mouseClick(w->waterfall().viewport(), Qt::LeftButton, Qt::NoModifier,
                          w->waterfall().rowRect(position).center());
    };
    const auto zoomed = [w] { return !(w->waterfall().state().window() == w->waterfall().state().limits()); };
    return {
        {"a trace arrives", [w] { w->send(); }, [w] { return w->lists(QStringLiteral("POST /checkout")); }},
        {"Enter opens it",
         [w] {
             w->page().focusContent();
             key(Qt::Key_Home);
             key(Qt::Key_Return);
         },
         [w] { return !w->page().openTrace().isEmpty() && w->detail().hasTrace(); }},
        {"a click selects the root", [clickRow] { clickRow(0); },
         [w, span] { return w->detail().currentSpan() == span(1); }},
        {"h folds it", [] { key(Qt::Key_H); }, [w] { return w->waterfall().state().rows() == 1; }},
        {"l unfolds it", [] { key(Qt::Key_L); }, [w] { return w->waterfall().state().rows() == 4; }},
        {"+ zooms in", [] { key(Qt::Key_Plus); }, zoomed},
        {"0 shows all again", [] { key(Qt::Key_0); }, [zoomed] { return !zoomed(); }},
        {"/ finds",
         [] {
             key(Qt::Key_Slash);
             QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("charge"));
         },
         [w] { return w->detail().findPlace() == u"1 match"; }},
        {"n goes there",
         [] {
             key(Qt::Key_Return);
             key(Qt::Key_N);
         },
         [w, span] { return w->detail().currentSpan() == span(4) && w->detail().findPlace() == u"1 of 1"; }},
        {"Enter shows its details", [] { key(Qt::Key_Return); },
         [w] { return w->detail().panel()->isVisible() && w->detail().panel()->shownTab() == u"attributes"; }},
        {"a click shows its events",
         [w] { clickTab(*w->detail().panel()->findChild<TabStrip*>(), QStringLiteral("events")); },
         [w] {
             const Facts& facts = w->detail().panel()->list()->facts();
             return !facts.empty() && facts.front().value == u"exception";
         }},
        {"Esc closes the details", [] { key(Qt::Key_Escape); }, [w] { return !w->detail().panel()->isVisible(); }},
        {"Esc ends the search", [] { key(Qt::Key_Escape); }, [w] { return w->page().queryText().isEmpty(); }},
        {"Esc goes back to the list", [] { key(Qt::Key_Escape); },
         [w] { return w->page().openTrace().isEmpty() && w->page().table()->hasFocus(); }},
    };
}

} // namespace

TEST(TraceFlows, flow_trace_viewing)
{
    std::shared_ptr<TraceWindow> window;
    expectFlow([&window] {
        window.reset(); // one window at a time owns the keyboard
        window = std::make_shared<TraceWindow>();
        return traceViewing(window);
    });
}

TEST(TraceFlows, ownTracesGiveWayToTheFirstOtherTrace)
{
    const auto window = std::make_shared<TraceWindow>();
    EXPECT_TRUE(window->page().findChild<TracesEmptyView*>()->isVisible());
    window->send();
    EXPECT_TRUE(QTest::qWaitFor([&] { return window->lists(QStringLiteral("POST /checkout")); }));
    EXPECT_FALSE(window->page().findChild<TracesEmptyView*>()->isVisible());
}
