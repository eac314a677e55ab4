// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/query_comfort.h"

#include "app/table_feed.h"
#include "app/table_settings.h"
#include "models/grouped_table_model.h"
#include "views/fleet_page.h"
#include "views/grouped_table_view.h"
#include "views/main_window.h"
#include "views/pick_panel.h"
#include "views/service_section.h"

#include <QMenu>

namespace tracedeck {

namespace {
constexpr std::size_t kMostHidden = 50;
const QString& openPrefix()
{
    static const QString prefix = QStringLiteral("view.open.");
    return prefix;
}
} // namespace

QueryComfort::QueryComfort(MainWindow& window, SettingsStore& settings, Hooks hooks)
    : QObject(&window),
      m_window(window),
      m_hooks(std::move(hooks)),
      m_history(settings),
      m_views(settings),
      m_panel(new PickPanel(&window))
{
    m_window.addLayer(m_panel);
    connect(m_panel, &PickPanel::textChanged, this, [this](const QString& text) {
        if (m_asking == Asking::Why) {
            listHidden(text);
        }
    });
    connect(m_panel, &PickPanel::chosen, this, &QueryComfort::answered);
    connect(m_panel, &PickPanel::closed, this, [this] {
        if (Page* page = m_window.currentPage()) {
            page->focusContent();
        }
    });
    connect(&m_window, &MainWindow::queryUsed, this,
            [this](const QString& page, const QString& text) { m_history.add(page, text); });
}

bool QueryComfort::runCommand(const QString& id)
{
    if (id == QStringLiteral("table.why")) {
        askWhy({});
    } else if (id == QStringLiteral("view.save")) {
        askName();
    } else if (id == QStringLiteral("view.rename") || id == QStringLiteral("view.delete")) {
        askWhich(id == QStringLiteral("view.delete"));
    } else if (id.startsWith(openPrefix())) {
        openView(id.mid(openPrefix().size()));
    } else {
        return false;
    }
    return true;
}

void QueryComfort::answered(int line, const QString& text)
{
    const auto at = static_cast<std::size_t>(line);
    switch (m_asking) {
    case Asking::Why:
        showHidden(line);
        return;
    case Asking::SaveName:
        saveAs(line >= 0 && at < m_listed.size() ? m_listed[at].name : text);
        return;
    case Asking::RenameWhich:
        if (at < m_listed.size()) {
            m_renaming = m_listed[at].id;
            m_asking = Asking::RenameName;
            m_panel->open(tr("New name of \"%1\"").arg(m_listed[at].name), tr("Name"), m_listed[at].name, false);
        }
        return;
    case Asking::RenameName:
        m_window.notice(m_views.rename(m_renaming, text) ? tr("Renamed to \"%1\"").arg(text)
                                                         : tr("There is a view called \"%1\" already").arg(text));
        return;
    case Asking::DeleteWhich:
        if (at < m_listed.size() && m_views.remove(m_listed[at].id)) {
            m_window.notice(tr("Deleted the view \"%1\"").arg(m_listed[at].name));
        }
        return;
    }
}

FleetPage* QueryComfort::currentFleet() const
{
    const Page* page = m_window.currentPage();
    return page == nullptr ? nullptr : m_hooks.fleetPage(page->pageId());
}

HiddenRowQuestion QueryComfort::question(const QString& pageId) const
{
    const FleetPage* page = m_hooks.fleetPage(pageId);
    TableFeed* feed = m_hooks.feed(pageId);
    HiddenRowQuestion asked;
    asked.snapshot = page->model()->snapshot();
    asked.choice = page->choice();
    asked.plan = page->model()->plan();
    asked.services = page->section() == nullptr ? nullptr : page->section()->model()->plan();
    asked.planFor = [feed](const TableChoice& choice) { return feed->planFor(choice); };
    asked.nowNs = m_hooks.clock();
    return asked;
}

void QueryComfort::askWhy(const QString& typed)
{
    const FleetPage* page = currentFleet();
    if (page == nullptr || page->model()->snapshot().data() == nullptr) {
        m_window.notice(tr("There are no rows to ask about here"));
        return;
    }
    m_asking = Asking::Why;
    m_askedPage = page->pageId();
    m_panel->open(tr("Why is a row not shown?"), tr("Name or id of the row"), typed, true);
    listHidden(typed);
}

void QueryComfort::listHidden(const QString& typed)
{
    m_hidden = findHiddenRows(question(m_askedPage), typed, kMostHidden);
    std::vector<Suggestion> lines;
    lines.reserve(static_cast<std::size_t>(m_hidden.size()));
    for (const HiddenRow& row : m_hidden) {
        lines.push_back({row.name,
                         row.reasons.isEmpty() ? tr("is shown, Enter goes there")
                                               : tr("hidden by %1").arg(row.reasons.join(QStringLiteral(" · ")))});
    }
    m_panel->setLines(lines,
                      typed.isEmpty() ? tr("No source reports any row.")
                                      : tr("No source reports a row called \"%1\".").arg(typed));
}

void QueryComfort::showHidden(int line)
{
    FleetPage* page = m_hooks.fleetPage(m_askedPage);
    if (line < 0 || static_cast<std::size_t>(line) >= m_hidden.size() || page == nullptr) {
        return;
    }
    const HiddenRow row = m_hidden[static_cast<std::size_t>(line)];
    page->setChoice(row.shown);
    if (!page->revealRow(row.key)) {
        m_wantedPage = m_askedPage; // a large table derives in the background
        m_wantedResource = QString::number(row.key, 16);
    }
    if (!row.reasons.isEmpty()) {
        m_window.notice(tr("Taken away: %1").arg(row.reasons.join(QStringLiteral(", "))));
    }
}

void QueryComfort::reveal(const QString& pageId, const QString& resource)
{
    FleetPage* page = m_hooks.fleetPage(pageId);
    if (page == nullptr || resource.isEmpty()) {
        return;
    }
    m_wantedPage = pageId;
    m_wantedResource = resource;
    m_missSaid = false;
    connect(page->model(), &GroupedTableModel::applied, this, &QueryComfort::tryReveal, Qt::UniqueConnection);
    tryReveal();
}

void QueryComfort::tryReveal()
{
    FleetPage* page = m_wantedResource.isEmpty() ? nullptr : m_hooks.fleetPage(m_wantedPage);
    if (page == nullptr || page->model()->snapshot().data() == nullptr) {
        return;
    }
    const RowKey key = rowOfResource(page->model()->snapshot(), m_wantedResource);
    if (key == 0) {
        if (!m_missSaid) {
            m_missSaid = true;
            m_window.notice(tr("%1 is not reported by any source; it is shown when it comes").arg(m_wantedResource));
        }
        return;
    }
    const QString resource = m_wantedResource;
    m_wantedResource.clear();
    if (page->revealRow(key)) {
        return;
    }
    if (m_window.currentPage() == page) {
        askWhy(rowNameOf(page->model()->snapshot(), key));
    }
}

void QueryComfort::askName()
{
    const Page* page = m_window.currentPage();
    m_listed = m_views.of(page->pageId());
    m_asking = Asking::SaveName;
    m_panel->open(tr("Save this view of %1").arg(page->title()), tr("Name"), {}, false);
    std::vector<Suggestion> lines;
    lines.reserve(static_cast<std::size_t>(m_listed.size()));
    for (const SavedView& view : m_listed) {
        lines.push_back({view.name, tr("replace")});
    }
    m_panel->setLines(lines);
}

void QueryComfort::saveAs(const QString& name)
{
    Route route = m_hooks.currentRoute();
    route.item.clear();
    for (const char16_t* open : {u"row", u"resource", u"trace", u"span"}) {
        route.state.removeAllQueryItems(QString::fromUtf16(open));
    }
    SavedView view;
    view.name = name;
    view.link = route.toText();
    if (const GroupedTableView* table = m_hooks.table(route.page)) {
        view.layout = layoutToJson(table->layoutState());
    }
    if (!m_views.save(std::move(view)).isEmpty()) {
        m_window.notice(tr("Saved as \"%1\"").arg(name));
    }
}

void QueryComfort::askWhich(bool remove)
{
    m_listed = m_views.all();
    if (m_listed.empty()) {
        m_window.notice(tr("There are no saved views"));
        return;
    }
    m_asking = remove ? Asking::DeleteWhich : Asking::RenameWhich;
    m_panel->open(remove ? tr("Delete which view?") : tr("Rename which view?"), tr("Enter takes the marked one"), {},
                  true);
    std::vector<Suggestion> lines;
    lines.reserve(static_cast<std::size_t>(m_listed.size()));
    for (const SavedView& view : m_listed) {
        lines.push_back({view.name, view.page});
    }
    m_panel->setLines(lines);
}

void QueryComfort::openView(const QString& id)
{
    const SavedView view = m_views.find(id);
    if (view.id.isEmpty() || !m_hooks.openLink(view.link)) {
        m_window.notice(tr("This view is gone"));
        return;
    }
    if (GroupedTableView* table = m_hooks.table(view.page); table != nullptr && !view.layout.isEmpty()) {
        table->setLayoutState(layoutFromJson(view.layout));
    }
}

void QueryComfort::appendCommands(std::vector<CommandItem>& items) const
{
    for (const SavedView& view : m_views.all()) {
        CommandItem item;
        item.id = openPrefix() + view.id;
        item.title = tr("View: %1").arg(view.name);
        item.section = tr("Saved views");
        items.push_back(std::move(item));
    }
}

void QueryComfort::fillMenu(QMenu* menu)
{
    menu->clear();
    QString section;
    for (const SavedView& view : m_views.all()) {
        if (view.page != section) {
            section = view.page;
        }
        const Page* page = m_window.page(view.page);
        connect(menu->addAction(view.name + u'\t' + (page == nullptr ? view.page : page->title())), &QAction::triggered,
                this, [this, id = view.id] { openView(id); });
    }
    if (menu->isEmpty()) {
        menu->addAction(tr("No saved views yet"))->setEnabled(false);
    }
    menu->addSeparator();
    const auto add = [this, menu](const QString& text, const QString& command) {
        connect(menu->addAction(text), &QAction::triggered, this,
                [this, command] { Q_EMIT m_window.commandRequested(command); });
    };
    add(tr("Save this view\u2026") + QStringLiteral("\tCtrl+S"), QStringLiteral("view.save"));
    if (!m_views.all().empty()) {
        add(tr("Rename\u2026"), QStringLiteral("view.rename"));
        add(tr("Delete\u2026"), QStringLiteral("view.delete"));
    }
    menu->addSeparator();
    add(tr("Copy link to this view"), QStringLiteral("copy.link"));
}

} // namespace tracedeck
