// SPDX-License-Identifier: GPL-3.0-or-later
// What is said of a host: in the drawer, as JSON, in a command line, and on its card.
#include "models/infrastructure_columns.h"
#include "models/workload_columns.h"
#include "tests/support/course_frames.h"
#include "tests/support/query_tables.h"
#include "tests/support/sample_fleet.h"
#include "views/host_cards.h"
#include "views/row_facts.h"

#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

using namespace tracedeck;
using namespace tracedeck::tests;

namespace {

const RowFact* factNamed(const RowFacts& facts, const QString& label)
{
    const auto found = std::find_if(facts.facts.begin(), facts.facts.end(),
                                    [&label](const RowFact& fact) { return fact.label == label; });
    return found == facts.facts.end() ? nullptr : &*found;
}

struct HostStatus {
    InfrastructureStatus status;
    const char16_t* word;
    Severity severity;
};

class HostStatusFact : public testing::TestWithParam<HostStatus> { };

TEST_P(HostStatusFact, IsAWordAndASeverity)
{
    InfrastructureTable table = sampleHosts();
    table.status[0] = GetParam().status;
    const RowFacts facts = infrastructureFacts(table, 0, kTestNow);
    const RowFact* status = factNamed(facts, QStringLiteral("Status"));
    ASSERT_NE(status, nullptr);
    EXPECT_EQ(status->value, QString::fromUtf16(GetParam().word));
    EXPECT_EQ(status->severity, GetParam().severity);
    EXPECT_EQ(facts.json.value(u"status").toString(), status->value);
}

INSTANTIATE_TEST_SUITE_P(Table, HostStatusFact,
                         testing::Values(HostStatus{InfrastructureStatus::Online, u"Online", Severity::Ok},
                                         HostStatus{InfrastructureStatus::Running, u"Running", Severity::Ok},
                                         HostStatus{InfrastructureStatus::Degraded, u"Degraded", Severity::Warning},
                                         HostStatus{InfrastructureStatus::Paused, u"Paused", Severity::Warning},
                                         HostStatus{InfrastructureStatus::Offline, u"Offline", Severity::Critical},
                                         HostStatus{InfrastructureStatus::Stopped, u"Stopped", Severity::Critical},
                                         HostStatus{InfrastructureStatus::Other, u"Online", Severity::Unknown}));

} // namespace

TEST(HostFacts, SayWhatIsMeasuredAndWhatIsNot)
{
    const RowFacts nas = infrastructureFacts(sampleHosts(), 0, kTestNow);
    EXPECT_EQ(nas.title, u"nas");
    EXPECT_EQ(factNamed(nas, QStringLiteral("Load, 1 min"))->value, u"1.50");
    EXPECT_EQ(factNamed(nas, QStringLiteral("Temperature"))->value, u"-5.00 \u00b0C") << "cold is a value";
    EXPECT_EQ(factNamed(nas, QStringLiteral("Disk"))->value, u"92%");
    EXPECT_EQ(factNamed(nas, QStringLiteral("CPU"))->value, u"\u2013");
    EXPECT_FALSE(nas.json.contains(u"cpuPercent"));
    EXPECT_EQ(factNamed(nas, QStringLiteral("Swap")), nullptr) << "a host without swap has no line for it";
    EXPECT_EQ(factNamed(nas, QStringLiteral("Up for")), nullptr);
    const RowFacts backup = infrastructureFacts(sampleHosts(), 1, kTestNow);
    EXPECT_EQ(factNamed(backup, QStringLiteral("Status"))->value, u"Resilvering") << "in the source's own word";
}

TEST(HostFacts, NameEverySourceThatSeesTheHost)
{
    const QString seen = factNamed(infrastructureFacts(sampleHosts(), 0, kTestNow), QStringLiteral("Seen by"))->value;
    EXPECT_EQ(seen.count(u','), 1);
    EXPECT_TRUE(seen.contains(QStringLiteral("Docker")));
    InfrastructureTable table = sampleHosts();
    table.sources[0] = 0;
    EXPECT_EQ(factNamed(infrastructureFacts(table, 0, kTestNow), QStringLiteral("Seen by"))->value.count(u','), 0)
        << "without a set it is the one it came from";
}

TEST(HostFacts, ACommandLineReachesOtherHostsOnly)
{
    InfrastructureTable table = sampleHosts();
    EXPECT_EQ(infrastructureFacts(table, 0, kTestNow).shellCommand, u"ssh nas.lan");
    EXPECT_EQ(infrastructureFacts(table, 1, kTestNow).shellCommand, u"ssh backup") << "by name where that is all";
    table.platform[0] = Platform::LocalMachine;
    EXPECT_EQ(infrastructureFacts(table, 0, kTestNow).shellCommand, u"");
}

TEST(HostFacts, LeadToTheWorkloadsOfTheHost)
{
    const RowFacts nas = infrastructureFacts(sampleHosts(), 0, kTestNow);
    EXPECT_TRUE(nas.workloadsLink.startsWith(QStringLiteral("tracedeck://workloads?")));
    EXPECT_TRUE(nas.workloadsLink.contains(QStringLiteral("hostname=nas")));
    EXPECT_EQ(factNamed(nas, QStringLiteral("Runs"))->link, nas.workloadsLink);
}

TEST(HostCardWords, SayStatusValuesAndWhatIsUnknown)
{
    auto rows = sample::fleet(1);
    rows[0].name = "box";
    rows[0].cpu.reset();
    rows[0].memory = 40;
    GroupedTableModel model(workloadColumns());
    HostCards cards(&model);
    sample::show(model, rows);
    const HostCard* card = cards.cards()[0];
    EXPECT_EQ(card->accessibleName(), u"box");
    EXPECT_TRUE(card->accessibleDescription().startsWith(QStringLiteral("Running, CPU \u2013, Memory 40%")))
        << card->accessibleDescription().toStdString();
}

TEST(HostCardWords, TellOnceWhenCardsComeOrGo)
{
    GroupedTableModel model(workloadColumns());
    HostCards cards(&model);
    const QSignalSpy changed(&cards, &HostCards::cardsChanged);
    auto rows = sample::fleet(2);
    sample::show(model, rows);
    rows[0].cpu = 55;
    sample::show(model, rows);
    EXPECT_EQ(changed.count(), 1) << "other values are no other cards";
    rows.resize(1);
    sample::show(model, rows);
    EXPECT_EQ(changed.count(), 2);
}

TEST(HostCardWords, GapsAndForeignRowsArePainted)
{
    GroupedTableModel model(workloadColumns());
    HostCards cards(&model);
    sample::show(model, sample::fleet(2));
    cards.resize(900, 150);
    cards.show();
    const QImage before = cards.grab().toImage();
    cards.setFrame(sample::frameOf({4711}));
    EXPECT_EQ(cards.grab().toImage(), before) << "the courses of others";
    cards.setFrame(sample::frameOf(model.plan()->keys, 60, HistoryRange::Hour, {10, 11, 30}));
    EXPECT_NE(cards.grab().toImage(), before);
}
