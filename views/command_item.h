// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace tracedeck {

/// A command as menus, the palette and the key overlay show it. The handler lives with the application.
struct CommandItem {
    QString id; ///< "go.infrastructure", "table.problems"
    QString title; ///< translated
    QString section; ///< translated heading: "Everywhere", "Tables", "Trace", "Go to"
    QString scope; ///< "" = everywhere, else "table" or "trace"
    QStringList keys; ///< portable texts: "Ctrl+K", ":", "Shift+N"; the first is shown in menus
    QString alias; ///< what follows ":" in the palette, e.g. "pods"; may be empty
    QString menu; ///< translated sub-menu it stands in, empty = in none
    bool inPalette = true;
    bool byView = false; ///< the key goes to the content of the page, which acts on it itself
    bool checkable = false;
    bool checked = false;
};

} // namespace tracedeck
