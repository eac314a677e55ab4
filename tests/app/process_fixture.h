// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <gtest/gtest.h>

namespace tracedeck::tests {

/// Starts the built program as a person would, with a data directory of its own and no display.
class ProcessFixture : public testing::Test {
protected:
    void start(QProcess& process, const QStringList& more = {}, const QProcessEnvironment& extra = {})
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        environment.insert(QStringLiteral("HOME"), m_dir.path());
        environment.insert(extra);
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(QStringLiteral(TRACEDECK_BINARY_DIR "/bin/tracedeck"),
                      QStringList{QStringLiteral("--data-dir"), dataDir(), QStringLiteral("--listen"),
                                  QStringLiteral("127.0.0.1:0")}
                          + more);
    }
    [[nodiscard]] QString dataDir() const { return m_dir.filePath(QStringLiteral("data")); }
    [[nodiscard]] QByteArray read(const QString& name) const
    {
        QFile file(dataDir() + u'/' + name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    [[nodiscard]] bool has(const QString& name) const { return QFile::exists(dataDir() + u'/' + name); }
    /// The window is up and its collector serves.
    [[nodiscard]] bool waitUntilServing() const
    {
        return QTest::qWaitFor([this] { return read(QStringLiteral("owner")).contains(':'); }, 60'000);
    }
    [[nodiscard]] static bool waitForEnd(const QProcess& process)
    {
        return QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 60'000);
    }

    QTemporaryDir m_dir;
};

} // namespace tracedeck::tests
