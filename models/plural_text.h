// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/number_format.h"

#include <QString>
#include <cstdint>

namespace tracedeck {

/// "1 span", "4,812 spans": the number with the word that fits it. The program ships without an English
/// translation file, which is where Qt would look for the singular.
[[nodiscard]] inline QString pluralText(std::uint64_t count, const QString& one, const QString& many)
{
    return QString::fromStdString(formatCount(count)) + QChar(u' ') + (count == 1 ? one : many);
}

} // namespace tracedeck
