// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "refresh/source.h"
#include "views/source_badge.h"

namespace tracedeck {

/// Times of a badge when the moment is given by --now: what answered did so just then, and no retry is named.
void pinBadgeTimes(SourceBadge& badge, std::int64_t nowNs);
/// Puts what a source says about itself into the form the status bar shows; id and label stay.
void fillBadge(SourceBadge& badge, const SourceState& state);

} // namespace tracedeck
