// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/table_choice.h"
#include "views/table_layout_state.h"

#include <QJsonObject>

namespace tracedeck {

/// How a table is kept in the settings file. 64-bit keys are hex text, because JSON numbers lose bits.
/// What the object does not name, or names wrongly, stays as in `fallback`.
[[nodiscard]] QJsonObject choiceToJson(const TableChoice& choice);
[[nodiscard]] TableChoice choiceFromJson(const QJsonObject& object, TableChoice fallback);
[[nodiscard]] QJsonObject layoutToJson(const TableLayoutState& layout);
[[nodiscard]] TableLayoutState layoutFromJson(const QJsonObject& object);

} // namespace tracedeck
