// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QSize>
#include <QString>
#include <QStringList>
#include <cstdint>
#include <optional>

namespace tracedeck {

/// The command line, read. `--help` prints what each option means.
struct AppOptions {
    QString screenshotFile;
    QString dumpFile;
    QString page;
    QString query;
    QString theme; ///< "dark", "light", "contrast"; empty = settings
    std::optional<QSize> size;
    int settleMs = 10'000;
    std::optional<std::int64_t> nowNs;
    QString timeZone;
    bool noHold = false;
    QString dataDir; ///< empty = the user's
    QString listen; ///< "HOST:PORT" or "off"; empty = 127.0.0.1:4318
    QString connectUrl;
    QString procRoot;
    std::optional<std::size_t> demoRows; ///< an invented fleet of so many rows instead of real sources
    QString route; ///< tracedeck:// link
    bool check = false; ///< print the diagnosis of every source and end
    bool showVersion = false;
    bool showHelp = false;

    /// A picture or dump is wanted: no display needed, no settings written.
    [[nodiscard]] bool isCapture() const { return !screenshotFile.isEmpty() || !dumpFile.isEmpty(); }
};

/// Reads the arguments without the program name. Fails with a sentence that names the argument.
[[nodiscard]] Result<AppOptions> parseAppOptions(const QStringList& arguments);
[[nodiscard]] QString appOptionsHelp();

} // namespace tracedeck
