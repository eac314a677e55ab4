// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/fact_builder.h"

#include "core/log.h"
#include "core/number_format.h"
#include "views/fact_words.h"

#include <QJsonArray>
#include <cmath>

namespace tracedeck {

namespace {

QString shown(const FormattedNumber& number)
{
    return QString::fromStdString(number.joined());
}

/// "5.9 of 8.0 GiB" when both share the unit, else "512 MiB of 8.0 GiB".
QString usedOfTotal(std::int64_t used, std::int64_t total)
{
    const FormattedNumber first = formatBytesBinary(used);
    const FormattedNumber second = formatBytesBinary(total);
    const QString left = first.unit == second.unit ? QString::fromStdString(first.number) : shown(first);
    return factText("%1 of %2").arg(left, shown(second));
}

} // namespace

QString FactBuilder::text(StringId id) const
{
    const std::string_view view = m_strings.view(id);
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

void FactBuilder::addText(const QString& label, const char* key, StringId id)
{
    if (id != 0) {
        m_out.facts.push_back({.label = label, .value = text(id)});
        put(key, text(id));
    }
}

void FactBuilder::addLink(const QString& label, const char* key, StringId id, const QString& link)
{
    if (id != 0) {
        m_out.facts.push_back({.label = label, .value = text(id), .link = link});
        put(key, text(id));
    }
}

void FactBuilder::addStatus(const QString& label, const QString& word, const QString& detail, Severity severity)
{
    m_out.facts.push_back({.label = label, .value = word, .note = detail, .severity = severity});
    put("status", word);
    if (!detail.isEmpty()) {
        put("statusDetail", detail);
    }
}

void FactBuilder::addUnknown(const QString& label, bool pending)
{
    m_out.facts.push_back(
        {.label = label,
         .value = QString::fromUtf8(kUnknownText),
         .note = pending ? factText("waiting for a second sample") : factText("not reported by this source")});
}

void FactBuilder::addPercent(const QString& label, const char* key, std::optional<double> percent, const QString& basis,
                             bool pending)
{
    if (!percent) {
        addUnknown(label, pending);
        return;
    }
    m_out.facts.push_back({.label = label, .value = shown(formatPercent(*percent)), .note = basis});
    put(key, *percent);
}

void FactBuilder::addUsage(const QString& label, const char* key, std::optional<std::int64_t> used,
                           std::optional<std::int64_t> total, std::optional<double> percent, const QString& basis)
{
    if (!used && !percent) {
        addUnknown(label);
        return;
    }
    const QString name = QString::fromLatin1(key);
    RowFact fact{.label = label, .note = basis};
    if (used && total) {
        fact.value = usedOfTotal(*used, *total);
    } else if (used) {
        fact.value = shown(formatBytesBinary(*used));
    }
    if (percent) {
        const QString ratio = shown(formatPercent(*percent));
        fact.value = fact.value.isEmpty() ? ratio : fact.value + QStringLiteral(", ") + ratio;
        m_out.json.insert(name + QStringLiteral("Percent"), *percent);
    }
    if (used) {
        m_out.json.insert(name + QStringLiteral("UsedBytes"), static_cast<qint64>(*used));
    }
    if (total) {
        m_out.json.insert(name + QStringLiteral("TotalBytes"), static_cast<qint64>(*total));
    }
    m_out.facts.push_back(std::move(fact));
}

void FactBuilder::addRates(const QString& label, const char* firstKey, std::optional<double> first,
                           const QString& firstWord, const char* secondKey, std::optional<double> second,
                           const QString& secondWord, bool pending)
{
    if (!first && !second) {
        addUnknown(label, pending);
        return;
    }
    QStringList parts;
    if (first) {
        parts.append(shown(formatRateDecimal(*first)) + u' ' + firstWord);
        put(firstKey, *first);
    }
    if (second) {
        parts.append(shown(formatRateDecimal(*second)) + u' ' + secondWord);
        put(secondKey, *second);
    }
    m_out.facts.push_back({.label = label, .value = parts.join(QStringLiteral(", "))});
}

void FactBuilder::addNumber(const QString& label, const char* key, std::optional<double> value, const QString& unit)
{
    if (!value) {
        return;
    }
    const bool whole = std::abs(*value - std::round(*value)) < 1e-9;
    const QString number = whole && *value >= 0
        ? QString::fromStdString(formatCount(static_cast<std::uint64_t>(*value)))
        : QString::number(*value, 'f', 2);
    m_out.facts.push_back({.label = label, .value = unit.isEmpty() ? number : number + u' ' + unit});
    put(key, *value);
}

void FactBuilder::addSince(const QString& label, const char* key, std::optional<std::int64_t> sinceNs,
                           std::int64_t nowNs)
{
    if (!sinceNs) {
        return;
    }
    m_out.facts.push_back(
        {.label = label, .value = QString::fromStdString(formatAge(std::max<std::int64_t>(nowNs - *sinceNs, 0)))});
    put(key, QString::number(*sinceNs));
}

void FactBuilder::addChips(const QString& label, const char* key, std::span<const StringId> ids)
{
    RowFact fact{.label = label};
    QJsonArray list;
    for (const StringId id : ids) {
        fact.chips.append(text(id));
        list.append(text(id));
    }
    if (!fact.chips.isEmpty()) {
        m_out.facts.push_back(std::move(fact));
        put(key, list);
    }
}

void FactBuilder::addDetails(std::span<const StringId> names, std::span<const StringId> values)
{
    QJsonObject details;
    for (std::size_t i = 0; i < std::min(names.size(), values.size()); ++i) {
        const QString value = looksSecret(m_strings.view(names[i])) ? QStringLiteral("•••") : text(values[i]);
        m_out.facts.push_back({.label = text(names[i]), .value = value});
        details.insert(text(names[i]), value);
    }
    if (!details.isEmpty()) {
        put("details", details);
    }
}

} // namespace tracedeck
