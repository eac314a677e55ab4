// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/connection_spec.h"
#include "refresh/poll_engine.h"
#include "sources/connection_probe.h"
#include "views/connection_draft.h"

#include <functional>

class QObject;
class QThread;

namespace tracedeck {

class SecretStore;

/// Tries a connection on the I/O thread; `done` comes on the thread of `context`, once, unless it died.
void probeConnection(QThread& ioThread, const ProbeRequest& request, QObject* context,
                     std::function<void(const ProbeReport&)> done);

/// A report as the form shows it.
[[nodiscard]] Diagnosis diagnosisOf(const ProbeReport& report);
/// The same as lines of text: "Address      ok      unix:///run/docker.sock".
[[nodiscard]] QStringList diagnosisLines(const ProbeReport& report);
/// What of a token's connection may be tried: address, trust, and the token given.
[[nodiscard]] ProbeRequest probeRequestOf(const ConnectionSpec& spec, const QString& token);

/// The token of a connection: of its command (run without a shell, 5 s at most) or of the secret store.
void readToken(const ConnectionSpec& spec, SecretStore& secrets, QObject* context,
               std::function<void(Result<QString>)> done);

/// Everything about the sources for a bug report, without secrets: version, connections, their states.
[[nodiscard]] QString diagnosticsText(const std::vector<ConnectionSpec>& specs, const std::vector<SourceStatus>& states,
                                      const QString& secretPlace);

} // namespace tracedeck
