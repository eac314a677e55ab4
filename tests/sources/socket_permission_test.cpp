// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/socket_permission.h"

#include "fake_engine.h"

#include <QDir>
#include <gtest/gtest.h>

namespace tracedeck {
namespace {

const QString kDocker = QStringLiteral("/run/docker.sock");
const QString kPodman = QStringLiteral("/run/podman/podman.sock");

SocketPermission deniedTo(const char* group, bool groupMay)
{
    return {true, false, QStringLiteral("root"), QString::fromUtf8(group), groupMay};
}

QString command(const SocketPermission& permission, const QString& path = kDocker)
{
    return permissionCommand(permission, path, QStringLiteral("ada"));
}

TEST(SocketPermission, JoiningTheGroupHelpsWhereTheGroupMay)
{
    EXPECT_EQ(command(deniedTo("docker", true)), QStringLiteral("sudo usermod -aG docker ada"));
}

TEST(SocketPermission, ElseAnEngineOfOnesOwnDoes)
{
    EXPECT_EQ(command(deniedTo("root", true)), QStringLiteral("dockerd-rootless-setuptool.sh install"))
        << "nobody should join root";
    EXPECT_EQ(command(deniedTo("docker", false)), QStringLiteral("dockerd-rootless-setuptool.sh install"));
    EXPECT_EQ(command(deniedTo("root", false), kPodman), QStringLiteral("systemctl --user enable --now podman.socket"));
}

TEST(SocketPermission, NothingIsNeededWhereNothingIsWrong)
{
    const test::FakeEngine engine([](const std::string&) { return test::EngineAnswer(); });
    const SocketPermission mine = socketPermission(QString::fromStdString(engine.path()));
    EXPECT_TRUE(mine.there && mine.allowed);
    EXPECT_FALSE(mine.owner.isEmpty());
    EXPECT_EQ(command(mine), QString());
    EXPECT_EQ(command({}), QString());
    EXPECT_EQ(socketPermission(QStringLiteral("/nonexistent/x.sock")), SocketPermission());
    EXPECT_FALSE(socketPermission(QDir::tempPath()).there) << "a folder";
}

} // namespace
} // namespace tracedeck
