// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QIcon>
#include <QPixmap>
#include <QStringView>

namespace tracedeck {

/// An icon of resources/icons in one colour, `size` device-independent pixels wide and high, sharp at
/// `devicePixelRatio`. Kept in a cache; an unknown name gives a null pixmap.
[[nodiscard]] QPixmap iconPixmap(QStringView name, const QColor& color, int size, qreal devicePixelRatio);

/// The mark of the application, for window and about box.
[[nodiscard]] QIcon applicationIcon();

} // namespace tracedeck
