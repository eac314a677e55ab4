// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/connection_spec.h"
#include "app/settings_store.h"
#include "app/team_settings.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QLocalServer>
#include <QTemporaryDir>
#include <gtest/gtest.h>

namespace tracedeck {
namespace {

QJsonObject object(const char* kind, const char* address)
{
    return {{QStringLiteral("kind"), QString::fromUtf8(kind)}, {QStringLiteral("address"), QString::fromUtf8(address)}};
}

void writeFile(const QString& path, const QByteArray& text)
{
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(text);
}

TEST(ConnectionSpec, ComesBackFromSettingsAsItWas)
{
    ConnectionSpec spec;
    spec.id = QStringLiteral("pulse:home");
    spec.kind = ConnectionKind::Pulse;
    spec.label = QStringLiteral("Home");
    spec.address = QStringLiteral("https://pulse.example.org:7655/base");
    spec.trust = {QStringLiteral("/ca.pem"), QStringLiteral("AA:BB"), QStringLiteral("/c.pem"),
                  QStringLiteral("/k.pem")};
    spec.tokenCommand = {QStringLiteral("pass"), QStringLiteral("show pulse")};
    spec.proxy = QStringLiteral("socks5://proxy:1080");
    spec.openWith = {QStringLiteral("xdg-open"), QStringLiteral("https://x/{name}")};
    spec.paused = true;
    const Result<ConnectionSpec> back = connectionFromJson(connectionToJson(spec));
    ASSERT_TRUE(back.ok());
    EXPECT_EQ(*back, spec);
}

TEST(ConnectionSpec, WhatIsMissingOrWrongIsNamed)
{
    const auto problem = [](const QJsonObject& json) {
        const Result<ConnectionSpec> spec = connectionFromJson(json);
        return spec.ok() ? std::string() : spec.error().what;
    };
    EXPECT_NE(problem({}).find("kind"), std::string::npos);
    EXPECT_NE(problem(object("docker", "")).find("address"), std::string::npos);
    EXPECT_NE(problem(object("docker", "ssh://host")).find("address"), std::string::npos);
    EXPECT_NE(problem(object("pulse", "/run/docker.sock")).find("address"), std::string::npos);
    EXPECT_NE(problem(object("pulse", "https://me:secret@host")).find("password"), std::string::npos);
    QJsonObject proxied = object("pulse", "https://host");
    proxied.insert(QStringLiteral("proxy"), QStringLiteral("http://me:secret@proxy:1"));
    EXPECT_NE(problem(proxied).find("\"proxy\""), std::string::npos);
    EXPECT_EQ(problem(object("podman", "/run/podman/podman.sock")), "");
    EXPECT_EQ(connectionFromJson(object("docker", "tcp://h:2376"))->id, QStringLiteral("docker:tcp://h:2376"));
}

TEST(ConnectionSpec, LabelsAreMadeOfKindAndHost)
{
    ConnectionSpec spec;
    spec.address = QStringLiteral("https://web1:2376");
    EXPECT_EQ(spec.shownLabel(), QStringLiteral("Docker on web1"));
    spec.address = QStringLiteral("unix:///run/docker.sock");
    EXPECT_EQ(spec.shownLabel(), QStringLiteral("Docker"));
}

TEST(LocalEngines, AreTheSocketsThatMayBeUsedEachOnce)
{
    const QTemporaryDir root;
    const auto none = [](const char*) { return QString(); };
    EXPECT_TRUE(localEngineConnections(none, root.path()).empty());
    ASSERT_TRUE(QDir(root.path()).mkpath(QStringLiteral("run/podman")));
    QLocalServer docker;
    QLocalServer podman;
    ASSERT_TRUE(docker.listen(root.path() + QStringLiteral("/run/docker.sock")));
    ASSERT_TRUE(podman.listen(root.path() + QStringLiteral("/run/podman/podman.sock")));
    const auto found = localEngineConnections(
        [](const char* name) {
            return qstrcmp(name, "DOCKER_HOST") == 0 ? QStringLiteral("unix:///run/docker.sock") : QString();
        },
        root.path());
    ASSERT_EQ(found.size(), 2U) << "named and found is the same one";
    EXPECT_EQ(found[0].id, QStringLiteral("docker:local"));
    EXPECT_EQ(found[1].kind, ConnectionKind::Podman);
    EXPECT_TRUE(found[1].found);
    writeFile(root.path() + QStringLiteral("/run/fake.sock"), "no socket");
    EXPECT_TRUE(localEngineConnections(
                    [](const char* name) {
                        return qstrcmp(name, "DOCKER_HOST") == 0 ? QStringLiteral("unix:///run/fake.sock") : QString();
                    },
                    root.path())
                    .size()
                == 2U);
}

TEST(LocalEngines, ThoseThatNeedARightAreToldApart)
{
    const QTemporaryDir root;
    ASSERT_TRUE(QDir(root.path()).mkpath(QStringLiteral("run/podman")));
    QLocalServer docker;
    QLocalServer podman;
    ASSERT_TRUE(docker.listen(root.path() + QStringLiteral("/run/docker.sock")));
    ASSERT_TRUE(podman.listen(root.path() + QStringLiteral("/run/podman/podman.sock")));
    const LocalEngines engines =
        localEngines([](const char*) { return QString(); }, root.path(),
                     [](const QString& path) { return !path.contains(QStringLiteral("podman")); });
    ASSERT_EQ(engines.usable.size(), 1U);
    ASSERT_EQ(engines.denied.size(), 1U);
    EXPECT_EQ(engines.denied[0].kind, ConnectionKind::Podman);
}

TEST(TeamSettings, GiveDefaultsAndLocks)
{
    const QTemporaryDir folder;
    const QString path = folder.path() + QStringLiteral("/settings.toml");
    writeFile(path, R"(locked = ["appearance.theme", "refresh"]
[appearance]
theme = "light"
textScale = 1.25
[refresh]
auto = false
[[connections]]
kind = "pulse"
address = "https://pulse.example.org"
token_command = ["pass", "show pulse"]
)");
    SettingsStore store(folder.path() + QStringLiteral("/settings.json"));
    store.setValue(QStringLiteral("appearance.theme"), QStringLiteral("dark"));
    store.setTeam(readTeamSettings(path));
    EXPECT_EQ(store.notice(), QString());
    EXPECT_EQ(store.value(QStringLiteral("appearance.theme")).toString(), QStringLiteral("light")) << "locked";
    EXPECT_EQ(store.value(QStringLiteral("appearance.textScale")).toDouble(), 1.25) << "a default";
    store.setValue(QStringLiteral("appearance.textScale"), 2.0);
    EXPECT_EQ(store.value(QStringLiteral("appearance.textScale")).toDouble(), 2.0);
    store.setValue(QStringLiteral("refresh.auto"), true);
    EXPECT_FALSE(store.value(QStringLiteral("refresh.auto")).toBool()) << "what is below a locked key is locked too";
    const Result<ConnectionSpec> spec =
        connectionFromJson(store.teamValue(QStringLiteral("connections")).toArray().at(0).toObject());
    ASSERT_TRUE(spec.ok());
    EXPECT_EQ(spec->tokenCommand.size(), 2);
    ASSERT_TRUE(store.save().ok());
    QFile written(folder.path() + QStringLiteral("/settings.json"));
    ASSERT_TRUE(written.open(QIODevice::ReadOnly));
    EXPECT_FALSE(written.readAll().contains("pulse.example.org")) << "the team's values are not the user's";
}

TEST(TeamSettings, AFileThatDoesNotParseSaysWhere)
{
    const QTemporaryDir folder;
    const QString path = folder.path() + QStringLiteral("/settings.toml");
    writeFile(path, "[appearance]\ntheme = \n");
    const TeamSettings team = readTeamSettings(path);
    EXPECT_TRUE(team.values.isEmpty());
    EXPECT_TRUE(team.problem.contains(QStringLiteral("line 2"))) << team.problem.toStdString();
    EXPECT_TRUE(readTeamSettings(QStringLiteral("/nonexistent/x.toml")).problem.isEmpty());
}

} // namespace
} // namespace tracedeck
