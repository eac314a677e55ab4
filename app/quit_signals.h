// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QCoreApplication;

namespace tracedeck {

/// Makes SIGTERM and SIGINT end the program the way closing its window does: settings written, store
/// checkpointed and marked clean. Call once, right after the application object exists. A second signal of
/// the same kind ends the process at once. Without a socket pair (no file descriptors left) the signals
/// keep their default.
void quitOnSignals(QCoreApplication& application);

} // namespace tracedeck
