// SPDX-License-Identifier: GPL-3.0-or-later
// What a row belongs to: every relation of the drawer is a link that finds exactly what it says.
#include "selectors/query_match.h"
#include "tests/support/sample_fleet.h"
#include "views/fact_sections.h"
#include "views/fact_words.h"
#include "views/row_facts.h"
#include "views/table_choice.h"

#include <QUrlQuery>
#include <gtest/gtest.h>

namespace tracedeck {
namespace {

/// web and db of one project on host 77, cache on the same host, job alone.
WorkloadTable shop(const char* project = "shop \"a\\b\"")
{
    WorkloadTable table = *sample::tableOf({{.id = 1, .name = "web", .node = "node-a"},
                                            {.id = 2, .name = "db", .node = "node-a"},
                                            {.id = 3, .name = "cache", .node = "node-a"},
                                            {.id = 4, .name = "job", .node = "node-b"}});
    for (const std::size_t row : {0U, 1U}) {
        table.composeProject[row] = table.strings.intern(project);
        table.cluster[row] = table.strings.intern("east");
    }
    for (const std::size_t row : {0U, 1U, 2U}) {
        table.hostKeys[row] = 77;
    }
    table.finish();
    return table;
}

const RowFact* factOf(const RowFacts& facts, const QString& label)
{
    const auto found =
        std::find_if(facts.facts.begin(), facts.facts.end(), [&](const RowFact& fact) { return fact.label == label; });
    return found == facts.facts.end() ? nullptr : &*found;
}

TableChoice choiceOfLink(const QString& link)
{
    TableChoice choice;
    choice.readQuery(QUrlQuery(link.section(u'?', 1)));
    return choice;
}

std::size_t matching(const WorkloadTable& table, const TableChoice& choice)
{
    const QueryOutcome outcome = compileQuery(choice.text.toStdString(), QueryTable::Workloads);
    EXPECT_TRUE(outcome.ok()) << choice.text.toStdString();
    const std::vector<std::uint8_t> matches = matchRows(outcome.query, table, sample::kNowNs);
    return static_cast<std::size_t>(std::count(matches.begin(), matches.end(), 1));
}

TEST(Relations, SiblingsOfAProjectAreCountedAndFound)
{
    const WorkloadTable table = shop();
    const RowFacts facts = workloadFacts(table, 0, sample::kNowNs);
    const RowFact* same = factOf(facts, QStringLiteral("Same project"));
    ASSERT_NE(same, nullptr);
    EXPECT_EQ(same->value, QStringLiteral("1 other workload"));
    EXPECT_EQ(matching(table, choiceOfLink(same->link)), 2U) << "itself and the other, quotes and all";
    EXPECT_EQ(factOf(facts, QStringLiteral("Project"))->link, same->link);
}

TEST(Relations, TheHostIsOpenedAsARowAndItsOthersAreListed)
{
    const RowFacts facts = workloadFacts(shop(), 0, sample::kNowNs);
    EXPECT_EQ(factOf(facts, QStringLiteral("Node"))->link, QStringLiteral("tracedeck://infrastructure?row=4d"));
    const RowFact* same = factOf(facts, QStringLiteral("Same node"));
    ASSERT_NE(same, nullptr);
    EXPECT_EQ(same->value, QStringLiteral("2 other workloads"));
    EXPECT_EQ(choiceOfLink(same->link).host, 77U);
    EXPECT_EQ(choiceOfLink(same->link).hostName, QStringLiteral("node-a"));
    EXPECT_EQ(choiceOfLink(factOf(facts, QStringLiteral("Cluster"))->link).text, QStringLiteral("cluster=\"east\""));
}

TEST(Relations, WithoutAnyNothingIsInvented)
{
    const RowFacts facts = workloadFacts(shop(), 3, sample::kNowNs);
    EXPECT_EQ(factOf(facts, QStringLiteral("Same project")), nullptr);
    EXPECT_EQ(factOf(facts, QStringLiteral("Same node")), nullptr);
    EXPECT_EQ(factOf(facts, QStringLiteral("Project")), nullptr);
    EXPECT_EQ(choiceOfLink(factOf(facts, QStringLiteral("Node"))->link).text, QStringLiteral("name=\"node-b\""))
        << "no host row is known";
}

TEST(Relations, StandTogetherUnderTheirHeading)
{
    const std::vector<RowFact> lines = sectionedFacts(workloadFacts(shop(), 0, sample::kNowNs));
    QStringList under;
    bool inside = false;
    for (const RowFact& line : lines) {
        inside = line.heading ? line.label == QStringLiteral("Belongs to") : inside;
        if (inside && !line.heading) {
            under.append(line.label);
        }
    }
    EXPECT_EQ(under,
              (QStringList{QStringLiteral("Node"), QStringLiteral("Cluster"), QStringLiteral("Project"),
                           QStringLiteral("Same project"), QStringLiteral("Same node"), QStringLiteral("Seen by")}));
}

TEST(ExactClause, KeepsQuotesAndBackslashesApart)
{
    EXPECT_EQ(exactClause(QStringLiteral("name"), QStringLiteral("a\"b\\c")), QStringLiteral("name=\"a\\\"b\\\\c\""));
}

} // namespace
} // namespace tracedeck
