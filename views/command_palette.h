// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/command_item.h"

#include <QFrame>
#include <vector>

class QLineEdit;
class QListWidget;

namespace tracedeck {

/// Ctrl+K: type a few letters of a command, Enter runs it. ":" in front searches the short names
/// (":pods"). A child of the window, not a window of its own, so it works the same everywhere.
class CommandPalette : public QFrame {
    Q_OBJECT

public:
    explicit CommandPalette(QWidget* window);

    void setCommands(std::vector<CommandItem> commands);
    /// Opens centred near the top of the window with `text` typed.
    void open(const QString& text);
    void close();
    /// Ids listed at the moment, best first.
    [[nodiscard]] QStringList listedIds() const;

Q_SIGNALS:
    void chosen(const QString& commandId);
    void closed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void refill(const QString& text);
    void choose();

    std::vector<CommandItem> m_commands;
    QLineEdit* m_input;
    QListWidget* m_list;
};

} // namespace tracedeck
