// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/command_item.h"
#include "views/page.h"
#include "views/source_badge.h"

#include <QWidget>
#include <functional>
#include <vector>

class QMenu;
class QStackedWidget;

namespace tracedeck {

class CommandPalette;
class KeyOverlay;
class LeftRail;
class QueryErrorStrip;
class SearchAssist;
class SearchField;
class StatusStrip;
class TopBar;

/// What the window asks the application, besides the signals.
struct MainWindowHooks {
    std::function<std::int64_t()> clock; ///< ns since the Unix epoch
    std::function<std::vector<CommandItem>()> commands; ///< all commands with their present checked state
    /// Command bound to a key in a scope; null = none. `key` is a portable key text, see keyText().
    std::function<const CommandItem*(const QString& scope, const QString& key)> resolveKey;
    /// Opens what pasted text names; false when it names nothing. Null = nothing is opened.
    std::function<bool(const QString& text)> openPasted;
    std::function<QStringList(const QString& pageId)> queryHistory; ///< newest first; null = none is kept
};

/// A page that need not be there yet: what the rail shows of it, and who makes it.
struct LatePage {
    QString id;
    QString title;
    QString icon;
    QString keys; ///< as for addPage()
    std::function<Page*()> build; ///< called once; the window takes the page over
};

/// The window: rail, top bar, pages, status strip, palette and key overlay. It routes keys and the query
/// line to the page shown and says what the user wants; it knows no source.
class MainWindow : public QWidget {
    Q_OBJECT

public:
    explicit MainWindow(MainWindowHooks hooks, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// Takes the page over. Pages stand in the rail in the order they are added.
    void addPage(Page* page, const QString& keys);
    /// Keeps a place in the rail for a page that is built when somebody first asks for it: what nobody looks at
    /// does not delay the first frame.
    void addLatePage(LatePage page);
    /// Null when there is no page of that id; builds it when it is a late one.
    [[nodiscard]] Page* page(const QString& id);
    [[nodiscard]] Page* currentPage() const;
    void showPage(const QString& id);

    void setSources(const std::vector<SourceBadge>& badges);
    /// Words behind the title that say what kind of window this is ("Demo data"); empty = none.
    void setMark(const QString& text);
    void setUpdated(std::int64_t ns, bool push);
    void notice(const QString& text);
    void openPalette(const QString& text);
    void openKeyOverlay();
    void openMenu();
    void focusSearch();
    /// Puts a query into the field of the page shown, as if it had been typed.
    void typeQuery(const QString& text);
    /// A panel over the pages that has the keyboard while it is visible and closes itself on Esc.
    void addLayer(QWidget* layer) { m_layers.push_back(layer); }
    /// The menu behind "Saved views"; filled by the application when it is about to show.
    [[nodiscard]] QMenu* viewsMenu() const;
    /// A panel between the pages and the status bar, hidden until its owner shows it. Takes it over.
    void addFootPanel(QWidget* panel);
    /// Esc: closes the topmost open thing. False when there was nothing and the application should go back.
    bool peel();

Q_SIGNALS:
    void commandRequested(const QString& commandId);
    void pageRequested(const QString& pageId);
    void linkActivated(const QString& link);
    /// A query that fits was left for its rows: worth remembering.
    void queryUsed(const QString& pageId, const QString& text);
    /// A page says its state is worth a Back entry.
    void routeChanged();
    void sourceActivated(const QString& id);
    void closing();
    /// Once a second while the window is visible.
    void ticked();
    /// The window was shown or hidden (minimised counts as hidden).
    void visibilityChanged(bool visible);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void adopt(Page* page);
    void queryEdited(const QString& text);
    void showQueryOf(Page* page);
    void buildSearch();
    void showQueryError();
    void leaveSearch();
    [[nodiscard]] SearchField* fieldInReach() const;
    void markFieldInReach();
    void layoutRail();
    bool dispatchKey(QWidget* target, QKeyEvent& event);
    [[nodiscard]] bool isCovered() const;
    bool offerPaste(QWidget* target, const QKeyEvent& event);
    bool passToContent(QWidget* target, QKeyEvent& event);

    MainWindowHooks m_hooks;
    TopBar* m_topBar;
    LeftRail* m_rail;
    QStackedWidget* m_pages;
    std::vector<LatePage> m_latePages; ///< those that nobody asked for yet
    StatusStrip* m_status;
    CommandPalette* m_palette;
    KeyOverlay* m_overlay;
    QueryErrorStrip* m_queryError;
    SearchAssist* m_assist = nullptr;
    QMenu* m_menu;
    QString m_mark; ///< part of the title
    std::vector<QWidget*> m_layers;
    bool m_passing = false; ///< a key is on its way to the content
};

} // namespace tracedeck
