// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cell_content.h"
#include "views/course_book.h"

#include <QRectF>

class QPainter;

namespace tracedeck {

/// Draws the content of a table cell into `cell` (the whole cell, padding is the painter's). The
/// background is there already. A metric with a course shows that instead of bar and size.
void paintCell(QPainter& painter, const QRectF& cell, const CellContent& content, const CellCourse& course = {});

/// A short text in a rounded box, vertically centred; returns the width taken.
qreal paintBadge(QPainter& painter, qreal left, const QRectF& cell, QStringView text, const QColor& color);

} // namespace tracedeck
