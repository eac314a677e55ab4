// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <vector>

namespace tracedeck {

/// One line of a details panel: a name and what is known about it.
struct Fact {
    QString name;
    QString value; ///< shown and copied; an en dash when unknown
    QString note; ///< dimmed behind the value ("of 3 CPUs"); may be empty
    QString link; ///< tracedeck:// target; may be empty
    bool mono = false; ///< name and value are identifiers
    bool secret = false; ///< masked until revealed, also in copies
    bool bad = false; ///< an error
};

using Facts = std::vector<Fact>;

/// "•••" for a secret, else the value.
[[nodiscard]] inline QString shownValue(const Fact& fact, bool revealed)
{
    return fact.secret && !revealed ? QStringLiteral("\u2022\u2022\u2022") : fact.value;
}

} // namespace tracedeck
