// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/command_item.h"

#include <QWidget>
#include <vector>

namespace tracedeck {

/// `?`: the key map printed over the window, one column per section. Any key or click closes it.
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

private:
    std::vector<CommandItem> m_commands;
};

} // namespace tracedeck
