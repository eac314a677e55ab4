// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace tracedeck {

/// What an administrator set for everybody on this machine: defaults, and keys that cannot be changed.
struct TeamSettings {
    QJsonObject values; ///< as in the settings file
    QStringList locked; ///< dotted paths; a path also locks what is below it
    QString problem; ///< why the file could not be read, as a sentence; empty = fine or not there
};

/// Reads a settings.toml: tables and arrays become objects and arrays, `locked = ["appearance.theme"]`
/// names the locked keys. A file that does not parse gives nothing but the problem with its line.
[[nodiscard]] TeamSettings readTeamSettings(const QString& path);
/// The first tracedeck/settings.toml of XDG_CONFIG_DIRS (/etc/xdg when unset); empty = there is none.
[[nodiscard]] QString teamSettingsPath();

} // namespace tracedeck
