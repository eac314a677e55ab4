// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/query.h"
#include "selectors/query_complete.h"

#include <QString>
#include <QUrlQuery>
#include <QVariant>
#include <QWidget>
#include <vector>

namespace tracedeck {

/// What a page thinks of the text in the search field, at every keystroke.
struct QueryFeedback {
    std::vector<QueryToken> tokens; ///< byte positions in the UTF-8 text
    QString error; ///< user sentence with the position, empty when fine
    TextSpan errorAt; ///< bytes; empty span when there is no place
};

/// One cell and one row of --dump. `value` is the number behind the text, NaN-free; absent when unknown.
struct DumpCell {
    QString column;
    QString text;
    QVariant value;
    QString unit;
};
struct DumpRow {
    bool group = false;
    quint64 key = 0;
    std::vector<DumpCell> cells;
};
struct PageDump {
    QStringList columns;
    std::vector<DumpRow> rows;
    quint64 shown = 0;
    quint64 total = 0;
};

/// One page of the main window. Pages read models and say what the user wants; they never fetch.
class Page : public QWidget {
    Q_OBJECT

public:
    explicit Page(QWidget* parent = nullptr) : QWidget(parent) { }

    /// Stable id, used in links and settings: "infrastructure", "workloads", "traces".
    [[nodiscard]] virtual QString pageId() const = 0;
    /// Name in the rail, translated.
    [[nodiscard]] virtual QString title() const = 0;
    /// Which column of the key map holds here besides "everywhere": "table" or "trace".
    [[nodiscard]] virtual QString keyScope() const { return QStringLiteral("table"); }
    /// Name of the icon in the rail (resources/icons).
    [[nodiscard]] virtual QString iconName() const { return pageId(); }
    /// Count behind the name in the rail; empty = none.
    [[nodiscard]] virtual QString countText() const { return {}; }
    /// What the empty search field says.
    [[nodiscard]] virtual QString searchHint() const = 0;

    [[nodiscard]] virtual QString queryText() const { return {}; }
    /// Takes over the text and answers at once; the table keeps its last good result on an error.
    virtual QueryFeedback setQueryText(const QString& text) = 0;

    /// What can stand at a cursor position (characters) of the query. Places in the answer are bytes.
    [[nodiscard]] virtual QueryCompletions completions(const QString&, int) const { return {}; }

    /// Everything a link or Back needs to bring this page back as it is (query under "q").
    [[nodiscard]] virtual QUrlQuery routeState() const { return {}; }
    virtual void restoreRouteState(const QUrlQuery& state) = 0;

    /// Runs a command of the key map ("table.problems", "trace.zoomIn"…). False = not one of mine.
    virtual bool runCommand(const QString& commandId) = 0;

    /// Esc: closes the topmost thing that is open (popup, drawer, filter). False = nothing was open.
    virtual bool peel() = 0;

    /// Gives the keyboard to the main part of the page.
    virtual void focusContent() { setFocus(Qt::OtherFocusReason); }

    /// What is missing before the page counts as settled (for --screenshot, --dump); empty = settled.
    [[nodiscard]] virtual QStringList missing() const { return {}; }
    [[nodiscard]] virtual PageDump dump() const = 0;

Q_SIGNALS:
    /// title, count or query changed from inside.
    void pageChanged();
    /// The user went somewhere worth a Back entry (drawer opened, other view).
    void routeChanged();
    /// A link inside the page was activated: "tracedeck://traces?q=…".
    void linkActivated(const QString& link);
    /// A button of the page stands for a command of the key map.
    void commandRequested(const QString& commandId);
    /// One line of feedback for the fixed notice place.
    void noticed(const QString& text);
};

} // namespace tracedeck
