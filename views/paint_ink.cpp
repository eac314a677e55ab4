// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/paint_ink.h"

#include <QColor>
#include <array>
#include <cstddef>

namespace tracedeck {
namespace {

constexpr unsigned kBits = 6;

template <class Ink> const Ink& inkOf(const QColor& color)
{
    struct Entry {
        QColor color;
        Ink ink;
    };
    static std::array<Entry, std::size_t{1} << kBits> entries;
    Entry& entry = entries[(color.rgba() * 0x9E3779B1U) >> (32 - kBits)];
    if (entry.color != color) {
        entry = {color, Ink(color)};
    }
    return entry.ink;
}

} // namespace

const QPen& inkPen(const QColor& color)
{
    return inkOf<QPen>(color);
}

const QBrush& inkBrush(const QColor& color)
{
    return inkOf<QBrush>(color);
}

} // namespace tracedeck
