// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/column.h"
#include "views/row_facts.h"

#include <optional>
#include <string_view>

namespace tracedeck {

/// Adds facts of one row: the same value goes to the drawer as a sentence and to the JSON as a number.
class FactBuilder {
public:
    FactBuilder(const StringPool& strings, RowFacts& out) : m_strings(strings), m_out(out) { }

    [[nodiscard]] QString text(StringId id) const;
    /// Left out when empty.
    void addText(const QString& label, const char* key, StringId id);
    void addLink(const QString& label, const char* key, StringId id, const QString& link);
    void addStatus(const QString& label, const QString& word, const QString& detail, Severity severity);
    /// "84% of 3 CPUs"; an en dash and "not reported by this source" when unknown, "first sample" when pending.
    void addPercent(const QString& label, const char* key, std::optional<double> percent, const QString& basis,
                    bool pending = false);
    /// "5.9 of 8.0 GiB, 74%".
    void addUsage(const QString& label, const char* key, std::optional<std::int64_t> used,
                  std::optional<std::int64_t> total, std::optional<double> percent, const QString& basis);
    /// "1.2 MB/s in, 300 kB/s out".
    void addRates(const QString& label, const char* firstKey, std::optional<double> first, const QString& firstWord,
                  const char* secondKey, std::optional<double> second, const QString& secondWord, bool pending);
    void addNumber(const QString& label, const char* key, std::optional<double> value, const QString& unit = {});
    /// Age since a moment: "8 d 2 h".
    void addSince(const QString& label, const char* key, std::optional<std::int64_t> sinceNs, std::int64_t nowNs);
    void addChips(const QString& label, const char* key, std::span<const StringId> ids);
    /// Free name and value pairs of the source.
    void addDetails(std::span<const StringId> names, std::span<const StringId> values);

private:
    void addUnknown(const QString& label, bool pending = false);
    void put(const char* key, const QJsonValue& value) { m_out.json.insert(QString::fromLatin1(key), value); }

    const StringPool& m_strings;
    RowFacts& m_out;
};

} // namespace tracedeck
