// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace tracedeck {

/// The left edge of a panel, to make it wider or narrower with the pointer or, focused, with Left and Right.
class EdgeGrip : public QWidget {
    Q_OBJECT

public:
    explicit EdgeGrip(QWidget* panel);

Q_SIGNALS:
    /// Wanted change of the panel's width in pixels; positive = wider.
    void dragged(int wider);
    /// The pointer let go, or a key was pressed.
    void released();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    double m_from = 0;
    bool m_dragging = false;
};

} // namespace tracedeck
