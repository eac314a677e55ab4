// SPDX-License-Identifier: GPL-3.0-or-later
// A real dockerd and a real podman service on this machine, with a real container from an image made of
// busybox alone. Reported as not run, with the reason, where they cannot start.
#include "sources/engine_source.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>
#include <gtest/gtest.h>
#include <mutex>
#include <optional>
#include <unistd.h>

namespace tracedeck {
namespace {

constexpr int kEnginePatience = 60'000;

class RealEngine : public testing::TestWithParam<const char*> {
protected:
    void SetUp() override
    {
        m_isPodman = qstrcmp(GetParam(), "podman") == 0;
        const QString program = m_isPodman ? QStringLiteral("podman") : QStringLiteral("dockerd");
        const QStringList where{QStringLiteral("/usr/bin"), QStringLiteral("/usr/sbin"), QStringLiteral("/sbin")};
        if (QStandardPaths::findExecutable(program, where).isEmpty()
            || !QFile::exists(QStringLiteral("/bin/busybox"))) {
            GTEST_SKIP() << "not run: " << GetParam()
                         << " and busybox-static are not installed (./dev setup --servers)";
        }
        if (geteuid() != 0) {
            GTEST_SKIP() << "not run: " << GetParam() << " needs root here";
        }
        m_io.start();
        startEngine();
        if (!QTest::qWaitFor(
                [this] { return run({QStringLiteral("version")}) || m_daemon.state() == QProcess::NotRunning; },
                kEnginePatience)
            || m_daemon.state() == QProcess::NotRunning) {
            GTEST_SKIP() << "not run: " << GetParam() << " does not start: " << tail(m_daemon.readAll()).toStdString();
        }
        makeImage();
        if (!run(runArguments())) {
            GTEST_SKIP() << "not run: " << GetParam() << " starts no container: " << m_error.toStdString();
        }
    }
    void TearDown() override
    {
        m_source.reset();
        m_io.quit();
        m_io.wait();
        if (m_daemon.state() != QProcess::NotRunning) {
            (void)run({QStringLiteral("rm"), QStringLiteral("-f"), QStringLiteral("tracedeck-test")});
            m_daemon.terminate();
            if (!m_daemon.waitForFinished(kEnginePatience)) {
                m_daemon.kill();
                m_daemon.waitForFinished();
            }
            QProcess::execute(QStringLiteral("umount"), {path("exec/netns/default")});
        }
    }
    [[nodiscard]] QString path(const char* name) const { return m_folder.path() + u'/' + QString::fromUtf8(name); }
    [[nodiscard]] static QString tail(const QByteArray& text) { return QString::fromUtf8(text.right(300)); }
    void startEngine()
    {
        m_daemon.setProcessChannelMode(QProcess::MergedChannels);
        if (m_isPodman) {
            QFile settings(path("containers.conf"));
            ASSERT_TRUE(settings.open(QIODevice::WriteOnly));
            settings.write("[containers]\ndefault_ulimits=[\"nofile=4096:4096\",\"nproc=4096:4096\"]\nnetns=\"none\"\n"
                           "[engine]\nruntime=\"runc\"\ncgroup_manager=\"cgroupfs\"\nevents_logger=\"file\"\n");
            settings.close();
            QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
            environment.insert(QStringLiteral("CONTAINERS_CONF"), settings.fileName());
            m_daemon.setProcessEnvironment(environment);
            m_daemon.start(QStringLiteral("podman"),
                           podmanBase()
                               + QStringList{QStringLiteral("system"), QStringLiteral("service"),
                                             QStringLiteral("--time"), QStringLiteral("0"),
                                             QStringLiteral("unix://") + path("e.sock")});
        } else {
            m_daemon.start(QStringLiteral("/usr/sbin/dockerd"),
                           {QStringLiteral("--data-root"), path("data"), QStringLiteral("--exec-root"), path("exec"),
                            QStringLiteral("--pidfile"), path("pid"), QStringLiteral("-H"),
                            QStringLiteral("unix://") + path("e.sock"), QStringLiteral("--iptables=false"),
                            QStringLiteral("--bridge=none"), QStringLiteral("--default-ulimit"),
                            QStringLiteral("nofile=4096:4096"), QStringLiteral("--default-ulimit"),
                            QStringLiteral("nproc=4096:4096")});
        }
        ASSERT_TRUE(m_daemon.waitForStarted(kEnginePatience));
    }
    [[nodiscard]] QStringList podmanBase() const
    {
        return {QStringLiteral("--root"),           path("root"),         QStringLiteral("--runroot"), path("run"),
                QStringLiteral("--storage-driver"), QStringLiteral("vfs")};
    }
    bool run(const QStringList& arguments)
    {
        QProcess client;
        client.setProcessEnvironment(m_isPodman ? m_daemon.processEnvironment()
                                                : QProcessEnvironment::systemEnvironment());
        m_isPodman
            ? client.start(QStringLiteral("podman"), podmanBase() + arguments)
            : client.start(QStringLiteral("docker"),
                           QStringList{QStringLiteral("-H"), QStringLiteral("unix://") + path("e.sock")} + arguments);
        const bool fine = client.waitForFinished(kEnginePatience) && client.exitCode() == 0
            && (!m_isPodman || QFile::exists(path("e.sock")));
        m_error = tail(client.readAllStandardError());
        return fine;
    }
    void makeImage()
    {
        QDir().mkpath(path("image/bin"));
        QDir().mkpath(path("image/tmp"));
        QFile::copy(QStringLiteral("/bin/busybox"), path("image/bin/busybox"));
        for (const char* name : {"sh", "sleep", "echo"}) {
            QFile::link(QStringLiteral("busybox"), path("image/bin/") + QString::fromUtf8(name));
        }
        ASSERT_EQ(QProcess::execute(QStringLiteral("tar"),
                                    {QStringLiteral("-C"), path("image"), QStringLiteral("-cf"), path("image.tar"),
                                     QStringLiteral(".")}),
                  0);
        ASSERT_TRUE(run({QStringLiteral("import"), path("image.tar"), QStringLiteral("localhost/tracedeck-test:1")}))
            << m_error.toStdString();
    }
    [[nodiscard]] QStringList runArguments() const
    {
        return {QStringLiteral("run"),
                QStringLiteral("-d"),
                QStringLiteral("--name"),
                QStringLiteral("tracedeck-test"),
                QStringLiteral("--network"),
                QStringLiteral("none"),
                QStringLiteral("--memory"),
                QStringLiteral("64m"),
                QStringLiteral("--label"),
                QStringLiteral("com.docker.compose.project=demo"),
                QStringLiteral("localhost/tracedeck-test:1"),
                QStringLiteral("/bin/sh"),
                QStringLiteral("-c"),
                QStringLiteral("echo INFO up; echo ERROR down >&2; while :; do i=0; while [ $i -lt 20000 ]; do "
                               "i=$((i+1)); done; sleep 0.1; done")};
    }
    Result<FleetSnapshot> fetch()
    {
        std::mutex mutex;
        std::optional<Result<FleetSnapshot>> out;
        m_source->fetch({}, [&](Result<FleetSnapshot> result) {
            const std::lock_guard lock(mutex);
            out = std::move(result);
        });
        EXPECT_TRUE(QTest::qWaitFor(
            [&] {
                const std::lock_guard lock(mutex);
                return out.has_value();
            },
            kEnginePatience));
        return *out;
    }

    bool m_isPodman = false;
    QTemporaryDir m_folder;
    QProcess m_daemon;
    QString m_error;
    QThread m_io;
    std::unique_ptr<EngineSource> m_source;
};

TEST_P(RealEngine, ShowsItsContainerWithNumbersAndLog)
{
    EngineSetup setup;
    setup.instance = "engine:test";
    setup.label = GetParam();
    setup.endpoint.path = path("e.sock");
    m_source = std::make_unique<EngineSource>(std::move(setup), m_io);
    Result<FleetSnapshot> snapshot = fetch();
    for (int polls = 0; polls < 20 && snapshot.ok() && !snapshot->workloads->cpuPercent.has(0); ++polls) {
        snapshot = fetch();
    }
    ASSERT_TRUE(snapshot.ok()) << snapshot.error().what;
    const WorkloadTable& table = *snapshot->workloads;
    ASSERT_EQ(table.rows(), 1U);
    const auto text = [&](StringId id) { return std::string(table.strings.view(id)); };
    EXPECT_EQ(text(table.name[0]), "tracedeck-test");
    EXPECT_EQ(text(table.status[0]), "running");
    EXPECT_EQ(text(table.composeProject[0]), "demo");
    EXPECT_EQ(text(table.containerRuntime[0]), GetParam());
    EXPECT_EQ(table.memoryTotalBytes.get(0), 64 << 20);
    EXPECT_TRUE(table.memoryUsedBytes.has(0));
    EXPECT_TRUE(table.cpuPercent.has(0));
    EXPECT_TRUE(table.startedAtNs.has(0));
    EXPECT_EQ(snapshot->infrastructure->rows(), 1U);

    std::mutex mutex;
    std::vector<LogLine> lines;
    const auto log = m_source->openLog(text(table.containerId[0]), {}, [&](LogBatch batch) {
        const std::lock_guard lock(mutex);
        lines.insert(lines.end(), batch.lines.begin(), batch.lines.end());
    });
    ASSERT_TRUE(QTest::qWaitFor(
        [&] {
            const std::lock_guard lock(mutex);
            return lines.size() >= 2;
        },
        kEnginePatience));
    const bool firstIsOut = !lines[0].error;
    EXPECT_EQ(lines[firstIsOut ? 0 : 1].text, "INFO up");
    EXPECT_EQ(lines[firstIsOut ? 1 : 0].text, "ERROR down");
    EXPECT_TRUE(lines[firstIsOut ? 1 : 0].error);
    EXPECT_GT(lines[0].timeNs, 0);

    std::atomic<int> news{0};
    m_source->setNewsListener([&] { ++news; });
    ASSERT_TRUE(QTest::qWaitFor([&] { return m_source->isPushing(); }, kEnginePatience));
    ASSERT_TRUE(run({QStringLiteral("kill"), QStringLiteral("tracedeck-test")})) << m_error.toStdString();
    ASSERT_TRUE(QTest::qWaitFor([&] { return news > 0; }, kEnginePatience)) << "the end of a container is news";
    const auto stopped = fetch();
    ASSERT_TRUE(stopped.ok());
    EXPECT_EQ(stopped->workloads->bucket[0], StatusBucket::Stopped);
}

INSTANTIATE_TEST_SUITE_P(Engines, RealEngine, testing::Values("docker", "podman"),
                         [](const auto& engine) { return std::string(engine.param); });

} // namespace
} // namespace tracedeck
