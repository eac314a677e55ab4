// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/log_routing.h"
#include "app/snapshot_keeper.h"
#include "core/log.h"
#include "tests/support/query_tables.h"

#include <QFile>
#include <QTemporaryDir>
#include <algorithm>
#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

FleetSnapshot snapshot()
{
    FleetSnapshot snapshot;
    snapshot.infrastructure = std::make_shared<const InfrastructureTable>();
    WorkloadTable workloads;
    workloads.resize(1);
    workloads.name[0] = workloads.strings.intern("web");
    workloads.keys[0] = 7;
    workloads.finish();
    snapshot.workloads = std::make_shared<const WorkloadTable>(std::move(workloads));
    return snapshot;
}

} // namespace

TEST(SnapshotKeeper, theNextRunReadsWhatTheLastOneKept)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("snapshot.cache"));
    {
        SnapshotKeeper keeper(path);
        EXPECT_FALSE(keeper.read().has_value());
        keeper.keep(snapshot());
    }
    const auto kept = SnapshotKeeper(path).read();
    ASSERT_TRUE(kept.has_value());
    ASSERT_EQ(kept->workloads->rows(), 1U);
    EXPECT_EQ(kept->workloads->strings.view(kept->workloads->name[0]), "web");
}

TEST(SnapshotKeeper, aDamagedFileIsNoSnapshotAndNoPathKeepsNothing)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("snapshot.cache"));
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("not a snapshot");
    file.close();
    {
        SnapshotKeeper keeper(path);
        EXPECT_FALSE(keeper.read().has_value());
        EXPECT_EQ(keeper.asidePath(), path + QStringLiteral(".corrupt"));
        keeper.keep(snapshot());
    }
    QFile aside(path + QStringLiteral(".corrupt"));
    ASSERT_TRUE(aside.open(QIODevice::ReadOnly));
    EXPECT_EQ(aside.readAll(), QByteArray("not a snapshot")) << "as it was";
    SnapshotKeeper next(path);
    EXPECT_TRUE(next.read().has_value()) << "the next run reads what this one kept";
    EXPECT_TRUE(next.asidePath().isEmpty());
    SnapshotKeeper none{QString()};
    none.keep(snapshot());
    EXPECT_FALSE(none.read().has_value());
}

TEST(LogRouting, qtMessagesReachTheLog)
{
    const QTemporaryDir folder;
    const QtMessageHandler before = qInstallMessageHandler(nullptr);
    routeLog(folder.path());
    qInfo("routed %d", 42);
    qInstallMessageHandler(before);
    const auto lines = Log::recentLines();
    EXPECT_TRUE(std::any_of(lines.begin(), lines.end(),
                            [](const std::string& line) { return line.find("routed 42") != std::string::npos; }));
    EXPECT_TRUE(QFile::exists(folder.filePath(QStringLiteral("tracedeck.log"))));
    Log::openFile({});
}
