// SPDX-License-Identifier: GPL-3.0-or-later
// The demo through the whole window: repeatable, said to be a demo, with traces.
#include "app/application.h"
#include "app/demo_mode.h"
#include "app/table_feed.h"
#include "models/grouped_table_model.h"
#include "refresh/poller.h"
#include "views/main_window.h"

#include <QApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

constexpr int kPatienceMs = 20'000;

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// One run with a picture and a dump; returns the exit code.
int capture(const QTemporaryDir& dir, const QString& name, const QString& page, std::size_t rows)
{
    const QTemporaryDir data;
    AppOptions options;
    options.demoRows = rows;
    options.dataDir = data.path();
    options.page = page;
    options.size = QSize(1280, 800);
    options.nowNs = 1'800'000'000'000'000'000;
    options.dumpFile = dir.filePath(name + QStringLiteral(".json"));
    options.screenshotFile = dir.filePath(name + QStringLiteral(".png"));
    Application application(options, *qApp);
    const QSignalSpy finished(&application, &Application::captureFinished);
    application.start();
    EXPECT_TRUE(QTest::qWaitFor([&] { return !finished.isEmpty(); }, kPatienceMs));
    return finished.isEmpty() ? -1 : finished.first().first().toInt();
}

} // namespace

class DemoPictures : public testing::TestWithParam<const char*> { };

TEST_P(DemoPictures, areTheSameByteForByte)
{
    const QTemporaryDir dir;
    const QString page = QString::fromLatin1(GetParam());
    ASSERT_EQ(capture(dir, QStringLiteral("a"), page, 240), 0);
    ASSERT_EQ(capture(dir, QStringLiteral("b"), page, 240), 0);
    EXPECT_EQ(contentOf(dir.filePath(QStringLiteral("a.json"))), contentOf(dir.filePath(QStringLiteral("b.json"))));
    EXPECT_EQ(contentOf(dir.filePath(QStringLiteral("a.png"))), contentOf(dir.filePath(QStringLiteral("b.png"))));
    const QJsonObject dump = QJsonDocument::fromJson(contentOf(dir.filePath(QStringLiteral("a.json")))).object();
    EXPECT_GT(dump.value(u"rows").toArray().size(), 10);
    EXPECT_EQ(dump.value(u"sources").toArray().at(0).toObject().value(u"label").toString(),
              QStringLiteral("Demo data"));
}

INSTANTIATE_TEST_SUITE_P(Pages, DemoPictures, testing::Values("infrastructure", "workloads", "traces"));

TEST(DemoMode, theWindowSaysThatItIsADemo)
{
    const QTemporaryDir data;
    AppOptions options;
    options.demoRows = 150;
    options.dataDir = data.path();
    options.listen = QStringLiteral("off");
    options.page = QStringLiteral("workloads");
    Application application(options, *qApp);
    application.start();
    ASSERT_TRUE(QTest::qWaitFor(
        [&] { return application.fleetPage(QStringLiteral("workloads")).model()->rowCount() > 0; }, kPatienceMs));
    EXPECT_TRUE(application.window().windowTitle().endsWith(QStringLiteral("Demo data")));
    EXPECT_EQ(application.poller().sourceCount(), 2U);
    EXPECT_EQ(application.poller().sourceLabel(0), "Demo data");
}

TEST(DemoMode, anEmptyFleetShowsAnEmptyPageNotAnError)
{
    const QTemporaryDir dir;
    EXPECT_EQ(capture(dir, QStringLiteral("none"), QStringLiteral("workloads"), 0), 0);
    const QJsonObject dump = QJsonDocument::fromJson(contentOf(dir.filePath(QStringLiteral("none.json")))).object();
    EXPECT_EQ(dump.value(u"total").toInt(), 0);
}

TEST(DemoMode, aCollectorThatDoesNotAnswerIsLeftAlone)
{
    DemoMode demo(60, [] { return std::int64_t{1'800'000'000'000'000'000}; });
    const QSignalSpy filled(&demo, &DemoMode::filled);
    CollectorInfo info;
    info.httpAddress = "127.0.0.1:1";
    demo.sendTraces(info, true);
    EXPECT_TRUE(QTest::qWaitFor([&] { return !filled.isEmpty(); }, kPatienceMs));
    EXPECT_EQ(filled.count(), 1);
}
