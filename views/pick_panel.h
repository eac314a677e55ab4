// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/suggestion_popup.h"

#include <QFrame>
#include <QString>
#include <vector>

class QLabel;
class QLineEdit;
class QListWidget;

namespace tracedeck {

/// A question with a text field and a list of answers, over the upper part of the window: find a row, name
/// a view. Typing asks for new lines, Enter takes the picked one (or the text when no line is), Esc and a
/// click elsewhere close. A child of the window, not a window of its own, so it works the same everywhere.
class PickPanel : public QFrame {
    Q_OBJECT

public:
    explicit PickPanel(QWidget* window);

    /// Opens with `text` selected in the field. `needsLine` = a text alone is no answer.
    void open(const QString& title, const QString& placeholder, const QString& text, bool needsLine);
    /// Lines for the text typed, best first. `nothing` is said when there are none.
    void setLines(const std::vector<Suggestion>& lines, const QString& nothing = {});
    void close();
    [[nodiscard]] QString text() const;
    [[nodiscard]] QStringList texts() const;
    [[nodiscard]] QString title() const;

Q_SIGNALS:
    void textChanged(const QString& text);
    /// `line` is -1 when the text itself is the answer. The panel is closed by then.
    void chosen(int line, const QString& text);
    void closed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void choose();

    QLabel* m_title;
    QLineEdit* m_input;
    QListWidget* m_list;
    QLabel* m_nothing;
    bool m_needsLine = true;
};

} // namespace tracedeck
