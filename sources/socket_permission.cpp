// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/socket_permission.h"

#include <QFileInfo>

namespace tracedeck {

SocketPermission socketPermission(const QString& path)
{
    const QFileInfo file(path);
    SocketPermission out;
    out.there = file.exists() && !file.isFile() && !file.isDir();
    if (out.there) {
        out.allowed = file.isReadable() && file.isWritable();
        out.owner = file.owner();
        out.group = file.group();
        out.groupMay = file.permission(QFileDevice::ReadGroup | QFileDevice::WriteGroup);
    }
    return out;
}

QString permissionCommand(const SocketPermission& permission, const QString& path, const QString& user)
{
    if (!permission.there || permission.allowed) {
        return {};
    }
    if (permission.groupMay && !permission.group.isEmpty() && permission.group != QStringLiteral("root")) {
        return QStringLiteral("sudo usermod -aG %1 %2").arg(permission.group, user);
    }
    return path.contains(QStringLiteral("podman")) ? QStringLiteral("systemctl --user enable --now podman.socket")
                                                   : QStringLiteral("dockerd-rootless-setuptool.sh install");
}

} // namespace tracedeck
