// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace tracedeck {

class SettingsStore;

/// Queries a person went to the rows with, per page, newest first, kept in the settings under
/// "search.history.<page>". Each text stands once; the oldest go when there are more than kMost.
class QueryHistory {
public:
    static constexpr int kMost = 50;
    static constexpr int kLongest = 2000; ///< longer queries are not kept

    explicit QueryHistory(SettingsStore& settings) : m_settings(settings) { }

    [[nodiscard]] QStringList of(const QString& page) const;
    void add(const QString& page, const QString& query);

private:
    SettingsStore& m_settings;
};

} // namespace tracedeck
