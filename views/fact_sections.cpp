// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/fact_sections.h"

#include "core/number_format.h"
#include "views/fact_words.h"

#include <QStringList>
#include <algorithm>
#include <array>

namespace tracedeck {
namespace {

enum class Section : std::uint8_t { Values, Relations, Disks, Networks, Labels, More, Count };

bool startsWithAny(const QString& label, const QStringList& starts)
{
    return std::any_of(starts.begin(), starts.end(), [&](const QString& start) { return label.startsWith(start); });
}

/// Labels that sources give to their details are matched by how they begin.
Section sectionOf(const RowFact& fact)
{
    static const QStringList kValues{factText("Status"),     factText("CPU"),         factText("Load, 1 min"),
                                     factText("Memory"),     factText("Swap"),        factText("Disk"),
                                     factText("Network"),    factText("Disk I/O"),    factText("Restarts"),
                                     factText("Up for"),     factText("Temperature"), factText("Processes"),
                                     factText("Last backup")};
    static const QStringList kRelations{factText("Node"),         factText("Cluster"),   factText("Namespace"),
                                        factText("Project"),      factText("Runs"),      factText("Seen by"),
                                        factText("Same project"), factText("Same node"), factText("Host name")};
    static const QStringList kDisks{QStringLiteral("Disk "), QStringLiteral("Disks "), QStringLiteral("File system"),
                                    QStringLiteral("Mount"), QStringLiteral("Volume")};
    static const QStringList kNetworks{QStringLiteral("Network "), QStringLiteral("Port"), factText("Addresses")};
    static const QStringList kLabels{QStringLiteral("Label"), QStringLiteral("Environment"), factText("Tags")};
    if (kValues.contains(fact.label)) {
        return Section::Values;
    }
    if (kRelations.contains(fact.label)) {
        return Section::Relations;
    }
    return startsWithAny(fact.label, kDisks)   ? Section::Disks
        : startsWithAny(fact.label, kNetworks) ? Section::Networks
        : startsWithAny(fact.label, kLabels)   ? Section::Labels
                                               : Section::More;
}

QString headingOf(Section section)
{
    switch (section) {
    case Section::Relations:
        return factText("Belongs to");
    case Section::Disks:
        return factText("Disks");
    case Section::Networks:
        return factText("Networks");
    case Section::Labels:
        return factText("Labels");
    case Section::More:
        return factText("More");
    default:
        return {};
    }
}

void addLevel(std::vector<RowFact>& problems, const RowFacts& facts, const char* key, const QString& label,
              double level)
{
    const QJsonValue value = facts.json.value(QLatin1String(key));
    if (level > 0 && value.isDouble() && value.toDouble() >= level) {
        const auto text = [](double percent) { return QString::fromStdString(formatPercent(percent).joined()); };
        problems.push_back({.label = label,
                            .value = text(value.toDouble()),
                            .note = factText("at or above %1").arg(text(level)),
                            .severity = Severity::Critical});
    }
}

} // namespace

std::vector<RowFact> rowProblems(const RowFacts& facts, const ProblemLevels& levels)
{
    std::vector<RowFact> problems;
    for (const RowFact& fact : facts.facts) {
        if (fact.label == factText("Status") && fact.severity >= Severity::Warning) {
            problems.push_back(fact);
        }
    }
    addLevel(problems, facts, "cpuPercent", factText("CPU"), levels.cpu);
    addLevel(problems, facts, "memoryPercent", factText("Memory"), levels.memory);
    addLevel(problems, facts, "diskPercent", factText("Disk"), levels.disk);
    if (const double restarts = facts.json.value(u"restarts").toDouble(); restarts >= 1) {
        problems.push_back({.label = factText("Restarts"),
                            .value = QString::fromStdString(formatCount(static_cast<std::uint64_t>(restarts))),
                            .severity = Severity::Warning});
    }
    if (facts.json.value(u"stale").toBool()) {
        problems.push_back({.label = factText("Stale"),
                            .value = factText("last values shown"),
                            .note = factText("its source did not answer"),
                            .severity = Severity::Warning});
    }
    std::stable_sort(problems.begin(), problems.end(),
                     [](const RowFact& a, const RowFact& b) { return a.severity > b.severity; });
    return problems;
}

std::vector<RowFact> sectionedFacts(const RowFacts& facts, const ProblemLevels& levels)
{
    std::array<std::vector<RowFact>, static_cast<std::size_t>(Section::Count)> parts;
    for (const RowFact& fact : facts.facts) {
        parts[static_cast<std::size_t>(sectionOf(fact))].push_back(fact);
    }
    std::vector<RowFact> out;
    const auto add = [&out](const QString& heading, const std::vector<RowFact>& part) {
        if (!part.empty() && !heading.isEmpty()) {
            out.push_back({.label = heading, .heading = true});
        }
        out.insert(out.end(), part.begin(), part.end());
    };
    add({}, parts[static_cast<std::size_t>(Section::Values)]);
    add(factText("Problems"), rowProblems(facts, levels));
    for (std::size_t i = 1; i < parts.size(); ++i) {
        add(headingOf(static_cast<Section>(i)), parts[i]);
    }
    return out;
}

} // namespace tracedeck
