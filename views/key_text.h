// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QKeyEvent;

namespace tracedeck {

/// The one spelling of a key in the key map: "Ctrl+K", "Alt+Left", "Shift+N", "j", "?", "+", "Space", "F12".
/// Printable characters are spelled by what they type, so the map works on every keyboard layout; letters
/// typed with Shift are "Shift+X". Empty for modifiers alone.
[[nodiscard]] QString keyText(const QKeyEvent& event);

} // namespace tracedeck
