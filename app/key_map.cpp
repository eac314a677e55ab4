// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/key_map.h"

#include <QCoreApplication>
#include <QHash>

namespace tracedeck {

namespace {

/// One line of the table, as plain text so that it reads as a table.
struct CommandLine {
    const char* id;
    const char* title;
    const char* keys; ///< separated by blanks
    const char* alias = "";
    const char* menu = "";
    bool checkable = false;
    bool inPalette = true;
};

constexpr CommandLine kCommandsEverywhere[] = {
    {"search.focus", QT_TRANSLATE_NOOP("Commands", "Search"), "/ Ctrl+F", "search", "Edit"},
    {"palette.open", QT_TRANSLATE_NOOP("Commands", "Commands"), "Ctrl+K", "", "Edit", false, false},
    {"palette.colon", QT_TRANSLATE_NOOP("Commands", "Command by short name"), ":", "", "", false, false},
    {"keys.show", QT_TRANSLATE_NOOP("Commands", "Show all keys"), "? F1", "keys", "Help"},
    {"go.infrastructure", QT_TRANSLATE_NOOP("Commands", "Go to Infrastructure"), "Ctrl+1", "infra", "Go"},
    {"go.workloads", QT_TRANSLATE_NOOP("Commands", "Go to Workloads"), "Ctrl+2", "workloads", "Go"},
    {"go.workloads.vm", QT_TRANSLATE_NOOP("Commands", "Go to VMs"), "", "vms"},
    {"go.workloads.container", QT_TRANSLATE_NOOP("Commands", "Go to Containers"), "", "containers"},
    {"go.workloads.pod", QT_TRANSLATE_NOOP("Commands", "Go to Pods"), "", "pods"},
    {"go.workloads.unit", QT_TRANSLATE_NOOP("Commands", "Go to Units"), "", "units"},
    {"go.traces", QT_TRANSLATE_NOOP("Commands", "Go to Traces"), "Ctrl+3", "traces", "Go"},
    {"go.back", QT_TRANSLATE_NOOP("Commands", "Back"), "Alt+Left", "back", "Go"},
    {"go.forward", QT_TRANSLATE_NOOP("Commands", "Forward"), "Alt+Right", "forward", "Go"},
    {"peel", QT_TRANSLATE_NOOP("Commands", "Close the topmost layer, then back"), "Esc", "", "", false, false},
    {"refresh.now", QT_TRANSLATE_NOOP("Commands", "Refresh"), "r F5", "refresh", "View"},
    {"refresh.bypass", QT_TRANSLATE_NOOP("Commands", "Refresh, bypassing caches"), "Shift+R"},
    {"source.add", QT_TRANSLATE_NOOP("Commands", "Add source"), "", "add", "Go"},
    {"source.list", QT_TRANSLATE_NOOP("Commands", "Sources"), "", "sources", "Go"},
    {"refresh.auto", QT_TRANSLATE_NOOP("Commands", "Refresh automatically"), "", "auto", "View", true},
    {"text.larger", QT_TRANSLATE_NOOP("Commands", "Larger text"), "+", "", "View"},
    {"text.smaller", QT_TRANSLATE_NOOP("Commands", "Smaller text"), "-", "", "View"},
    {"text.reset", QT_TRANSLATE_NOOP("Commands", "Normal text"), "0", "", "View"},
    {"density.compact", QT_TRANSLATE_NOOP("Commands", "Compact rows"), "", "compact", "View", true},
    {"density.normal", QT_TRANSLATE_NOOP("Commands", "Normal rows"), "", "normal", "View", true},
    {"density.relaxed", QT_TRANSLATE_NOOP("Commands", "Relaxed rows"), "", "relaxed", "View", true},
    {"tables.tints", QT_TRANSLATE_NOOP("Commands", "Tint changes for a second"), "", "tints", "View", true},
    {"notify.failures", QT_TRANSLATE_NOOP("Commands", "Tell of new failures on the desktop"), "", "notify", "View",
     true},
    {"notify.mute", QT_TRANSLATE_NOOP("Commands", "Mute failures of this view"), "", "mute", "View", true},
    {"times.local", QT_TRANSLATE_NOOP("Commands", "Local times"), "", "local", "View", true},
    {"times.utc", QT_TRANSLATE_NOOP("Commands", "UTC times"), "", "utc", "View", true},
    {"times.relative", QT_TRANSLATE_NOOP("Commands", "Times as ages"), "", "ages", "View", true},
    {"theme.system", QT_TRANSLATE_NOOP("Commands", "Theme of the system"), "", "system", "Theme", true},
    {"theme.dark", QT_TRANSLATE_NOOP("Commands", "Dark theme"), "", "dark", "Theme", true},
    {"theme.light", QT_TRANSLATE_NOOP("Commands", "Light theme"), "", "light", "Theme", true},
    {"theme.contrast", QT_TRANSLATE_NOOP("Commands", "High-contrast theme"), "", "contrast", "Theme", true},
    {"copy", QT_TRANSLATE_NOOP("Commands", "Copy"), "Ctrl+C", "", "Edit"},
    {"copy.as", QT_TRANSLATE_NOOP("Commands", "Copy as\u2026"), "Ctrl+Shift+C", "", "Edit", false, false},
    {"copy.json", QT_TRANSLATE_NOOP("Commands", "Copy as JSON"), ""},
    {"copy.markdown", QT_TRANSLATE_NOOP("Commands", "Copy as Markdown table"), ""},
    {"copy.link", QT_TRANSLATE_NOOP("Commands", "Copy link to this view"), "", "link", "Edit"},
    {"view.save", QT_TRANSLATE_NOOP("Commands", "Save this view"), "Ctrl+S", "save", "View"},
    {"view.rename", QT_TRANSLATE_NOOP("Commands", "Rename a saved view"), ""},
    {"view.delete", QT_TRANSLATE_NOOP("Commands", "Delete a saved view"), ""},
    {"paste.open", QT_TRANSLATE_NOOP("Commands", "Open what the clipboard names"), "Ctrl+V", "open", "Edit"},
    {"settings.open", QT_TRANSLATE_NOOP("Commands", "Settings"), "Ctrl+,", "settings", "Edit"},
    {"performance.show", QT_TRANSLATE_NOOP("Commands", "Performance panel"), "F12", "performance", "View"},
    {"menu.open", QT_TRANSLATE_NOOP("Commands", "Menu"), "F10", "", "", false, false},
    {"about", QT_TRANSLATE_NOOP("Commands", "About Tracedeck"), "", "about", "Help"},
    {"quit", QT_TRANSLATE_NOOP("Commands", "Quit"), "Ctrl+Q", "quit", "Help"},
};

constexpr CommandLine kCommandsInTables[] = {
    {"move.down", QT_TRANSLATE_NOOP("Commands", "Next row"), "j Down", "", "", false, false},
    {"move.up", QT_TRANSLATE_NOOP("Commands", "Previous row"), "k Up", "", "", false, false},
    {"move.pageDown", QT_TRANSLATE_NOOP("Commands", "Page down"), "PgDown", "", "", false, false},
    {"move.pageUp", QT_TRANSLATE_NOOP("Commands", "Page up"), "PgUp", "", "", false, false},
    {"move.top", QT_TRANSLATE_NOOP("Commands", "First row"), "g Home", "", "", false, false},
    {"move.bottom", QT_TRANSLATE_NOOP("Commands", "Last row"), "Shift+G End", "", "", false, false},
    {"group.collapse", QT_TRANSLATE_NOOP("Commands", "Collapse group"), "h Left"},
    {"group.expand", QT_TRANSLATE_NOOP("Commands", "Expand group; on a container its log"), "l Right"},
    {"group.collapseAll", QT_TRANSLATE_NOOP("Commands", "Collapse all groups"), "Shift+H"},
    {"group.expandAll", QT_TRANSLATE_NOOP("Commands", "Expand all groups"), "Shift+L"},
    {"group.select", QT_TRANSLATE_NOOP("Commands", "Select all rows of the group"), "Ctrl+Shift+A"},
    {"select.down", QT_TRANSLATE_NOOP("Commands", "Select to the next row"), "Shift+J Shift+Down", "", "", false,
     false},
    {"select.up", QT_TRANSLATE_NOOP("Commands", "Select to the previous row"), "Shift+K Shift+Up", "", "", false,
     false},
    {"row.open", QT_TRANSLATE_NOOP("Commands", "Open: drawer; on a host its workloads"), "Return"},
    {"row.details", QT_TRANSLATE_NOOP("Commands", "Details"), "d"},
    {"row.traces", QT_TRANSLATE_NOOP("Commands", "Traces of the row"), "t"},
    {"row.json", QT_TRANSLATE_NOOP("Commands", "JSON of the row"), "y"},
    {"row.logs", QT_TRANSLATE_NOOP("Commands", "Log of the container"), "", "logs"},
    {"row.browse", QT_TRANSLATE_NOOP("Commands", "Open elsewhere: its web page or a program"), "", "browse"},
    {"row.inspect", QT_TRANSLATE_NOOP("Commands", "Inspect the container"), "", "inspect"},
    {"row.thresholds", QT_TRANSLATE_NOOP("Commands", "Thresholds of the row"), "", "thresholds"},
    {"row.shell", QT_TRANSLATE_NOOP("Commands", "Copy a shell command for the row"), "s"},
    {"row.pin", QT_TRANSLATE_NOOP("Commands", "Pin row to the top"), "Space"},
    {"table.compare", QT_TRANSLATE_NOOP("Commands", "Compare the pinned rows"), "c", "compare"},
    {"table.resort", QT_TRANSLATE_NOOP("Commands", "Re-sort now"), "Shift+R"},
    {"sort.name", QT_TRANSLATE_NOOP("Commands", "Sort by name"), "Shift+N"},
    {"sort.cpu", QT_TRANSLATE_NOOP("Commands", "Sort by CPU"), "Shift+C"},
    {"sort.memory", QT_TRANSLATE_NOOP("Commands", "Sort by memory"), "Shift+M"},
    {"sort.uptime", QT_TRANSLATE_NOOP("Commands", "Sort by age"), "Shift+A"},
    {"sort.status", QT_TRANSLATE_NOOP("Commands", "Sort by status"), "Shift+T"},
    {"then.name", QT_TRANSLATE_NOOP("Commands", "Then by name"), "Alt+Shift+N"},
    {"then.cpu", QT_TRANSLATE_NOOP("Commands", "Then by CPU"), "Alt+Shift+C"},
    {"then.memory", QT_TRANSLATE_NOOP("Commands", "Then by memory"), "Alt+Shift+M"},
    {"then.uptime", QT_TRANSLATE_NOOP("Commands", "Then by age"), "Alt+Shift+A"},
    {"then.status", QT_TRANSLATE_NOOP("Commands", "Then by status"), "Alt+Shift+T"},
    {"table.worstGroups", QT_TRANSLATE_NOOP("Commands", "Worst groups first"), "", "worst"},
    {"table.problems", QT_TRANSLATE_NOOP("Commands", "Problems only"), "z", "problems"},
    {"table.changed", QT_TRANSLATE_NOOP("Commands", "Changed since 5, 15, 60 minutes"), "Ctrl+D", "changed"},
    {"changed.5", QT_TRANSLATE_NOOP("Commands", "Changed in the last 5 minutes"), ""},
    {"changed.15", QT_TRANSLATE_NOOP("Commands", "Changed in the last 15 minutes"), ""},
    {"changed.60", QT_TRANSLATE_NOOP("Commands", "Changed in the last 60 minutes"), ""},
    {"table.why", QT_TRANSLATE_NOOP("Commands", "Why is a row not shown?"), "w", "why"},
    {"summary.toggle", QT_TRANSLATE_NOOP("Commands", "Expand or close the summary"), "b", "summary"},
    {"table.lines", QT_TRANSLATE_NOOP("Commands", "Bars or last hour in metric columns"), "Shift+B", "lines"},
    {"row.history", QT_TRANSLATE_NOOP("Commands", "History of the row"), "i", "history"},
    {"table.columns", QT_TRANSLATE_NOOP("Commands", "Choose columns"), "", "columns"},
    {"export.csv", QT_TRANSLATE_NOOP("Commands", "Export the rows in view as CSV"), "", "csv"},
    {"export.json", QT_TRANSLATE_NOOP("Commands", "Export the rows in view as JSON"), "", "json"},
    {"columns.reset", QT_TRANSLATE_NOOP("Commands", "Reset columns"), ""},
    {"table.group", QT_TRANSLATE_NOOP("Commands", "Choose grouping"), "", "group"},
    {"table.clear", QT_TRANSLATE_NOOP("Commands", "Clear all filters"), "", "clear"},
    {"trace.follow", QT_TRANSLATE_NOOP("Commands", "Follow the newest traces"), "f"},
    {"traces.clear", QT_TRANSLATE_NOOP("Commands", "Clear: remove all traces and logs that are not pinned"), "",
     "clear-store"},
    {"traces.own", QT_TRANSLATE_NOOP("Commands", "Show Tracedeck's own traces"), "", "own"},
};

constexpr CommandLine kCommandsInTraces[] = {
    {"move.spanDown", QT_TRANSLATE_NOOP("Commands", "Next span"), "j Down", "", "", false, false},
    {"move.spanUp", QT_TRANSLATE_NOOP("Commands", "Previous span"), "k Up", "", "", false, false},
    {"move.spanFirst", QT_TRANSLATE_NOOP("Commands", "First span"), "g Home", "", "", false, false},
    {"move.spanLast", QT_TRANSLATE_NOOP("Commands", "Last span"), "Shift+G End", "", "", false, false},
    {"move.spanOpen", QT_TRANSLATE_NOOP("Commands", "Open the details of the span"), "Return", "", "", false, false},
    {"find.next", QT_TRANSLATE_NOOP("Commands", "Next match"), "n"},
    {"find.previous", QT_TRANSLATE_NOOP("Commands", "Previous match"), "Shift+N"},
    {"trace.fold", QT_TRANSLATE_NOOP("Commands", "Fold span"), "h Left"},
    {"trace.unfold", QT_TRANSLATE_NOOP("Commands", "Unfold span"), "Right"},
    {"trace.logs", QT_TRANSLATE_NOOP("Commands", "Logs of the trace; on a folded span unfold"), "l", "records"},
    {"trace.keep", QT_TRANSLATE_NOOP("Commands", "Keep this trace: neither age nor Clear removes it"), "", "keep"},
    {"trace.letGo", QT_TRANSLATE_NOOP("Commands", "Let this trace go again"), ""},
    {"trace.copyId", QT_TRANSLATE_NOOP("Commands", "Copy the id of the trace"), ""},
    {"trace.foldAll", QT_TRANSLATE_NOOP("Commands", "Fold all spans"), ""},
    {"trace.unfoldAll", QT_TRANSLATE_NOOP("Commands", "Unfold all spans"), ""},
    {"trace.previousSibling", QT_TRANSLATE_NOOP("Commands", "Previous sibling"), "["},
    {"trace.nextSibling", QT_TRANSLATE_NOOP("Commands", "Next sibling"), "]"},
    {"trace.followNewest", QT_TRANSLATE_NOOP("Commands", "Follow the newest trace"), "f"},
    {"trace.critical", QT_TRANSLATE_NOOP("Commands", "Mark the critical path"), "c", "critical"},
    {"trace.select", QT_TRANSLATE_NOOP("Commands", "Select span; its details open or close"), "Space"},
    {"trace.timeline", QT_TRANSLATE_NOOP("Commands", "Timeline"), "t"},
    {"trace.details", QT_TRANSLATE_NOOP("Commands", "Span details"), "d"},
    {"trace.json", QT_TRANSLATE_NOOP("Commands", "JSON of the trace"), "y"},
    {"error.next", QT_TRANSLATE_NOOP("Commands", "Next error"), "e"},
    {"error.previous", QT_TRANSLATE_NOOP("Commands", "Previous error"), "Shift+E"},
    {"trace.zoomIn", QT_TRANSLATE_NOOP("Commands", "Zoom in"), "+"},
    {"trace.zoomOut", QT_TRANSLATE_NOOP("Commands", "Zoom out"), "-"},
    {"trace.fit", QT_TRANSLATE_NOOP("Commands", "Show the whole trace"), "0"},
};

QString translatedCommand(const char* text)
{
    return QCoreApplication::translate("Commands", text);
}

void appendCommand(std::vector<CommandItem>& table, const CommandLine& line, const QString& section,
                   const QString& scope)
{
    CommandItem item;
    item.id = QString::fromUtf8(line.id);
    item.title = translatedCommand(line.title);
    item.section = section;
    item.scope = scope;
    item.keys = QString::fromUtf8(line.keys).split(u' ', Qt::SkipEmptyParts);
    item.alias = QString::fromUtf8(line.alias);
    item.menu = line.menu[0] == '\0' ? QString() : translatedCommand(line.menu);
    item.checkable = line.checkable;
    item.inPalette = line.inPalette;
    const bool folds = item.id == QStringLiteral("group.collapse") || item.id == QStringLiteral("group.expand");
    item.byView = item.id.startsWith(QStringLiteral("move.")) || item.id.startsWith(QStringLiteral("select.")) || folds
        || item.id == QStringLiteral("row.open") || item.id == QStringLiteral("row.pin");
    table.push_back(std::move(item));
}

std::vector<CommandItem> buildCommandTable()
{
    std::vector<CommandItem> table;
    for (const CommandLine& line : kCommandsEverywhere) {
        appendCommand(table, line, translatedCommand("Everywhere"), {});
    }
    for (const CommandLine& line : kCommandsInTables) {
        appendCommand(table, line, translatedCommand("Tables"), QStringLiteral("table"));
    }
    for (const CommandLine& line : kCommandsInTraces) {
        appendCommand(table, line, translatedCommand("Trace"), QStringLiteral("trace"));
    }
    return table;
}

} // namespace

const std::vector<CommandItem>& commandTable()
{
    static const std::vector<CommandItem> table = buildCommandTable();
    return table;
}

const CommandItem* commandForKey(const QString& scope, const QString& key)
{
    static const QHash<QString, const CommandItem*> bindings = [] {
        QHash<QString, const CommandItem*> found;
        for (const CommandItem& item : commandTable()) {
            for (const QString& bound : item.keys) {
                found.insert(item.scope + u'\n' + bound, &item);
            }
        }
        return found;
    }();
    const CommandItem* own = scope.isEmpty() ? nullptr : bindings.value(scope + u'\n' + key);
    return own != nullptr ? own : bindings.value(u'\n' + key);
}

} // namespace tracedeck
