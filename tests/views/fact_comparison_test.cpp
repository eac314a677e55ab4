// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/fact_comparison.h"

#include "tests/support/sample_fleet.h"
#include "views/compare_panel.h"

#include <QAbstractButton>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

namespace tracedeck {
namespace {

RowFacts factsOf(const sample::Workload& workload)
{
    return workloadFacts(*sample::tableOf({workload}), 0, sample::kNowNs);
}

const ComparedFact* factNamed(const std::vector<ComparedFact>& facts, const QString& label)
{
    const auto found =
        std::find_if(facts.begin(), facts.end(), [&](const ComparedFact& f) { return f.label == label; });
    return found == facts.end() ? nullptr : &*found;
}

sample::Workload web()
{
    return {.id = 1, .name = "web", .node = "node-a", .cpu = 10, .memory = 20};
}

sample::Workload database()
{
    return {.id = 1, .name = "db", .node = "node-b", .cpu = 82, .memory = 10};
}

TEST(FactComparison, EqualRowsDifferInNothing)
{
    for (const ComparedFact& fact : comparedFacts(factsOf(web()), factsOf(web()))) {
        EXPECT_FALSE(fact.differs) << fact.label.toStdString();
        EXPECT_EQ(fact.left, fact.right);
        EXPECT_TRUE(fact.difference.isEmpty());
    }
}

TEST(FactComparison, SaysWhatDiffersAndByHowMuch)
{
    const std::vector<ComparedFact> facts = comparedFacts(factsOf(web()), factsOf(database()));
    const ComparedFact* cpu = factNamed(facts, QStringLiteral("CPU"));
    ASSERT_NE(cpu, nullptr);
    EXPECT_TRUE(cpu->left.startsWith(QStringLiteral("10"))) << cpu->left.toStdString();
    EXPECT_TRUE(cpu->left.contains(u'%')) << "with its unit";
    EXPECT_TRUE(cpu->differs);
    EXPECT_EQ(cpu->difference, QStringLiteral("+72.0 points"));
    const ComparedFact* memory = factNamed(facts, QStringLiteral("Memory"));
    ASSERT_NE(memory, nullptr);
    EXPECT_EQ(memory->difference, QStringLiteral("\u2212763 MiB"));
    const ComparedFact* node = factNamed(facts, QStringLiteral("Node"));
    ASSERT_NE(node, nullptr);
    EXPECT_EQ(node->left, QStringLiteral("node-a"));
    EXPECT_EQ(node->right, QStringLiteral("node-b"));
    EXPECT_FALSE(factNamed(facts, QStringLiteral("Status"))->differs);
}

TEST(FactComparison, WhatOneRowDoesNotReportIsADashAndDiffers)
{
    RowFacts left;
    RowFacts right;
    left.facts = {{.label = QStringLiteral("Image"), .value = QStringLiteral("web:1")},
                  {.label = QStringLiteral("Port"), .value = QStringLiteral("80")},
                  {.label = QStringLiteral("Port"), .value = QStringLiteral("443")}};
    right.facts = {{.label = QStringLiteral("Port"), .value = QStringLiteral("80")},
                   {.label = QStringLiteral("Project"), .value = QStringLiteral("shop")}};
    const std::vector<ComparedFact> facts = comparedFacts(left, right);
    QStringList lines;
    for (const ComparedFact& fact : facts) {
        lines.append(fact.heading ? fact.label : fact.label + u'=' + fact.left + u'|' + fact.right);
    }
    EXPECT_TRUE(lines.contains(QStringLiteral("Image=web:1|\u2013"))) << lines.join(u'\n').toStdString();
    EXPECT_TRUE(lines.contains(QStringLiteral("Port=80|80")));
    EXPECT_TRUE(lines.contains(QStringLiteral("Port=443|\u2013"))) << "the second of one name";
    EXPECT_TRUE(lines.contains(QStringLiteral("Project=\u2013|shop")));
    EXPECT_TRUE(factNamed(facts, QStringLiteral("Image"))->differs);
}

TEST(ComparePanel, ShowsBothRowsAndOnRequestOnlyWhatDiffers)
{
    ComparePanel panel;
    panel.showRows(factsOf(web()), factsOf(database()));
    panel.show();
    const QStringList all = panel.texts();
    EXPECT_TRUE(all.filter(QStringLiteral("CPU: 10")).value(0).endsWith(QStringLiteral("+72.0 points")));
    panel.setDifferencesOnly(true);
    const QStringList different = panel.texts();
    EXPECT_LT(different.size(), all.size());
    EXPECT_TRUE(different.filter(QStringLiteral("Status")).isEmpty());
    EXPECT_FALSE(different.filter(QStringLiteral("Node: node-a | node-b")).isEmpty());
    panel.showRows(factsOf(web()), factsOf(web()));
    EXPECT_TRUE(panel.texts().isEmpty()) << "no heading stands alone";
    panel.setDifferencesOnly(false);
    EXPECT_FALSE(panel.texts().isEmpty());
}

TEST(ComparePanel, ClosesAndSwapsByItsButtons)
{
    ComparePanel panel;
    QSignalSpy closed(&panel, &ComparePanel::closeRequested);
    QSignalSpy swapped(&panel, &ComparePanel::swapRequested);
    for (QAbstractButton* button : panel.findChildren<QAbstractButton*>()) {
        button->click();
    }
    EXPECT_EQ(closed.count(), 1);
    EXPECT_EQ(swapped.count(), 1);
}

} // namespace
} // namespace tracedeck
