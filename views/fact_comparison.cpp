// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/fact_comparison.h"

#include "core/number_format.h"
#include "views/fact_sections.h"
#include "views/fact_words.h"

#include <QHash>
#include <QStringList>
#include <algorithm>
#include <cmath>
#include <utility>

namespace tracedeck {
namespace {

const QString kUnreported = QStringLiteral("\u2013");

QString comparedText(const RowFact& fact)
{
    const QString value = fact.chips.isEmpty() ? fact.value : fact.chips.join(QStringLiteral(", "));
    return fact.note.isEmpty() ? value : value + u' ' + fact.note;
}

/// Facts of one section, without its heading.
struct FactSection {
    QString heading;
    std::vector<RowFact> facts;
};

std::vector<FactSection> sectionsOf(const RowFacts& row)
{
    std::vector<FactSection> sections(1);
    for (const RowFact& fact : sectionedFacts(row)) {
        if (fact.heading) {
            sections.push_back({fact.label, {}});
        } else {
            sections.back().facts.push_back(fact);
        }
    }
    return sections;
}

QString signedText(double difference, const QString& magnitude)
{
    return (difference < 0 ? QStringLiteral("\u2212") : QStringLiteral("+")) + magnitude;
}

QString percentDifference(double difference)
{
    return signedText(difference, factText("%1 points").arg(QString::number(std::abs(difference), 'f', 1)));
}

QString bytesDifference(double difference)
{
    const auto bytes = static_cast<std::int64_t>(std::abs(difference));
    return signedText(difference, QString::fromStdString(formatBytesBinary(bytes).joined()));
}

/// What a label measures, as RowFacts::json names it.
QString differenceOf(const QString& label, const RowFacts& left, const RowFacts& right)
{
    struct Measured {
        QString label;
        const char* key;
        QString (*text)(double);
    };
    static const std::vector<Measured> kMeasured{{factText("CPU"), "cpuPercent", percentDifference},
                                                 {factText("Memory"), "memoryUsedBytes", bytesDifference},
                                                 {factText("Disk"), "diskUsedBytes", bytesDifference}};
    for (const Measured& measured : kMeasured) {
        const QJsonValue a = left.json.value(QLatin1String(measured.key));
        const QJsonValue b = right.json.value(QLatin1String(measured.key));
        if (measured.label == label && a.isDouble() && b.isDouble() && a.toDouble() != b.toDouble()) {
            return measured.text(b.toDouble() - a.toDouble());
        }
    }
    return {};
}

class FactPairing {
public:
    FactPairing(const RowFacts& left, const RowFacts& right) : m_left(left), m_right(right) { }

    void addSection(const QString& heading, const std::vector<RowFact>& left, std::vector<RowFact> right)
    {
        if (!heading.isEmpty()) {
            m_out.push_back({heading, {}, {}, {}, true, false});
        }
        for (const RowFact& fact : left) {
            const auto found = std::find_if(right.begin(), right.end(),
                                            [&fact](const RowFact& other) { return other.label == fact.label; });
            add(fact.label, comparedText(fact), found == right.end() ? kUnreported : comparedText(*found));
            if (found != right.end()) {
                right.erase(found);
            }
        }
        for (const RowFact& fact : right) {
            add(fact.label, kUnreported, comparedText(fact));
        }
    }
    [[nodiscard]] std::vector<ComparedFact> take() { return std::move(m_out); }

private:
    void add(const QString& label, const QString& left, const QString& right)
    {
        m_out.push_back({label, left, right, differenceOf(label, m_left, m_right), false, left != right});
    }

    const RowFacts& m_left;
    const RowFacts& m_right;
    std::vector<ComparedFact> m_out;
};

} // namespace

std::vector<ComparedFact> comparedFacts(const RowFacts& left, const RowFacts& right)
{
    FactPairing pairing(left, right);
    std::vector<FactSection> others = sectionsOf(right);
    for (const FactSection& section : sectionsOf(left)) {
        const auto found = std::find_if(others.begin(), others.end(), [&section](const FactSection& other) {
            return other.heading == section.heading;
        });
        const bool both = found != others.end();
        pairing.addSection(section.heading, section.facts, both ? found->facts : std::vector<RowFact>());
        if (both) {
            others.erase(found);
        }
    }
    for (FactSection& section : others) {
        pairing.addSection(section.heading, {}, std::move(section.facts));
    }
    return pairing.take();
}

} // namespace tracedeck
