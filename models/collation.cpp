// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/collation.h"

#include <QCollator>
#include <QString>
#include <algorithm>
#include <string_view>
#include <vector>

namespace tracedeck {
namespace {

struct Entry {
    QCollatorSortKey key;
    StringId id;
};

/// The collator of the C locale compares code units, whatever is asked of it: "Zeta" before "alpha", "web-10"
/// before "web-9". A desktop without LANG gets the order of English instead.
QLocale collatedLocale(const QLocale& locale)
{
    return locale.language() == QLocale::C ? QLocale(QLocale::English, QLocale::UnitedStates) : locale;
}

} // namespace

CollationRanks collationRanks(const StringPool& pool, const QLocale& locale)
{
    QCollator collator(collatedLocale(locale));
    collator.setNumericMode(true);
    collator.setCaseSensitivity(Qt::CaseInsensitive);
    std::vector<Entry> entries;
    entries.reserve(pool.size());
    for (StringId id = 1; id < pool.size(); ++id) {
        const std::string_view text = pool.view(id);
        entries.push_back({collator.sortKey(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))), id});
    }
    std::sort(entries.begin(), entries.end(), [&pool](const Entry& a, const Entry& b) {
        const int order = a.key.compare(b.key);
        return order != 0 ? order < 0 : pool.view(a.id) < pool.view(b.id);
    });
    CollationRanks ranks;
    ranks.rank.assign(pool.size(), 0); // the empty text, handle 0, stays first
    std::uint32_t rank = 1;
    for (const Entry& entry : entries) {
        ranks.rank[entry.id] = rank++;
    }
    return ranks;
}

} // namespace tracedeck
