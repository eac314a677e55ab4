// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/failure_watch.h"

#include "app/desktop_notifier.h"
#include "app/settings_store.h"
#include "tests/app/scripted_source.h"

#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

using namespace tracedeck;
using namespace tracedeck::tests;

namespace {

class RecordingNotifier final : public DesktopNotifier {
public:
    void show(const QString& title, const QString& body) override { shown.append(title + QStringLiteral(": ") + body); }
    void close() override { ++closed; }
    QStringList shown;
    int closed = 0;
};

class Failures : public testing::Test {
protected:
    Failures()
        : m_settings(QString()),
          m_watch(m_settings, m_notifier, [this] { return m_nowMs; }),
          m_table(scriptedWorkloads(40)),
          m_snapshot(m_table)
    {
        m_watch.setEnabled(true);
        m_notifier.closed = 0;
    }
    /// Rows 9, 19, 29 and 39 are stopped: says that some of them just became so.
    void fail(const std::vector<std::size_t>& rows)
    {
        m_watch.take(QStringLiteral("workloads"), m_snapshot, crossed(rows));
    }
    [[nodiscard]] std::vector<RowCrossing> crossed(const std::vector<std::size_t>& rows) const
    {
        std::vector<RowCrossing> crossings;
        for (const std::size_t row : rows) {
            crossings.push_back({m_table->keys[row], kStatusCrossed});
        }
        return crossings;
    }
    /// What the timer does when the pause is over.
    void passPause()
    {
        m_nowMs += FailureWatch::kPauseMs;
        fail({});
    }

    std::int64_t m_nowMs = 1'000'000;
    SettingsStore m_settings;
    RecordingNotifier m_notifier;
    FailureWatch m_watch;
    std::shared_ptr<const WorkloadTable> m_table;
    TableSnapshot m_snapshot;
};

} // namespace

TEST_F(Failures, OneIsToldByNameAndOpensItsRow)
{
    fail({9, 10}); // row 10 came up again: no failure
    ASSERT_EQ(m_notifier.shown.size(), 1);
    EXPECT_TRUE(m_notifier.shown[0].startsWith(QStringLiteral("svc-009 failed"))) << m_notifier.shown[0].toStdString();
    EXPECT_EQ(m_watch.unseen(), 1);
    QSignalSpy opened(&m_watch, &FailureWatch::linkActivated);
    Q_EMIT m_notifier.activated();
    ASSERT_EQ(opened.count(), 1);
    EXPECT_EQ(opened[0][0].toString(),
              QStringLiteral("tracedeck://workloads?row=") + QString::number(m_table->keys[9], 16));
}

TEST_F(Failures, AreOffUnlessSomebodyWantsThem)
{
    SettingsStore settings{QString()};
    FailureWatch watch(settings, m_notifier, [] { return std::int64_t{0}; });
    EXPECT_FALSE(watch.isEnabled());
    watch.take(QStringLiteral("workloads"), m_snapshot, crossed({9}));
    EXPECT_TRUE(m_notifier.shown.isEmpty());
    EXPECT_EQ(watch.unseen(), 0);
}

TEST_F(Failures, BetweenTwoNotificationsAreGathered)
{
    fail({9});
    fail({19});
    fail({29, 39});
    EXPECT_EQ(m_notifier.shown.size(), 1) << "one at a time, not one each";
    m_nowMs += FailureWatch::kPauseMs - 1;
    fail({});
    EXPECT_EQ(m_notifier.shown.size(), 1);
    m_nowMs += 1;
    fail({});
    ASSERT_EQ(m_notifier.shown.size(), 2);
    EXPECT_EQ(m_notifier.shown[1], QStringLiteral("3 rows failed: svc-019, svc-029, svc-039"));
    EXPECT_EQ(m_watch.unseen(), 4);
    QSignalSpy opened(&m_watch, &FailureWatch::linkActivated);
    Q_EMIT m_notifier.activated();
    EXPECT_EQ(opened[0][0].toString(), QStringLiteral("tracedeck://workloads?status=stopped"));
}

TEST_F(Failures, LongListsAreCutAndSaySo)
{
    const auto many = scriptedWorkloads(70);
    std::vector<RowCrossing> crossings;
    for (std::size_t row = 9; row < 70; row += 10) {
        crossings.push_back({many->keys[row], kStatusCrossed});
    }
    m_watch.take(QStringLiteral("workloads"), TableSnapshot(many), crossings);
    EXPECT_EQ(m_notifier.shown.value(0),
              QStringLiteral("7 rows failed: svc-009, svc-019, svc-029, svc-039 and 3 more"));
}

TEST_F(Failures, WhatRecoversBeforeItIsToldIsLeftOut)
{
    fail({9});
    fail({19});
    const auto better = scriptedWorkloads(19); // row 19 is not there and did not fail
    m_watch.take(QStringLiteral("workloads"), TableSnapshot(better), crossed({19}));
    passPause();
    EXPECT_EQ(m_notifier.shown.size(), 1);
}

TEST_F(Failures, MutedViewsStaySilent)
{
    m_watch.setMuted(QStringLiteral("workloads/container"), true);
    fail({9});
    EXPECT_TRUE(m_notifier.shown.isEmpty());
    m_watch.setMuted(QStringLiteral("workloads/container"), false);
    m_watch.setMuted(QStringLiteral("workloads/pod"), true);
    fail({9});
    EXPECT_EQ(m_notifier.shown.size(), 1) << "the rows are containers";
    m_watch.setMuted(QStringLiteral("workloads"), true);
    m_nowMs += FailureWatch::kPauseMs;
    fail({19});
    EXPECT_EQ(m_notifier.shown.size(), 1);
    EXPECT_TRUE(m_watch.isMuted(QStringLiteral("workloads/pod"))) << "kept in the settings";
    auto hosts = std::make_shared<InfrastructureTable>(*scriptedHosts());
    hosts->status[1] = InfrastructureStatus::Offline;
    m_watch.take(QStringLiteral("infrastructure"), TableSnapshot(std::shared_ptr<const InfrastructureTable>(hosts)),
                 {{hosts->keys[1], kStatusCrossed}});
    EXPECT_EQ(m_notifier.shown.size(), 2);
}

TEST_F(Failures, AnActiveWindowIsLookedAt)
{
    fail({9});
    fail({19});
    QSignalSpy unseen(&m_watch, &FailureWatch::unseenChanged);
    m_watch.setWindowActive(true);
    EXPECT_EQ(m_watch.unseen(), 0);
    EXPECT_EQ(m_notifier.closed, 1);
    ASSERT_EQ(unseen.count(), 1);
    m_nowMs += FailureWatch::kPauseMs;
    fail({29});
    EXPECT_EQ(m_notifier.shown.size(), 1);
    m_watch.setWindowActive(false);
    fail({39});
    EXPECT_EQ(m_notifier.shown.size(), 2);
    EXPECT_TRUE(m_notifier.shown[1].startsWith(QStringLiteral("svc-039"))) << "what was seen is not told later";
}

TEST(NotifyArguments, AreThoseOfTheSpecificationAndCarryNoMarkup)
{
    const QVariantList arguments = notifyArguments(7, QStringLiteral("a failed"), QStringLiteral("<b>x</b> & y"));
    ASSERT_EQ(arguments.size(), 8);
    EXPECT_EQ(arguments[1].toUInt(), 7U) << "takes the place of the last one";
    EXPECT_EQ(arguments[3].toString(), QStringLiteral("a failed"));
    EXPECT_EQ(arguments[4].toString(), QStringLiteral("&lt;b&gt;x&lt;/b&gt; &amp; y"));
    EXPECT_EQ(arguments[5].toStringList().first(), QStringLiteral("default"));
    EXPECT_EQ(arguments[7].toInt(), -1);
}
