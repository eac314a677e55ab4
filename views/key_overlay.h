// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/command_item.h"

#include <QPointer>
#include <QWidget>
#include <vector>

namespace tracedeck {

/// `?`: the key map printed over the window. A key that the place at hand gives another meaning is printed with that
/// one only. Any key or click closes it and gives the keyboard back to who had it.
class KeyOverlay : public QWidget {
    Q_OBJECT

public:
    explicit KeyOverlay(QWidget* window);

    void open(std::vector<CommandItem> commands);
    /// Every text line drawn, for tests and screen readers.
    [[nodiscard]] QStringList lines() const;

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    /// Where each command is printed, column by column, with lines of this height. A line above each section.
    struct Place {
        int column = 0;
        int top = 0; ///< from the first line of a column
        bool heads = false; ///< its section is printed above it
    };
    [[nodiscard]] std::vector<Place> places(int lineHeight, int columnHeight) const;

    QPointer<QWidget> m_before; ///< who had the keyboard
    std::vector<CommandItem> m_commands;
};

} // namespace tracedeck
