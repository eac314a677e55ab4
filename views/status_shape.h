// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/roles.h"

#include <QColor>
#include <QPointF>

class QPainter;

namespace tracedeck {

/// Status is said by shape and colour (and, beside it, a word): circle = fine, diamond = warning, square =
/// critical, ring = unknown. Draws it about 8 px wide around `center`; None draws nothing.
void paintStatusShape(QPainter& painter, QPointF center, Severity severity, qreal size = 8.0);

/// Text and shape colour of a severity in the theme in use.
[[nodiscard]] QColor severityColor(Severity severity);

} // namespace tracedeck
