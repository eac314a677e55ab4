// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crash_handler.h"
#include "app/crash_report.h"
#include "app/query_comfort.h"
#include "tests/app/flow_fixture.h"
#include "tests/app/process_fixture.h"
#include "views/crash_report_dialog.h"
#include "views/flat_button.h"

#include <QDir>
#include <csignal>
#include <cstdlib>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace tracedeck;
using namespace tracedeck::tests;

namespace {

volatile int* nowhere = nullptr;

int overflowStack(int depth)
{
    volatile char room[16 * 1024];
    room[0] = static_cast<char>(depth);
    return depth < 0 ? 0 : overflowStack(depth + 1) + room[0];
}

/// Runs `crash` in a child that has the handler and returns the signal the child died of.
int signalOfChild(const QString& dataDir, void (*crash)())
{
    const pid_t child = ::fork();
    if (child == 0) {
        const rlimit none{0, 0};
        ::setrlimit(RLIMIT_CORE, &none);
        const CrashHandler handler(dataDir.toStdString(), "9.9-test", dataDir.toStdString() + "/tracedeck.log");
        crash();
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

class CrashTest : public testing::Test {
protected:
    void SetUp() override
    {
        QFile log(m_dir.filePath(QStringLiteral("tracedeck.log")));
        ASSERT_TRUE(log.open(QIODevice::WriteOnly));
        log.write(QByteArray(20'000, 'x') + "\nlast words\n");
    }
    [[nodiscard]] QStringList files() const
    {
        return QDir(m_dir.path()).entryList({QStringLiteral("crash-*")}, QDir::Files);
    }

    QTemporaryDir m_dir;
};

} // namespace

TEST_F(CrashTest, AChildThatReallyCrashesLeavesAReport)
{
    EXPECT_EQ(signalOfChild(m_dir.path(), [] { *nowhere = 1; }), SIGSEGV);
    const std::optional<CrashReport> report = pendingCrashReport(m_dir.path());
    ASSERT_TRUE(report.has_value());
    for (const char* part : {"Tracedeck 9.9-test", "SIGSEGV", "Backtrace", "Last log lines", "last words"}) {
        EXPECT_TRUE(report->text.contains(QString::fromUtf8(part))) << part << "\n" << report->text.toStdString();
    }
    EXPECT_FALSE(report->text.contains(QString(10'000, u'x'))) << "the tail of the log alone";
    EXPECT_GT(
        report->text.section(QStringLiteral("Backtrace"), 1).section(QStringLiteral("Last log"), 0, 0).count(u'\n'), 3);
    EXPECT_EQ(QFileInfo(report->path).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
}

TEST_F(CrashTest, AFailedCheckAndAnOverflownStackToo)
{
    EXPECT_EQ(signalOfChild(m_dir.path(), [] { std::abort(); }), SIGABRT);
    EXPECT_TRUE(pendingCrashReport(m_dir.path())->text.contains(QStringLiteral("SIGABRT")));
    EXPECT_EQ(signalOfChild(m_dir.path(), [] { overflowStack(0); }), SIGSEGV);
    EXPECT_EQ(files().size(), 2);
}

TEST_F(CrashTest, AnOrderlyEndLeavesNothing)
{
    {
        const CrashHandler handler(m_dir.path().toStdString(), "9.9-test", "");
        ASSERT_TRUE(handler.isInstalled());
        EXPECT_EQ(files().size(), 1);
        EXPECT_FALSE(CrashHandler(m_dir.path().toStdString(), "x", "").isInstalled()) << "once per process";
        EXPECT_FALSE(pendingCrashReport(m_dir.path()).has_value());
        EXPECT_EQ(files().size(), 1) << "the file of a process that runs stays";
    }
    EXPECT_TRUE(files().isEmpty());
    EXPECT_FALSE(CrashHandler("/proc/nowhere", "x", "").isInstalled());
}

TEST_F(CrashTest, FilesOfKilledProcessesAreTidiedUp)
{
    EXPECT_EQ(signalOfChild(m_dir.path(), [] { ::raise(SIGKILL); }), SIGKILL);
    EXPECT_EQ(files().size(), 1);
    EXPECT_FALSE(pendingCrashReport(m_dir.path()).has_value());
    EXPECT_TRUE(files().isEmpty());
}

TEST_F(CrashTest, KeptReportsAreBounded)
{
    for (int i = 0; i < kKeptCrashReports + 3; ++i) {
        const CrashReport report{m_dir.filePath(QStringLiteral("crash-1.txt")), {}};
        QFile file(report.path);
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write("report");
        file.close();
        EXPECT_TRUE(QFile::exists(keepCrashReport(m_dir.path(), report)));
    }
    EXPECT_EQ(QDir(m_dir.filePath(QStringLiteral("crashes"))).entryList(QDir::Files).size(), kKeptCrashReports);
    EXPECT_TRUE(keepCrashReport(m_dir.path(), {m_dir.filePath(QStringLiteral("gone.txt")), {}}).isEmpty());
}

TEST_F(ProcessFixture, TheProgramItselfReportsAndTheNextStartOffersIt)
{
    QProcess process;
    start(process);
    ASSERT_TRUE(waitUntilServing());
    ASSERT_EQ(::kill(static_cast<pid_t>(process.processId()), SIGSEGV), 0);
    ASSERT_TRUE(waitForEnd(process));
    EXPECT_EQ(process.exitStatus(), QProcess::CrashExit);
    const std::optional<CrashReport> report = pendingCrashReport(dataDir());
    ASSERT_TRUE(report.has_value());
    EXPECT_TRUE(report->text.contains(QStringLiteral("SIGSEGV")));

    AppOptions options;
    options.dataDir = dataDir();
    options.listen = QStringLiteral("off");
    Application application(options, *qApp, std::make_shared<ScriptedSource>(3));
    application.start();
    auto* dialog = application.window().findChild<CrashReportDialog*>();
    ASSERT_NE(dialog, nullptr);
    EXPECT_TRUE(dialog->isVisible());
    EXPECT_FALSE(dialog->isModal()) << "the window behind it works";
    EXPECT_EQ(dialog->text().trimmed(), report->text.trimmed());
    QTest::keyClick(dialog, Qt::Key_Escape);
    EXPECT_FALSE(pendingCrashReport(dataDir()).has_value()) << "offered once";
    EXPECT_EQ(QDir(dataDir() + QStringLiteral("/crashes")).entryList(QDir::Files).size(), 1) << "and kept";
}
