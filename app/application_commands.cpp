// SPDX-License-Identifier: GPL-3.0-or-later
// What commands do, and where links and Back lead.
#include "app/application.h"
#include "app/connection_wiring.h"
#include "app/failure_wiring.h"
#include "app/key_map.h"
#include "app/pasted_text.h"
#include "app/query_comfort.h"
#include "app/sources_controller.h"
#include "app/table_feed.h"
#include "app/table_looks.h"
#include "app/trace_wiring.h"
#include "app/version.h"
#include "refresh/poller.h"
#include "views/grouped_table_view.h"
#include "views/main_window.h"
#include "views/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QScopedValueRollback>

namespace tracedeck {

void Application::runCommand(const QString& id)
{
    if (m_commands.run(id) || m_comfort->runCommand(id)) {
        return;
    }
    Page* page = m_window->currentPage();
    if (page == nullptr || !page->runCommand(id)) {
        m_window->notice(tr("Not available here"));
    }
}

Route Application::currentRoute() const
{
    const Page* page = m_window->currentPage();
    return page == nullptr ? Route() : Route{page->pageId(), {}, page->routeState()};
}

namespace {

/// A row that a filter hid is listed only once its table was derived anew: tries again when that is done.
void retryRow(TableFeed& feed, MainWindow& window, FleetPage* page, const QUrlQuery& state)
{
    QObject::connect(
        &feed, &TableFeed::summaryChanged, page,
        [page, state, &window] {
            if (window.currentPage() == page) {
                page->restoreRouteState(state);
            }
        },
        static_cast<Qt::ConnectionType>(Qt::AutoConnection | Qt::SingleShotConnection));
}

} // namespace

void Application::goTo(const Route& route, bool visit)
{
    if (visit && m_window->currentPage() != nullptr) {
        m_navigation.replace(currentRoute());
    }
    Page* page = m_window->page(route.page);
    if (page == nullptr) {
        return;
    }
    const QScopedValueRollback going(m_going, true); // what the page opens on the way is no place of its own
    // A page that is asked for without more stays as it was left; a place one comes back to is as it was there.
    if (!visit || !route.state.isEmpty() || !route.item.isEmpty()) {
        QUrlQuery state = route.state;
        if (!route.item.isEmpty()) {
            state.addQueryItem(QStringLiteral("trace"), route.item);
        }
        page->restoreRouteState(state);
        const RowKey row = state.queryItemValue(QStringLiteral("row")).toULongLong(nullptr, 16);
        if (auto* fleet = qobject_cast<FleetPage*>(page);
            fleet != nullptr && row != 0 && fleet->table()->currentKey() != row) {
            retryRow(feed(route.page), *m_window, fleet, state);
        }
    }
    m_window->showPage(route.page);
    if (visit) {
        m_navigation.visit(currentRoute());
    }
}

bool Application::openLink(const QString& link)
{
    const std::optional<Route> route =
        m_window->page(link) != nullptr ? std::optional<Route>(Route{link, {}, {}}) : Route::fromText(link);
    if (!route || m_window->page(route->page) == nullptr) {
        return false;
    }
    goTo(*route, true);
    for (const char16_t* named : {u"row", u"resource"}) {
        m_comfort->reveal(route->page, route->state.queryItemValue(QString::fromUtf16(named), QUrl::FullyDecoded));
    }
    return true;
}

bool Application::openPasted(const QString& text)
{
    const std::optional<Route> route = routeOfPastedText(text);
    return route && openLink(route->toText());
}

void Application::registerCommands()
{
    MainWindow* window = m_window.get();
    m_commands.add(QStringLiteral("search.focus"), [window] { window->focusSearch(); });
    m_commands.add(QStringLiteral("palette.open"), [window] { window->openPalette({}); });
    m_commands.add(QStringLiteral("palette.colon"), [window] { window->openPalette(QStringLiteral(":")); });
    m_commands.add(QStringLiteral("keys.show"), [window] { window->openKeyOverlay(); });
    m_commands.add(QStringLiteral("menu.open"), [window] { window->openMenu(); });
    m_commands.add(QStringLiteral("source.add"), [this] { m_connections->dialog().openAdd(); });
    m_commands.add(QStringLiteral("source.list"), [this] { m_connections->dialog().openList(); });
    m_commands.add(QStringLiteral("quit"), [window] { window->close(); });
    m_commands.add(QStringLiteral("about"), [window] {
        window->notice(tr("Tracedeck %1, free software under GPL-3.0-or-later").arg(versionText()));
    });
    for (const char16_t* page : {u"infrastructure", u"workloads", u"traces"}) {
        const QString id = QString::fromUtf16(page);
        m_commands.add(QStringLiteral("go.") + id, [this, id] { openLink(id); });
    }
    for (const char16_t* view : {u"vm", u"container", u"pod", u"unit"}) {
        const QString id = QString::fromUtf16(view);
        m_commands.add(QStringLiteral("go.workloads.") + id,
                       [this, id] { openLink(QStringLiteral("tracedeck://workloads?view=") + id); });
    }
    const auto step = [this](std::optional<Route> (Navigation::*way)()) {
        m_navigation.replace(currentRoute());
        if (const std::optional<Route> route = (m_navigation.*way)()) {
            goTo(*route, false);
        }
    };
    m_commands.add(QStringLiteral("go.back"), [step] { step(&Navigation::back); });
    m_commands.add(QStringLiteral("go.forward"), [step] { step(&Navigation::forward); });
    m_commands.add(QStringLiteral("peel"), [this, window] {
        if (!window->peel()) {
            runCommand(QStringLiteral("go.back"));
        }
    });
    m_commands.add(QStringLiteral("refresh.now"), [this] {
        m_poller->refreshNow();
        m_traces->refresh(false);
    });
    m_commands.add(QStringLiteral("refresh.bypass"), [this] {
        m_poller->refreshNow(true);
        m_traces->refresh(true);
    });
    m_commands.add(QStringLiteral("refresh.auto"), [this] { setAutoRefresh(!m_autoRefresh); });
    m_commands.add(QStringLiteral("copy.link"), [this] {
        QApplication::clipboard()->setText(currentRoute().toText());
        m_window->notice(tr("Link copied"));
    });
    m_commands.add(QStringLiteral("paste.open"), [this] {
        if (!openPasted(QApplication::clipboard()->text())) {
            m_window->notice(tr("The clipboard names no trace and no view"));
        }
    });
}

void Application::setAutoRefresh(bool on)
{
    m_autoRefresh = on;
    m_settings->setValue(QStringLiteral("refresh.auto"), on);
    m_poller->setAutoRefresh(on);
    m_traces->setAutoRefresh(on);
    m_window->notice(on ? tr("Refreshing by itself again") : tr("Paused: r refreshes once"));
}

void Application::registerLookCommands()
{
    const auto scaleText = [this](double factor) {
        const double now = m_settings->value(QStringLiteral("appearance.textScale"), 1.0).toDouble();
        m_settings->setValue(QStringLiteral("appearance.textScale"),
                             factor == 0 ? 1.0 : std::clamp(now * factor, 0.7, 2.5));
        applyLooks();
    };
    m_commands.add(QStringLiteral("text.larger"), [scaleText] { scaleText(1.1); });
    m_commands.add(QStringLiteral("text.smaller"), [scaleText] { scaleText(1 / 1.1); });
    m_commands.add(QStringLiteral("text.reset"), [scaleText] { scaleText(0); });
    m_commands.add(QStringLiteral("tables.tints"),
                   [this] { m_tableLooks->setTintsEnabled(!m_tableLooks->tintsEnabled()); });
    const auto choose = [this](const QString& command, const QString& path) {
        m_commands.add(command, [this, command, path] {
            m_options.theme.clear(); // a choice made by hand wins over the command line
            m_settings->setValue(path, command.section(u'.', 1));
            applyLooks(); // also when the setting was that already and only the command line said otherwise
        });
    };
    for (const CommandItem& item : commandTable()) {
        if (item.id.startsWith(QStringLiteral("theme."))) {
            choose(item.id, QStringLiteral("appearance.theme"));
        } else if (item.id.startsWith(QStringLiteral("density."))) {
            choose(item.id, QStringLiteral("appearance.density"));
        } else if (item.id.startsWith(QStringLiteral("times."))) {
            choose(item.id, QStringLiteral("appearance.times"));
        }
    }
}

std::vector<CommandItem> Application::commandsNow() const
{
    const Page* page = m_window->currentPage();
    const QString scope = page == nullptr ? QString() : page->keyScope();
    const QString themeId = QStringLiteral("theme.")
        + m_settings->value(QStringLiteral("appearance.theme"), QStringLiteral("system")).toString();
    const QString densityId = QStringLiteral("density.")
        + m_settings->value(QStringLiteral("appearance.density"), QStringLiteral("normal")).toString();
    const QString timesId = QStringLiteral("times.")
        + m_settings->value(QStringLiteral("appearance.times"), QStringLiteral("local")).toString();
    std::vector<CommandItem> items;
    for (CommandItem item : commandTable()) {
        const bool otherScope = !item.scope.isEmpty() && item.scope != scope;
        const bool noPage = item.id.startsWith(QStringLiteral("go.")) && item.id.count(u'.') == 1
            && item.id != QStringLiteral("go.back") && item.id != QStringLiteral("go.forward")
            && m_window->page(item.id.mid(3)) == nullptr;
        if (otherScope || noPage) {
            continue;
        }
        item.checked = item.id == themeId || item.id == densityId || item.id == timesId
            || (item.id == QStringLiteral("refresh.auto") && m_autoRefresh)
            || (item.id == QStringLiteral("tables.tints") && m_tableLooks->tintsEnabled())
            || (m_failures != nullptr && m_failures->isChecked(item.id));
        items.push_back(std::move(item));
    }
    m_comfort->appendCommands(items);
    return items;
}

} // namespace tracedeck
