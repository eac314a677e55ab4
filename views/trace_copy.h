// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <functional>

namespace tracedeck {

class TraceDetailView;

/// The copy commands of the key map on an open trace: the chosen events where these are shown, else the
/// chosen span with everything known about it. False for other commands. `copied` gets what to say.
bool runTraceCopyCommand(TraceDetailView* trace, const QString& commandId, const std::function<void(QString)>& copied);

} // namespace tracedeck
