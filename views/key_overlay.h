// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/command_item.h"

#include <QPointer>
#include <QWidget>
#include <vector>

namespace tracedeck {

/// `?`: the key map printed over the window. A key that the place at hand gives another meaning is printed with that
/// one only. What a small window has no room for is scrolled to, by wheel and arrows; any other key or click closes it
/// and gives the keyboard back to who had it.
class KeyOverlay : public QWidget {
    Q_OBJECT

public:
    explicit KeyOverlay(QWidget* window);

    void open(std::vector<CommandItem> commands);
    /// Every text line drawn, for tests and screen readers.
    [[nodiscard]] QStringList lines() const;
    /// Whether there is more than the window shows.
    [[nodiscard]] bool isScrolled() const { return layOut().height > listArea().height(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    /// Where each command is printed, column by column, with lines of this height. A line above each section.
    struct Place {
        int column = 0;
        int top = 0; ///< from the first line of a column
        bool heads = false; ///< its section is printed above it
    };
    [[nodiscard]] std::vector<Place> places(int lineHeight, int columnHeight) const;
    struct Layout {
        std::vector<Place> placed; ///< by command
        int lineHeight = 0;
        int keysWidth = 0;
        int columnWidth = 0;
        int height = 0; ///< of the longest column; may be more than there is room for
    };
    [[nodiscard]] Layout layOut() const;
    [[nodiscard]] QRect listArea() const;
    void paintLines(QPainter& painter, const Layout& all) const;
    void scrollBy(int pixels);

    QPointer<QWidget> m_before; ///< who had the keyboard
    std::vector<CommandItem> m_commands;
    int m_offset = 0; ///< pixels the lines are scrolled up
};

} // namespace tracedeck
