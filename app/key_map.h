// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/command_item.h"

#include <vector>

namespace tracedeck {

/// Every command with its keys, titles and menu places: the one table behind key dispatch, `?`, menus and
/// the palette. Keys are spelled as views/key_text.h does.
[[nodiscard]] const std::vector<CommandItem>& commandTable();

/// Command bound to `key` in a scope ("table", "trace"); a binding of the scope wins over one that holds
/// everywhere. Null when none; points into commandTable().
[[nodiscard]] const CommandItem* commandForKey(const QString& scope, const QString& key);

} // namespace tracedeck
