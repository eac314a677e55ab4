// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "selectors/query_complete.h"

#include <QObject>
#include <QStringList>
#include <functional>
#include <vector>

namespace tracedeck {

class SearchField;
class SuggestionPopup;

/// Offers completions while a query is typed, and earlier queries on Up in an empty field. The keyboard stays
/// in the field: Up and Down pick, Tab takes the pick (or the first line), Enter takes a pick, Ctrl+Space asks
/// for the list. Enter without a pick goes on to the rows, so typing is never slowed down by the list.
class SearchAssist : public QObject {
    Q_OBJECT

public:
    struct Hooks {
        /// What can stand at a cursor position (characters); places in the answer are bytes.
        std::function<QueryCompletions(const QString& text, int cursor)> completions;
        std::function<QStringList()> history; ///< newest first
    };
    /// `window` carries the popup.
    SearchAssist(SearchField* field, QWidget* window, Hooks hooks);

    [[nodiscard]] bool isOpen() const;
    [[nodiscard]] SuggestionPopup* popup() const { return m_popup; }
    void close();

Q_SIGNALS:
    void openChanged(bool open);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    enum class Mode { Closed, Completing, History };
    void textChanged();
    void openCompletions();
    void openHistory();
    void accept(int index);
    void setMode(Mode mode);
    bool handleKey(int key, Qt::KeyboardModifiers modifiers);

    SearchField* m_field;
    SuggestionPopup* m_popup;
    Hooks m_hooks;
    QueryCompletions m_completions;
    QStringList m_history;
    Mode m_mode = Mode::Closed;
    bool m_accepting = false;
};

} // namespace tracedeck
