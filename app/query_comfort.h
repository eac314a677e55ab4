// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/hidden_rows.h"
#include "app/query_history.h"
#include "app/route.h"
#include "app/saved_views.h"
#include "views/command_item.h"

#include <QObject>
#include <QPointer>
#include <functional>
#include <vector>

class QMenu;

namespace tracedeck {

class FleetPage;
class GroupedTableView;
class MainWindow;
class PickPanel;
class TableFeed;

/// What helps to find and keep a view of a table: why a row is not shown, showing the row a link names,
/// saved views, earlier queries. It asks through one panel over the window.
class QueryComfort : public QObject {
    Q_OBJECT

public:
    struct Hooks {
        std::function<FleetPage*(const QString& pageId)> fleetPage; ///< null for other pages
        std::function<TableFeed*(const QString& pageId)> feed;
        std::function<GroupedTableView*(const QString& pageId)> table; ///< whose columns a view keeps
        std::function<Route()> currentRoute;
        std::function<bool(const QString& link)> openLink;
        std::function<std::int64_t()> clock;
    };
    QueryComfort(MainWindow& window, SettingsStore& settings, Hooks hooks);

    /// "table.why", "view.save", "view.rename", "view.delete", "view.open.<id>"; false for others.
    bool runCommand(const QString& id);
    /// Palette entries of the saved views.
    void appendCommands(std::vector<CommandItem>& items) const;
    [[nodiscard]] QueryHistory& history() { return m_history; }
    [[nodiscard]] SavedViews& views() { return m_views; }
    [[nodiscard]] PickPanel& panel() { return *m_panel; }
    /// Shows the row a link names (row key, id or name), now or as soon as it is reported; says why when the
    /// filter hides it.
    void reveal(const QString& pageId, const QString& resource);
    /// Fills the menu behind "Saved views".
    void fillMenu(QMenu* menu);

private:
    void askWhy(const QString& typed);
    void listHidden(const QString& typed);
    void showHidden(int line);
    void tryReveal();
    void askName();
    void saveAs(const QString& name);
    void askWhich(bool remove);
    void openView(const QString& id);
    [[nodiscard]] FleetPage* currentFleet() const;
    [[nodiscard]] HiddenRowQuestion question(const QString& pageId) const;

    enum class Asking { Why, SaveName, RenameWhich, RenameName, DeleteWhich };
    void answered(int line, const QString& text);

    MainWindow& m_window;
    Hooks m_hooks;
    QueryHistory m_history;
    SavedViews m_views;
    PickPanel* m_panel;
    Asking m_asking = Asking::Why;
    QString m_askedPage;
    std::vector<HiddenRow> m_hidden;
    std::vector<SavedView> m_listed;
    QString m_renaming; ///< id
    QString m_wantedPage;
    QString m_wantedResource;
    bool m_missSaid = false;
};

} // namespace tracedeck
