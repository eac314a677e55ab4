// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>

namespace tracedeck {

/// What a run before left behind when it crashed.
struct CrashReport {
    QString path;
    QString text; ///< at most kLongestCrashReport characters
};

inline constexpr int kLongestCrashReport = 64 * 1024;
inline constexpr int kKeptCrashReports = 5;

/// The newest report nobody has looked at. Removes empty files of processes that are gone (killed, or the
/// power went). O(files in the directory).
[[nodiscard]] std::optional<CrashReport> pendingCrashReport(const QString& dataDir);

/// Puts a report that was looked at into DATA_DIR/crashes, where the newest kKeptCrashReports stay. Returns
/// its new path, empty when it could not be moved.
QString keepCrashReport(const QString& dataDir, const CrashReport& report);

} // namespace tracedeck
