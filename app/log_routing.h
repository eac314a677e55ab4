// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace tracedeck {

/// Opens DATA_DIR/tracedeck.log (rotating, secrets masked) and sends Qt's own messages there too; warnings
/// and worse also go to stderr as before. Call once, on the GUI thread.
void routeLog(const QString& dataDir);

} // namespace tracedeck
