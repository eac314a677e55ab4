// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet_domain.h"
#include "app/hidden_rows.h"
#include "tests/app/scripted_source.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace tracedeck;
using namespace tracedeck::tests;

namespace {

/// Forty workloads on two nodes, asked about with a choice.
class Fleet {
public:
    Fleet()
        : m_domain(workloadDomain()), m_snapshot(scriptedWorkloads(40)), m_prepared(m_domain.prepare({m_snapshot, 0}))
    { }
    [[nodiscard]] HiddenRowQuestion ask(const TableChoice& choice) const
    {
        HiddenRowQuestion question;
        question.snapshot = m_snapshot;
        question.choice = choice;
        question.planFor = [this](const TableChoice& c) { return m_domain.derive(*m_prepared, c, 0, false).plan; };
        question.plan = question.planFor(choice);
        return question;
    }
    [[nodiscard]] HiddenRow about(const TableChoice& choice, const char* name) const
    {
        const std::vector<HiddenRow> rows = findHiddenRows(ask(choice), QString::fromUtf8(name), 5);
        return rows.empty() ? HiddenRow() : rows.front();
    }
    [[nodiscard]] bool shows(const TableChoice& choice, RowKey key) const
    {
        const auto plan = ask(choice).plan;
        return std::find(plan->keys.begin(), plan->keys.end(), key) != plan->keys.end();
    }

private:
    FleetDomain m_domain;
    TableSnapshot m_snapshot;
    std::shared_ptr<const PreparedTable> m_prepared;
};

TableChoice query(const char* text)
{
    TableChoice choice;
    choice.text = QString::fromUtf8(text);
    choice.grouping = QStringLiteral("node");
    return choice;
}

} // namespace

TEST(HiddenRowsTest, TheClauseIsNamedAndDroppingItShowsTheRow)
{
    const Fleet fleet;
    const TableChoice choice = query("cpu>0.15 svc node:node-a");
    const HiddenRow row = fleet.about(choice, "svc-007");
    EXPECT_EQ(row.reasons, (QStringList{QStringLiteral("cpu>0.15"), QStringLiteral("node:node-a")}));
    EXPECT_EQ(row.shown.text, QStringLiteral("svc"));
    EXPECT_TRUE(fleet.shows(row.shown, row.key));
    EXPECT_TRUE(fleet.about(choice, "svc-018").reasons.isEmpty()) << "is shown";
    EXPECT_EQ(fleet.about(choice, "no such row").key, 0U);
}

TEST(HiddenRowsTest, AMissingValueIsCalledThat)
{
    const Fleet fleet;
    const HiddenRow row = fleet.about(query("mem>10%"), "svc-001");
    EXPECT_EQ(row.reasons, QStringList{QStringLiteral("mem>10% (not reported)")});
    EXPECT_TRUE(row.shown.text.isEmpty());
}

TEST(HiddenRowsTest, EveryOtherRestrictionIsNamedToo)
{
    const Fleet fleet;
    TableChoice choice = query("");
    choice.view = QStringLiteral("pod");
    choice.status = QStringLiteral("stopped");
    choice.problemsOnly = true;
    const HiddenRow row = fleet.about(choice, "svc-001");
    EXPECT_EQ(row.reasons.size(), 3) << row.reasons.join(u'|').toStdString();
    EXPECT_FALSE(row.shown.hasFilter());
    const HiddenRow stopped = fleet.about(choice, "svc-009");
    EXPECT_EQ(stopped.reasons, QStringList{QStringLiteral("kind: pod")});
    EXPECT_EQ(stopped.shown.status, QStringLiteral("stopped")) << "what does not hide it stays";
}

TEST(HiddenRowsTest, AFoldedGroupIsOpened)
{
    const Fleet fleet;
    TableChoice choice = query("");
    const auto plan = fleet.ask(choice).plan;
    choice.collapsed = {plan->keys.front()};
    ASSERT_TRUE(plan->rows.front().isGroup());
    const HiddenRow row = fleet.about(choice, "svc-000");
    EXPECT_EQ(row.reasons, QStringList{QStringLiteral("group node-a is folded")});
    EXPECT_TRUE(row.shown.collapsed.empty());
    choice.text = QStringLiteral("svc-03");
    EXPECT_TRUE(fleet.shows(fleet.about(choice, "svc-000").shown, row.key)) << "filtered and folded";
}

TEST(HiddenRowsTest, HiddenOnesComeFirstAndTheListIsBounded)
{
    const Fleet fleet;
    const std::vector<HiddenRow> rows = findHiddenRows(fleet.ask(query("svc-00")), {}, 12);
    ASSERT_EQ(rows.size(), 12U);
    EXPECT_TRUE(std::none_of(rows.begin(), rows.end(), [](const HiddenRow& row) { return row.reasons.isEmpty(); }));
    EXPECT_EQ(findHiddenRows(fleet.ask(query("svc-00")), {}, 100).size(), 40U);
    EXPECT_TRUE(findHiddenRows({}, {}, 5).empty()) << "no snapshot yet";
}

TEST(HiddenRowsTest, ResourcesAreFoundByKeyIdAndName)
{
    const TableSnapshot snapshot(scriptedWorkloads(3));
    const RowKey key = makeRowKey(RowKind::Workload, "scripted", "svc-001");
    EXPECT_EQ(rowOfResource(snapshot, QStringLiteral("svc-001")), key);
    EXPECT_EQ(rowOfResource(snapshot, QStringLiteral("SVC-001")), key);
    EXPECT_EQ(rowOfResource(snapshot, QString::number(key, 16)), key);
    EXPECT_EQ(rowOfResource(snapshot, QStringLiteral("svc")), 0U);
    EXPECT_EQ(rowOfResource(snapshot, {}), 0U);
    EXPECT_EQ(rowNameOf(snapshot, key), QStringLiteral("svc-001"));
    EXPECT_TRUE(rowNameOf(snapshot, 1).isEmpty());
}

RC_GTEST_PROP(HiddenRowsProperty, TheOfferedChoiceAlwaysShowsTheRow, ())
{
    static const Fleet fleet;
    TableChoice choice =
        query((*rc::gen::element<std::string>("", "svc-00", "cpu>0.2 -svc-03", "cpu>0.2 or name=svc-001",
                                              "not svc-01 mem>1%", "(svc-01 or svc-02) cpu<0.15 has:mem"))
                  .c_str());
    choice.status = QString::fromStdString(*rc::gen::element<std::string>("", "running", "stopped"));
    choice.view = QString::fromStdString(*rc::gen::element<std::string>("", "container", "vm"));
    choice.problemsOnly = *rc::gen::arbitrary<bool>();
    for (const HiddenRow& row : findHiddenRows(fleet.ask(choice), {}, 40)) {
        RC_ASSERT(fleet.shows(row.shown, row.key));
        RC_ASSERT(row.reasons.isEmpty() == fleet.shows(choice, row.key));
    }
}
