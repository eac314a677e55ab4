// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace tracedeck {

/// Whether this user may use an engine's socket, and what helps if not.
struct SocketPermission {
    bool there = false;
    bool allowed = false;
    QString owner; ///< "root"
    QString group; ///< "docker"
    bool groupMay = false; ///< the rights let the group in
    bool operator==(const SocketPermission&) const = default;
};

/// Looks at the file, connects to nothing. Folders, files and links to nowhere are not there.
[[nodiscard]] SocketPermission socketPermission(const QString& path);

/// The command that gives `user` the right to a socket that is there and not allowed: joining its group where
/// that helps and is not root's, else an engine that runs as the user. To be copied; nothing runs it.
[[nodiscard]] QString permissionCommand(const SocketPermission& permission, const QString& path, const QString& user);

} // namespace tracedeck
