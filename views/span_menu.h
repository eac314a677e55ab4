// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPoint>
#include <cstdint>

namespace tracedeck {

class TraceDetailView;

/// The menu of a span of the timeline (a position of its layout): details, folding, its service, copies.
void openSpanMenu(TraceDetailView* trace, std::uint32_t position, const QPoint& globalPosition);

} // namespace tracedeck
