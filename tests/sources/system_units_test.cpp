// SPDX-License-Identifier: GPL-3.0-or-later
// What the service manager says of units: applied to rows, asked over a bus of the test's own, silent without one.
#include "recorded_machine.h"
#include "sources/system_unit_list.h"
#include "sources/system_units.h"

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusContext>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>
#include <gtest/gtest.h>

#include <atomic>

namespace tracedeck::test {

/// a(ssssssouso) as a type of its own.
struct ListedUnit {
    QString name;
    QString active;
    QString sub;
};

QDBusArgument& operator<<(QDBusArgument& out, const ListedUnit& unit)
{
    out.beginStructure();
    out << unit.name << QStringLiteral("about ") + unit.name << QStringLiteral("loaded") << unit.active << unit.sub
        << QString() << QDBusObjectPath(QStringLiteral("/org/unit")) << quint32(0) << QString()
        << QDBusObjectPath(QStringLiteral("/"));
    out.endStructure();
    return out;
}

const QDBusArgument& operator>>(const QDBusArgument& in, ListedUnit& /*unit*/)
{
    return in;
}

} // namespace tracedeck::test

Q_DECLARE_METATYPE(tracedeck::test::ListedUnit)

namespace tracedeck::test {

/// Stands in for systemd on a private bus.
class FakeManager : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.systemd1.Manager")

public Q_SLOTS:
    QList<tracedeck::test::ListedUnit> ListUnits()
    {
        ++asked;
        return {{QStringLiteral("ssh.service"), QStringLiteral("active"), QStringLiteral("running")},
                {QStringLiteral("backup.service"), QStringLiteral("failed"), QStringLiteral("failed")}};
    }

public:
    std::atomic<int> asked{0};
};

namespace {

LocalWorkloadRow unitRow(const std::string& name)
{
    LocalWorkloadRow row;
    row.id = "system.slice/" + name;
    row.name = name;
    row.status = "running";
    return row;
}

std::string detailOf(const LocalWorkloadRow& row, const std::string& name)
{
    for (const auto& [key, value] : row.details) {
        if (key == name) {
            return value;
        }
    }
    return {};
}

/// A bus nobody else is on; none where there is no dbus-daemon.
class PrivateBus {
public:
    PrivateBus()
    {
        m_daemon.start(QStringLiteral("dbus-daemon"),
                       {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address"),
                        QStringLiteral("--address=unix:path=") + m_folder.filePath(QStringLiteral("bus"))});
        if (m_daemon.waitForStarted() && m_daemon.waitForReadyRead()) {
            m_address = QString::fromUtf8(m_daemon.readLine()).trimmed();
        }
    }
    ~PrivateBus()
    {
        m_daemon.kill();
        m_daemon.waitForFinished();
    }
    [[nodiscard]] QString address() const { return m_address; }

private:
    QTemporaryDir m_folder;
    QProcess m_daemon;
    QString m_address;
};

} // namespace

TEST(SystemUnits, theManagersStateStandsOverWhatProcessesTell)
{
    std::vector<LocalWorkloadRow> rows{unitRow("ssh.service"), unitRow("loop.service"), unitRow("slow.service"),
                                       unitRow("frozen.service"), unitRow("session-1.scope")};
    rows[3].status = "paused";
    applySystemUnits({{"ssh.service", "OpenSSH server", "active", "running"},
                      {"loop.service", "", "activating", "auto-restart"},
                      {"slow.service", "", "deactivating", "stop-sigterm"},
                      {"frozen.service", "", "deactivating", "stop-sigterm"}},
                     rows);
    ASSERT_EQ(rows.size(), 5U);
    EXPECT_EQ(rows[0].status, "running");
    EXPECT_EQ(detailOf(rows[0], "Description"), "OpenSSH server");
    EXPECT_EQ(detailOf(rows[0], "Unit state"), "active (running)");
    EXPECT_EQ(rows[1].status, "restarting");
    EXPECT_EQ(rows[1].statusDetail, "auto-restart");
    EXPECT_EQ(rows[2].status, "stopping");
    EXPECT_EQ(rows[3].status, "paused") << "frozen is what it is, whatever it was on its way to";
    EXPECT_TRUE(detailOf(rows[4], "Unit state").empty()) << "a unit the manager does not list stays as it was";
}

TEST(SystemUnits, failedServicesWithoutProcessesAreRows)
{
    std::vector<LocalWorkloadRow> rows;
    applySystemUnits({{"backup.service", "Nightly backup", "failed", "failed"},
                      {"mnt-data.mount", "", "failed", "failed"},
                      {"once.service", "", "active", "exited"},
                      {"idle.service", "", "inactive", "dead"}},
                     rows);
    ASSERT_EQ(rows.size(), 1U) << "only what failed is news";
    EXPECT_EQ(rows[0].name, "backup.service");
    EXPECT_EQ(rows[0].id, "system.slice/backup.service");
    EXPECT_EQ(rows[0].status, "failed");
    EXPECT_EQ(rows[0].type, WorkloadType::Unit);
    EXPECT_FALSE(rows[0].cpuPercent.has_value()) << "what nobody measured is unknown, not 0";
}

TEST(SystemUnits, containersAreNotTakenForUnits)
{
    std::vector<LocalWorkloadRow> rows{unitRow("web.service")};
    rows[0].type = WorkloadType::AppContainer;
    applySystemUnits({{"web.service", "", "failed", "failed"}}, rows);
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].status, "running");
}

TEST(SystemUnits, areAppliedToTheRowsOfThisMachine)
{
    RecordedMachine machine;
    machine.writeHost();
    machine.mountV2();
    machine.write("sys/fs/cgroup/system.slice/cron.service/cgroup.procs", "42\n");
    machine.writeProcess(42, "cron", 5);
    LocalEnvironment environment = machine.environment();
    environment.systemUnits = [] {
        return std::vector<SystemUnit>{{"cron.service", "Clock daemon", "active", "running"},
                                       {"backup.service", "", "failed", "failed"}};
    };
    LocalMachineSource source(environment);
    FleetSnapshot snapshot;
    source.fetch({}, [&snapshot](Result<FleetSnapshot> answer) { snapshot = std::move(answer).value(); });
    ASSERT_EQ(snapshot.workloads->rows(), 2U);
    EXPECT_EQ(snapshot.workloads->strings.view(snapshot.workloads->status[1]), "failed");
    EXPECT_EQ(snapshot.workloads->bucket[1], StatusBucket::Stopped);
}

TEST(SystemUnitList, asksTheManagerOverTheBus)
{
    const PrivateBus bus;
    if (bus.address().isEmpty()) {
        GTEST_SKIP() << "no dbus-daemon on this machine";
    }
    qDBusRegisterMetaType<ListedUnit>();
    qDBusRegisterMetaType<QList<ListedUnit>>();
    FakeManager manager;
    QDBusConnection server = QDBusConnection::connectToBus(bus.address(), QStringLiteral("fake systemd"));
    ASSERT_TRUE(
        server.registerObject(QStringLiteral("/org/freedesktop/systemd1"), &manager, QDBusConnection::ExportAllSlots));
    ASSERT_TRUE(server.registerService(QStringLiteral("org.freedesktop.systemd1")));
    const QTemporaryDir booted;
    SystemUnitList list(bus.address().toStdString(), booted.path().toStdString(), std::chrono::seconds(60));
    std::optional<std::vector<SystemUnit>> units;
    std::atomic<bool> done{false};
    const std::unique_ptr<QThread> worker(QThread::create([&] { // it blocks, and the fake answers on this thread
        units = list.read(1);
        done = true;
    }));
    worker->start();
    ASSERT_TRUE(QTest::qWaitFor([&] { return done.load(); }, 60'000));
    worker->wait();
    ASSERT_TRUE(units.has_value());
    ASSERT_EQ(units->size(), 2U);
    EXPECT_EQ(units->at(0).name, "ssh.service");
    EXPECT_EQ(units->at(0).description, "about ssh.service");
    EXPECT_EQ(units->at(1).activeState, "failed");
    EXPECT_EQ(manager.asked, 1);
    QDBusConnection::disconnectFromBus(QStringLiteral("fake systemd"));
}

TEST(SystemUnitList, aMachineWithoutSystemdIsNotAskedAndABusThatIsGoneOnlyOnceAMinute)
{
    const QTemporaryDir folder;
    const std::string nowhere = "unix:path=" + folder.filePath(QStringLiteral("no bus")).toStdString();
    SystemUnitList other(nowhere, folder.filePath(QStringLiteral("not booted")).toStdString());
    EXPECT_EQ(other.read(1), std::nullopt);
    SystemUnitList list(nowhere, folder.path().toStdString());
    EXPECT_EQ(list.read(1), std::nullopt);
    EXPECT_EQ(list.read(2), std::nullopt);
}

} // namespace tracedeck::test

#include "system_units_test.moc"
