// SPDX-License-Identifier: GPL-3.0-or-later
// A real Secret Service in a session of its own. Each step runs this test again inside such a session, as each
// start of the window would: GDBus keeps the first bus of a process for ever. Reported as not run where the
// programs are missing.
#include "app/secret_store.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <gtest/gtest.h>
#include <optional>

namespace tracedeck {
namespace {

constexpr int kSessionMs = 60'000;
constexpr const char* kStepVariable = "TRACEDECK_TEST_KEYCHAIN_STEP";
const QString kToken = QStringLiteral("t0ken-of-the-keychain-test");
const QString kConnection = QStringLiteral("pulse:keychain-test");

QString readNow(SecretStore& store)
{
    std::optional<QString> out;
    store.read(kConnection, [&](const QString& secret) { out = secret; });
    EXPECT_TRUE(QTest::qWaitFor([&] { return out.has_value(); }, kSessionMs));
    return out.value_or(QString());
}

/// Inside the session.
void runStep(const QByteArray& step)
{
    SecretStore store(qEnvironmentVariable("HOME") + QStringLiteral("/secrets.json"), true);
    if (step == "write") {
        std::optional<Result<void>> kept;
        store.write(kConnection, kToken, [&](Result<void> result) { kept = std::move(result); });
        ASSERT_TRUE(QTest::qWaitFor([&] { return kept.has_value(); }, kSessionMs));
        EXPECT_TRUE(kept->ok());
    } else if (step == "forget") {
        store.forget(kConnection);
        EXPECT_TRUE(QTest::qWaitFor([&] { return readNow(store).isEmpty(); }, kSessionMs));
    } else {
        EXPECT_EQ(readNow(store), step == "read" ? kToken : QString());
    }
    EXPECT_EQ(store.place(), SecretStore::Place::Keychain) << "it did not fall back to a file";
    EXPECT_TRUE(store.placeText().contains(QStringLiteral("keychain")));
}

/// A session bus, an unlocked keyring in `home`, and this program in it.
bool runInSession(const QTemporaryDir& home, const char* step, QByteArray& output)
{
    QProcess session;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("HOME"), home.path());
    environment.insert(QStringLiteral("XDG_DATA_HOME"), home.path() + QStringLiteral("/data"));
    environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), home.path() + QStringLiteral("/run"));
    environment.insert(QString::fromUtf8(kStepVariable), QString::fromUtf8(step));
    environment.remove(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"));
    session.setProcessEnvironment(environment);
    session.setProcessChannelMode(QProcess::MergedChannels);
    session.start(
        QStringLiteral("dbus-run-session"),
        {QStringLiteral("--"), QStringLiteral("sh"), QStringLiteral("-c"),
         QStringLiteral("printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null; exec \"$0\" "
                        "--gtest_filter=RealKeychain.*"),
         QCoreApplication::applicationFilePath()});
    const bool ended = session.waitForFinished(kSessionMs);
    output = session.readAll();
    return ended && session.exitStatus() == QProcess::NormalExit && session.exitCode() == 0;
}

bool standsInClear(const QString& folder)
{
    QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly) && file.readAll().contains(kToken.toUtf8())) {
            return true;
        }
    }
    return false;
}

TEST(RealKeychain, KeepsATokenAcrossStartsAndNowhereInClear)
{
    if (const QByteArray step = qgetenv(kStepVariable); !step.isEmpty()) {
        runStep(step);
        return;
    }
    for (const char* program : {"gnome-keyring-daemon", "dbus-run-session"}) {
        if (QStandardPaths::findExecutable(QString::fromUtf8(program)).isEmpty()) {
            GTEST_SKIP() << "not run: " << program << " is not installed (./dev setup --servers)";
        }
    }
    const QTemporaryDir home;
    ASSERT_TRUE(QDir(home.path()).mkpath(QStringLiteral("run")) && QDir(home.path()).mkpath(QStringLiteral("data")));
    ASSERT_TRUE(QFile::setPermissions(home.path() + QStringLiteral("/run"),
                                      QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner));
    for (const char* step : {"write", "read", "forget", "gone"}) {
        QByteArray output;
        EXPECT_TRUE(runInSession(home, step, output)) << step << ": " << output.toStdString();
        EXPECT_FALSE(standsInClear(home.path())) << step;
    }
    EXPECT_FALSE(QFileInfo::exists(home.path() + QStringLiteral("/secrets.json")));
}

} // namespace
} // namespace tracedeck
