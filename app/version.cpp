// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/version.h"

namespace tracedeck {

QString versionText()
{
    return QStringLiteral(TRACEDECK_VERSION);
}

} // namespace tracedeck
