// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace tracedeck {

class FlatButton;

/// One line above a list that says what the list shows and why, with at most one thing to do about it and
/// a cross to put it away.
class NoteStrip : public QWidget {
    Q_OBJECT

public:
    explicit NoteStrip(QWidget* parent = nullptr);

    /// An empty `action` hides its button. `strong` is drawn in the text colour, `rest` dimmed behind it.
    void say(const QString& strong, const QString& rest, const QString& action, bool dismissable);
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    void actionRequested();
    void dismissed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void applyLooks();

    QLabel* m_strong;
    QLabel* m_rest;
    FlatButton* m_action;
    FlatButton* m_cross;
};

} // namespace tracedeck
