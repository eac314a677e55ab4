// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QBrush>
#include <QPen>

class QColor;

namespace tracedeck {

/// Solid pen of width 1 and solid brush of a colour, out of the last few used. QPainter::setPen(QColor)
/// allocates twice for every call, and a frame draws a thousand texts in five colours. GUI thread only.
[[nodiscard]] const QPen& inkPen(const QColor& color);
[[nodiscard]] const QBrush& inkBrush(const QColor& color);

} // namespace tracedeck
