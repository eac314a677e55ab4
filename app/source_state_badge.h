// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "refresh/source.h"
#include "views/source_badge.h"

namespace tracedeck {

/// Puts what a source says about itself into the form the status bar shows; id and label stay.
void fillBadge(SourceBadge& badge, const SourceState& state);

} // namespace tracedeck
