// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/connection_spec.h"

#include <QString>
#include <QStringList>
#include <vector>

namespace tracedeck {

class SettingsStore;

/// Names in the settings file of what somebody set up, removed among what was found, and paused of what is not theirs.
inline constexpr char16_t kConnectionListPath[] = u"connections";
inline constexpr char16_t kConnectionsIgnoredPath[] = u"connectionsIgnored";
inline constexpr char16_t kConnectionsPausedPath[] = u"connectionsPaused";

/// The connections that count, the team's first, then the user's, then found ones.
struct ConnectionList {
    std::vector<ConnectionSpec> specs; ///< no id twice
    QStringList ignored; ///< found connections somebody removed
    QStringList paused; ///< connections of the team and found ones that somebody paused
    QStringList problems; ///< sentences about settings that could not be understood
};

/// Reads the settings. Of `found` it takes what is not set up already, by id or address, and was not removed.
[[nodiscard]] ConnectionList readConnections(const SettingsStore& settings, std::vector<ConnectionSpec> found);

} // namespace tracedeck
