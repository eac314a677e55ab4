// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crash_report.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <cerrno>
#include <csignal>

namespace tracedeck {

namespace {

/// Process that a report file belongs to; 0 when the name is another one.
qint64 processOf(const QString& fileName)
{
    return fileName.mid(6, fileName.size() - 10).toLongLong(); // crash-PID.txt
}

bool isRunning(qint64 process)
{
    return process > 0 && (::kill(static_cast<pid_t>(process), 0) == 0 || errno == EPERM);
}

} // namespace

std::optional<CrashReport> pendingCrashReport(const QString& dataDir)
{
    const QDir dir(dataDir);
    const QFileInfoList files =
        dir.entryInfoList({QStringLiteral("crash-*.txt")}, QDir::Files, QDir::Time); // newest first
    std::optional<CrashReport> newest;
    for (const QFileInfo& file : files) {
        if (file.size() == 0) {
            if (!isRunning(processOf(file.fileName()))) {
                QFile::remove(file.absoluteFilePath());
            }
            continue;
        }
        QFile report(file.absoluteFilePath());
        if (!newest && report.open(QIODevice::ReadOnly)) {
            newest = CrashReport{file.absoluteFilePath(), QString::fromUtf8(report.read(kLongestCrashReport))};
        }
    }
    return newest;
}

QString keepCrashReport(const QString& dataDir, const CrashReport& report)
{
    QDir dir(dataDir);
    dir.mkpath(QStringLiteral("crashes"));
    const QString when = QFileInfo(report.path).lastModified().toUTC().toString(QStringLiteral("yyyyMMdd-HHmmsszzz"));
    QDir kept(dir.filePath(QStringLiteral("crashes")));
    // Names sort by age also within one tick of the file system's clock: a number is never used again.
    const QStringList same = kept.entryList({when + QStringLiteral("_*.txt")}, QDir::Files, QDir::Name);
    const int number = same.isEmpty() ? 1 : same.constLast().section(u'_', 1).section(u'.', 0, 0).toInt() + 1;
    QString path = kept.filePath(QStringLiteral("%1_%2.txt").arg(when).arg(number, 4, 10, QLatin1Char('0')));
    if (!QFile::rename(report.path, path)) {
        return {};
    }
    const QStringList all = kept.entryList({QStringLiteral("*.txt")}, QDir::Files, QDir::Name | QDir::Reversed);
    for (const QString& old : all.mid(kKeptCrashReports)) {
        kept.remove(old);
    }
    return path;
}

} // namespace tracedeck
