// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/command_item.h"

#include <functional>
#include <vector>

class QMenu;

namespace tracedeck {

/// Fills `menu` with the commands that name a sub-menu, in their order; keys are shown, not bound (the key
/// map dispatches them). `run` is called with the command id.
void fillCommandMenu(QMenu* menu, const std::vector<CommandItem>& commands, const std::function<void(QString)>& run);

} // namespace tracedeck
