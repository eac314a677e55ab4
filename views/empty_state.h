// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace tracedeck {

class FlatButton;

/// What stands where rows would be: why there are none and what to do next, with a button that does it.
class EmptyState : public QWidget {
    Q_OBJECT

public:
    explicit EmptyState(QWidget* parent = nullptr);

    /// An empty `action` hides the button.
    void say(const QString& title, const QString& hint, const QString& action);
    /// A quieter button beside it; empty hides it. say() takes it away.
    void offer(const QString& text);
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    void actionRequested();
    void offerTaken();

protected:
    void changeEvent(QEvent* event) override;

private:
    void applyLooks();

    QLabel* m_title;
    QLabel* m_hint;
    FlatButton* m_action;
    FlatButton* m_offer;
};

} // namespace tracedeck
