// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/fact_sections.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace tracedeck {
namespace {

RowFacts factsOf(const std::vector<QString>& labels)
{
    RowFacts facts;
    facts.key = 1;
    for (const QString& label : labels) {
        facts.facts.push_back({.label = label, .value = label + QStringLiteral("!")});
    }
    return facts;
}

QStringList labelsOf(const std::vector<RowFact>& facts)
{
    QStringList labels;
    for (const RowFact& fact : facts) {
        labels.append(fact.heading ? QStringLiteral("# ") + fact.label : fact.label);
    }
    return labels;
}

} // namespace

TEST(FactSections, putFactsWhereOneLooksForThem)
{
    const RowFacts facts =
        factsOf({QStringLiteral("Label team"), QStringLiteral("CPU"), QStringLiteral("Network eth0"),
                 QStringLiteral("Node"), QStringLiteral("Disk scsi0"), QStringLiteral("Kernel"),
                 QStringLiteral("Network"), QStringLiteral("Addresses"), QStringLiteral("File system /")});
    EXPECT_EQ(labelsOf(sectionedFacts(facts)),
              (QStringList{QStringLiteral("CPU"), QStringLiteral("Network"), QStringLiteral("# Belongs to"),
                           QStringLiteral("Node"), QStringLiteral("# Disks"), QStringLiteral("Disk scsi0"),
                           QStringLiteral("File system /"), QStringLiteral("# Networks"),
                           QStringLiteral("Network eth0"), QStringLiteral("Addresses"), QStringLiteral("# Labels"),
                           QStringLiteral("Label team"), QStringLiteral("# More"), QStringLiteral("Kernel")}));
}

TEST(FactSections, nothingWrongHasNoHeading)
{
    EXPECT_TRUE(rowProblems(factsOf({QStringLiteral("CPU")})).empty());
    EXPECT_FALSE(labelsOf(sectionedFacts(factsOf({QStringLiteral("CPU")}))).contains(QStringLiteral("# Problems")));
    EXPECT_TRUE(sectionedFacts(RowFacts()).empty());
}

TEST(FactSections, problemsComeWorstFirstWithTheirReason)
{
    RowFacts facts = factsOf({});
    facts.facts.push_back({.label = QStringLiteral("Status"),
                           .value = QStringLiteral("Degraded"),
                           .note = QStringLiteral("health check failing"),
                           .severity = Severity::Warning});
    facts.json = QJsonObject{{QStringLiteral("cpuPercent"), 86.0},
                             {QStringLiteral("memoryPercent"), 84.9},
                             {QStringLiteral("diskPercent"), 96.0},
                             {QStringLiteral("restarts"), 12.0},
                             {QStringLiteral("stale"), true}};
    const std::vector<RowFact> problems = rowProblems(facts);
    EXPECT_EQ(labelsOf(problems),
              (QStringList{QStringLiteral("CPU"), QStringLiteral("Disk"), QStringLiteral("Status"),
                           QStringLiteral("Restarts"), QStringLiteral("Stale")}));
    EXPECT_EQ(problems[0].note, QStringLiteral("at or above 80%"));
    EXPECT_EQ(problems[2].note, QStringLiteral("health check failing"));
    const std::vector<RowFact> own = rowProblems(facts, {95, 80, 99});
    EXPECT_EQ(own[0].label, QStringLiteral("Memory")) << "levels are the caller's";
}

RC_GTEST_PROP(FactSectionsProperty, nothingIsLostAndNothingAdded, (const std::vector<std::string>& raw))
{
    RowFacts facts;
    for (const std::string& text : raw) {
        facts.facts.push_back({.label = QString::fromStdString(text)});
    }
    std::vector<RowFact> shown = sectionedFacts(facts);
    std::erase_if(shown, [](const RowFact& fact) { return fact.heading; });
    RC_ASSERT(shown.size() == facts.facts.size());
    for (const RowFact& fact : facts.facts) {
        RC_ASSERT(std::find(shown.begin(), shown.end(), fact) != shown.end());
    }
}

} // namespace tracedeck
