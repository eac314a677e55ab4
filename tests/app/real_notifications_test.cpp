// SPDX-License-Identifier: GPL-3.0-or-later
// The notifier of the application against a real bus with a notification service of the test's own on it. It runs this
// test again with that bus as its session: a process keeps its first session bus for ever. Reported as not run where
// the bus is missing.
#include "app/desktop_notifier.h"
#include "app/failure_watch.h"
#include "app/settings_store.h"
#include "tests/app/scripted_source.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <gtest/gtest.h>

namespace tracedeck::tests {

constexpr const char* kBusVariable = "TRACEDECK_TEST_NOTIFY_BUS";
constexpr int kBusPatienceMs = 60'000;

/// org.freedesktop.Notifications as desktops have it: ids from 1, a replaced one keeps its own.
class NotificationService : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    struct Shown {
        QString title;
        QString body;
        uint replaces = 0;
        uint id = 0;
    };
    QList<Shown> shown;
    QList<uint> closed;

public Q_SLOTS:
    uint Notify(const QString& /*app*/, uint replaces, const QString& /*icon*/, const QString& summary,
                const QString& body, const QStringList& /*actions*/, const QVariantMap& /*hints*/, int /*timeout*/)
    {
        const uint id = replaces != 0 ? replaces : ++m_last;
        shown.append({summary, body, replaces, id});
        return id;
    }
    void CloseNotification(uint id)
    {
        closed.append(id);
        Q_EMIT NotificationClosed(id, 3);
    }

Q_SIGNALS:
    void ActionInvoked(uint id, const QString& action);
    void NotificationClosed(uint id, uint reason);

private:
    uint m_last = 0;
};

namespace {

const QString kServiceName = QStringLiteral("org.freedesktop.Notifications");

/// The part inside the session: the watch and the notifier of the application, the service on a connection of its own.
class Session {
public:
    Session()
        : m_bus(
            QDBusConnection::connectToBus(qEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS"), QStringLiteral("service"))),
          m_watch(m_settings, m_notifier, [this] { return m_nowMs; }),
          m_table(scriptedWorkloads(40))
    {
        m_watch.setEnabled(true);
    }
    ~Session() { QDBusConnection::disconnectFromBus(QStringLiteral("service")); }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    void offer()
    {
        ASSERT_TRUE(m_bus.registerObject(QStringLiteral("/org/freedesktop/Notifications"), &service,
                                         QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
        ASSERT_TRUE(m_bus.registerService(kServiceName));
    }
    /// Row `row` of the workloads just stopped, half a minute after what was before.
    void fail(std::size_t row)
    {
        m_nowMs += FailureWatch::kPauseMs;
        m_watch.take(QStringLiteral("workloads"), TableSnapshot(m_table), {{m_table->keys[row], kStatusCrossed}});
    }
    /// Calls arrive in the order they were made: after this one's answer there are no others under way.
    void drain()
    {
        meet(); // a notification under way has its id before the next one
        m_notifier.show(QStringLiteral("last"), QString());
        ASSERT_TRUE(QTest::qWaitFor(
            [&] { return !service.shown.isEmpty() && service.shown.last().title == QStringLiteral("last"); },
            kBusPatienceMs));
        service.shown.removeLast();
        meet();
    }
    /// What the notifier sent before has reached the bus, and what answered it this thread.
    static void meet()
    {
        (void)QDBusConnection::sessionBus().interface()->isServiceRegistered(kServiceName);
        QCoreApplication::processEvents();
    }

    NotificationService service;
    [[nodiscard]] FailureWatch& watch() { return m_watch; }
    [[nodiscard]] RowKey key(std::size_t row) const { return m_table->keys[row]; }

private:
    std::int64_t m_nowMs = 1'000'000;
    QDBusConnection m_bus;
    SettingsStore m_settings{QString()};
    DbusNotifier m_notifier;
    FailureWatch m_watch;
    std::shared_ptr<const WorkloadTable> m_table;
};

void runInSession()
{
    Session session;
    session.fail(9); // nobody offers the service: nothing happens, nothing is kept for later
    Session::meet();
    session.offer();
    session.fail(19);
    ASSERT_TRUE(QTest::qWaitFor([&] { return session.service.shown.size() == 1; }, kBusPatienceMs));
    EXPECT_TRUE(session.service.shown[0].title.startsWith(QStringLiteral("svc-019 failed")));
    EXPECT_EQ(session.service.shown[0].replaces, 0U);
    session.drain();
    EXPECT_EQ(session.service.shown.size(), 1) << "one failure, one call";

    session.fail(29);
    session.drain();
    ASSERT_EQ(session.service.shown.size(), 2);
    EXPECT_EQ(session.service.shown[1].replaces, session.service.shown[0].id) << "in the place of the last one";

    session.watch().setMuted(QStringLiteral("workloads"), true);
    session.fail(39);
    session.drain();
    EXPECT_EQ(session.service.shown.size(), 2) << "muted";
    session.watch().setMuted(QStringLiteral("workloads"), false);
    session.fail(9);
    session.drain();
    ASSERT_EQ(session.service.shown.size(), 3) << "and heard again, without what was muted";
    EXPECT_TRUE(session.service.shown[2].title.startsWith(QStringLiteral("svc-009 failed")));

    QSignalSpy opened(&session.watch(), &FailureWatch::linkActivated);
    Q_EMIT session.service.ActionInvoked(99, QStringLiteral("default")); // of another program
    Q_EMIT session.service.ActionInvoked(session.service.shown[2].id, QStringLiteral("default"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return opened.count() == 1; }, kBusPatienceMs));
    EXPECT_EQ(opened[0][0].toString(),
              QStringLiteral("tracedeck://workloads?row=") + QString::number(session.key(9), 16));

    session.watch().setWindowActive(true);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !session.service.closed.isEmpty(); }, kBusPatienceMs));
    EXPECT_EQ(session.service.closed, QList<uint>{session.service.shown[2].id}) << "taken away once it is seen";
    Session::meet();
    session.watch().setWindowActive(false);
    session.fail(19);
    ASSERT_TRUE(QTest::qWaitFor([&] { return session.service.shown.size() == 4; }, kBusPatienceMs));
    EXPECT_EQ(session.service.shown[3].replaces, 0U) << "there is nothing to take the place of";
}

/// Nothing but this bus: no service of the desktop can be started by it.
void writeBusConfig(const QString& file, const QString& socket)
{
    QFile out(file);
    ASSERT_TRUE(out.open(QIODevice::WriteOnly));
    out.write(
        "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\" "
        "\"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">\n<busconfig><type>session</type><listen>"
        "unix:path="
        + socket.toUtf8()
        + "</listen><policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/><allow "
          "eavesdrop=\"true\"/><allow own=\"*\"/>"
          "</policy></busconfig>\n");
}

TEST(RealNotifications, OneCallForEachNewFailureOnARealBus)
{
    if (!qEnvironmentVariableIsEmpty(kBusVariable)) {
        runInSession();
        return;
    }
    const QString daemon = QStandardPaths::findExecutable(QStringLiteral("dbus-daemon"));
    if (daemon.isEmpty()) {
        GTEST_SKIP() << "not run: dbus-daemon is not installed (./dev setup)";
    }
    const QTemporaryDir folder;
    const QString config = folder.filePath(QStringLiteral("bus.conf"));
    writeBusConfig(config, folder.filePath(QStringLiteral("bus")));
    QProcess bus;
    bus.start(daemon,
              {QStringLiteral("--config-file=") + config, QStringLiteral("--nofork"), QStringLiteral("--nopidfile"),
               QStringLiteral("--print-address")});
    ASSERT_TRUE(bus.waitForReadyRead(kBusPatienceMs)) << bus.readAllStandardError().toStdString();
    QProcess session;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), QString::fromUtf8(bus.readLine().trimmed()));
    environment.insert(QString::fromUtf8(kBusVariable), QStringLiteral("1"));
    session.setProcessEnvironment(environment);
    session.setProcessChannelMode(QProcess::MergedChannels);
    session.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--gtest_filter=RealNotifications.*")});
    EXPECT_TRUE(session.waitForFinished(4 * kBusPatienceMs));
    EXPECT_EQ(session.exitStatus(), QProcess::NormalExit);
    EXPECT_EQ(session.exitCode(), 0) << session.readAll().toStdString();
    bus.terminate();
    bus.waitForFinished();
}

} // namespace
} // namespace tracedeck::tests

#include "real_notifications_test.moc"
