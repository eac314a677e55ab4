// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QString>
#include <vector>

class QListWidget;

namespace tracedeck {

/// A line of a SuggestionPopup.
struct Suggestion {
    QString text;
    QString detail; ///< dimmed, on the right
    bool selectable = true; ///< false: an example to read, not to take
};

/// A list under a text field that keeps the keyboard in the field: it never takes the focus, whoever owns
/// the field moves through it. A child of the window, so it looks and works the same everywhere.
class SuggestionPopup : public QFrame {
    Q_OBJECT

public:
    explicit SuggestionPopup(QWidget* window);

    /// Shows the lines under `anchor`, none of them picked; an empty list closes.
    void open(const std::vector<Suggestion>& suggestions, const QWidget* anchor, const QString& hint);
    void close();
    /// Index of the line that was picked with moveBy(); -1 while nothing was.
    [[nodiscard]] int picked() const { return m_picked; }
    /// Index of the first line that can be taken, -1 when there is none.
    [[nodiscard]] int first() const;
    /// Picks the next (+1) or previous (-1) line that can be taken; stays within the list, and moving up
    /// from the first gives up the pick.
    void moveBy(int step);
    [[nodiscard]] QStringList texts() const;

Q_SIGNALS:
    /// A line was clicked.
    void chosen(int index);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] bool isSelectable(int row) const;
    void placeUnder(const QWidget* anchor);

    QListWidget* m_list;
    QString m_hint;
    int m_picked = -1;
};

} // namespace tracedeck
