// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/roles.h"

#include <QString>
#include <vector>

namespace tracedeck {

/// A connection as its form shows it. The token stands here only while the form is open.
struct ConnectionDraft {
    QString id; ///< empty = a new one
    QString kind; ///< "docker", "podman", "pulse"; empty = not known yet, Test finds out
    QString label;
    QString address;
    QString token; ///< empty = leave the kept one alone
    QString caFile;
    QString fingerprint;
    QString clientCertFile;
    QString clientKeyFile;
    QString proxy; ///< empty = the system's, "none", or an address
    QString tokenCommand; ///< command line that prints the token, in place of a token
    QString openWith; ///< command line of "open in", blanks separate arguments
    bool locked = false;
};

/// One connection in the list.
struct ConnectionRow {
    QString id;
    QString label;
    QString address;
    QString state; ///< "2 s ago", "failed: …"
    QString origin; ///< "found on this machine", "set up by your team"; empty = by you
    Severity severity = Severity::None;
    bool paused = false;
    bool locked = false;
};

/// One line of a diagnosis.
struct DiagnosisLine {
    QString name;
    QString text;
    Severity severity = Severity::Ok;
    QString command{}; ///< for a terminal, shown below the text with a button that copies it
};

/// What Test found.
struct Diagnosis {
    std::vector<DiagnosisLine> lines;
    QString kind;
    QString address; ///< to be saved in place of what was typed; empty = leave it
    QString fingerprint; ///< of the certificate shown by the other side
    QString certificate;
    bool offersPin = false; ///< the certificate is not trusted, or not the pinned one
    bool certificateChanged = false;
    bool needsToken = false;
    bool passed = false;
};

} // namespace tracedeck
