// SPDX-License-Identifier: GPL-3.0-or-later
// --check: every connection is tried and named, none of its secrets is printed.
#include "app/secret_store.h"
#include "app/settings_store.h"
#include "app/source_check.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

class SourceCheckTest : public testing::Test {
protected:
    /// The outcome of checking these connections.
    int check(const QJsonArray& connections, std::vector<ConnectionSpec> engines = {})
    {
        m_settings.setValue(QStringLiteral("connections"), connections);
        m_said.clear();
        SourceCheck run(m_settings, m_secrets, [this](const QString& line) { m_said.append(line); });
        QSignalSpy finished(&run, &SourceCheck::finished);
        run.start(std::move(engines));
        if (finished.isEmpty() && !finished.wait(20'000)) {
            return -1;
        }
        return finished.first().first().toInt();
    }
    static QJsonObject socketAt(const QString& path)
    {
        return {{QStringLiteral("id"), QStringLiteral("docker:test")},
                {QStringLiteral("kind"), QStringLiteral("docker")},
                {QStringLiteral("label"), QStringLiteral("Test engine")},
                {QStringLiteral("address"), QString(QStringLiteral("unix://") + path)}};
    }
    [[nodiscard]] ConnectionSpec foundAt(const QString& id, const QString& path) const
    {
        ConnectionSpec spec;
        spec.id = id;
        spec.label = id;
        spec.address = QStringLiteral("unix://") + m_folder.filePath(path);
        spec.found = true;
        return spec;
    }
    [[nodiscard]] QString said() const { return m_said.join(u'\n'); }

    QTemporaryDir m_folder;
    SettingsStore m_settings{QString()};
    SecretStore m_secrets{m_folder.filePath(QStringLiteral("secrets.json")), false};
    QStringList m_said;
};

} // namespace

TEST_F(SourceCheckTest, NothingSetUpIsSaidAndIsNoFailure)
{
    EXPECT_EQ(check({}), 0);
    ASSERT_EQ(m_said.size(), 1);
    EXPECT_TRUE(m_said.first().startsWith(QStringLiteral("No connection is set up")));
}

TEST_F(SourceCheckTest, WhatCannotBeReadIsNamedAndFails)
{
    EXPECT_EQ(check({QJsonObject{{QStringLiteral("id"), QStringLiteral("x")}}}), 1);
    EXPECT_FALSE(said().isEmpty());
}

TEST_F(SourceCheckTest, NobodyAtASocketFailsWithItsName)
{
    EXPECT_EQ(check({socketAt(m_folder.filePath(QStringLiteral("nobody.sock")))}), 1);
    EXPECT_TRUE(m_said.first().contains(QStringLiteral("Test engine")));
    EXPECT_TRUE(m_said.value(1).startsWith(QStringLiteral("  "))) << "its diagnosis stands below it";
}

TEST_F(SourceCheckTest, APausedOneIsTriedAllTheSameAndEachStandsApart)
{
    QJsonObject paused = socketAt(m_folder.filePath(QStringLiteral("a.sock")));
    paused.insert(QStringLiteral("paused"), true);
    QJsonObject second = socketAt(m_folder.filePath(QStringLiteral("b.sock")));
    second.insert(QStringLiteral("id"), QStringLiteral("docker:second"));
    second.insert(QStringLiteral("label"), QStringLiteral("Second"));
    EXPECT_EQ(check({paused, second}), 1);
    EXPECT_TRUE(m_said.first().endsWith(QStringLiteral("(paused)")));
    EXPECT_TRUE(said().contains(QStringLiteral("\n\nSecond")));
}

TEST_F(SourceCheckTest, AFoundEngineThatIsSetUpOrWasRemovedIsNotTriedOnceMore)
{
    m_settings.setValue(QStringLiteral("connectionsIgnored"), QJsonArray{QStringLiteral("docker:removed")});
    m_settings.setValue(QStringLiteral("connectionsPaused"), QJsonArray{QStringLiteral("docker:asleep")});
    EXPECT_EQ(check({socketAt(m_folder.filePath(QStringLiteral("nobody.sock")))},
                    {foundAt(QStringLiteral("docker:local"), QStringLiteral("nobody.sock")),
                     foundAt(QStringLiteral("docker:removed"), QStringLiteral("removed.sock")),
                     foundAt(QStringLiteral("docker:asleep"), QStringLiteral("asleep.sock"))}),
              1);
    EXPECT_EQ(said().count(QStringLiteral("Test engine")), 1);
    EXPECT_FALSE(said().contains(QStringLiteral("docker:local"))) << "it is the one that is set up";
    EXPECT_FALSE(said().contains(QStringLiteral("removed")));
    EXPECT_TRUE(said().contains(QStringLiteral("docker:asleep (paused)")));
}

TEST_F(SourceCheckTest, TheSameConnectionTwiceIsSaidAndFails)
{
    const QJsonObject one = socketAt(m_folder.filePath(QStringLiteral("nobody.sock")));
    EXPECT_EQ(check({one, one}), 1);
    EXPECT_TRUE(m_said.first().contains(QStringLiteral("is there twice")));
    EXPECT_EQ(said().count(QStringLiteral("Test engine")), 1);
}

TEST_F(SourceCheckTest, ATokenIsNeverPrinted)
{
    QJsonObject pulse{{QStringLiteral("id"), QStringLiteral("pulse:test")},
                      {QStringLiteral("kind"), QStringLiteral("pulse")},
                      {QStringLiteral("label"), QStringLiteral("Home")},
                      {QStringLiteral("address"), QStringLiteral("http://127.0.0.1:9")}};
    m_secrets.write(QStringLiteral("pulse:test"), QStringLiteral("hunter2-token"), [](const Result<void>&) {});
    EXPECT_EQ(check({pulse}), 1);
    EXPECT_TRUE(said().contains(QStringLiteral("Home")));
    EXPECT_FALSE(said().contains(QStringLiteral("hunter2")));
}
