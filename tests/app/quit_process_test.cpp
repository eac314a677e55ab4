// SPDX-License-Identifier: GPL-3.0-or-later
// The program itself, ended by signals.
#include "tests/app/process_fixture.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>

using namespace tracedeck::tests;

namespace {

class QuitProcessTest : public ProcessFixture, public testing::WithParamInterface<int> { };

INSTANTIATE_TEST_SUITE_P(Signals, QuitProcessTest, testing::Values(SIGTERM, SIGINT, SIGHUP));

} // namespace

TEST_P(QuitProcessTest, ASignalEndsLikeClosingTheWindow)
{
    QProcess process;
    start(process);
    ASSERT_TRUE(waitUntilServing()) << process.readAll().toStdString();
    ASSERT_TRUE(has(QStringLiteral("unclean"))) << "the mark stands while the store is open";
    ASSERT_EQ(::kill(static_cast<pid_t>(process.processId()), GetParam()), 0);
    ASSERT_TRUE(waitForEnd(process));
    EXPECT_EQ(process.exitStatus(), QProcess::NormalExit);
    EXPECT_EQ(process.exitCode(), 0);
    EXPECT_FALSE(has(QStringLiteral("unclean"))) << "the store was closed and says so";
    EXPECT_FALSE(has(QStringLiteral("traces.db-wal"))) << "checkpointed";
    const QJsonObject settings = QJsonDocument::fromJson(read(QStringLiteral("settings.json"))).object();
    EXPECT_EQ(settings.value(u"window").toObject().value(u"page").toString(), QStringLiteral("infrastructure"))
        << "what the window keeps was written";
}

TEST_F(ProcessFixture, AStartThatIsKilledLeavesTheMark)
{
    QProcess process;
    start(process);
    ASSERT_TRUE(waitUntilServing());
    process.kill();
    ASSERT_TRUE(waitForEnd(process));
    EXPECT_TRUE(has(QStringLiteral("unclean"))) << "what the test above relies on";
}
