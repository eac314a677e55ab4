// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cell_content.h"

namespace tracedeck {

void CellContent::clear(const TableColumn* owner)
{
    kind = CellKind::Text;
    state = CellState::Value;
    severity = Severity::None;
    emphasis = Emphasis::Normal;
    vanished = false;
    hasValue = false;
    hasFraction = false;
    fraction = 0;
    value = 0;
    text.resize(0);
    unit.resize(0);
    secondary.resize(0);
    column = owner;
}

QString CellContent::joinedText() const
{
    if (kind == CellKind::Tags) {
        QString words = text;
        return words.replace(kTagSeparator, QStringLiteral(", "));
    }
    if (unit.isEmpty()) {
        return text;
    }
    return unit == QLatin1Char('%') ? QString(text + unit) : QString(text + QLatin1Char(' ') + unit);
}

} // namespace tracedeck
