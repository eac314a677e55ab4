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

class TextOrder {
public:
    TextOrder(const StringPool& pool, const QLocale& locale) : m_pool(pool), m_collator(collatedLocale(locale))
    {
        m_collator.setNumericMode(true);
        m_collator.setCaseSensitivity(Qt::CaseInsensitive);
    }
    [[nodiscard]] Entry entry(StringId id) const
    {
        const std::string_view text = m_pool.view(id);
        return {m_collator.sortKey(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))), id};
    }
    [[nodiscard]] bool less(const Entry& a, const Entry& b) const
    {
        const int order = a.key.compare(b.key);
        return order != 0 ? order < 0 : m_pool.view(a.id) < m_pool.view(b.id);
    }
    /// All of these texts in order.
    [[nodiscard]] std::vector<Entry> sorted(const std::vector<StringId>& ids) const
    {
        std::vector<Entry> entries;
        entries.reserve(ids.size());
        for (const StringId id : ids) {
            entries.push_back(entry(id));
        }
        std::sort(entries.begin(), entries.end(), [this](const Entry& a, const Entry& b) { return less(a, b); });
        return entries;
    }

private:
    const StringPool& m_pool;
    QCollator m_collator;
};

/// Texts of a pool: those ranked before, in that order, and those nobody has ranked yet.
struct SplitTexts {
    std::vector<StringId> known;
    std::vector<StringId> fresh;
};

SplitTexts splitTexts(const StringPool& pool, const RankedTexts* before)
{
    SplitTexts split;
    if (before != nullptr) {
        split.known.assign(before->pool.size(), 0);
    }
    for (StringId id = 1; id < pool.size(); ++id) {
        StringId was = 0;
        if (before != nullptr && before->pool.find(pool.view(id), was)) {
            split.known[before->ranks[was]] = id;
        } else {
            split.fresh.push_back(id);
        }
    }
    std::erase(split.known, StringId{0});
    return split;
}

} // namespace

CollationRanks collationRanks(const StringPool& pool, const QLocale& locale, const RankedTexts* before)
{
    if (before != nullptr && before->pool == pool) {
        return before->ranks;
    }
    SplitTexts split = splitTexts(pool, before);
    constexpr std::size_t kFew = 64;
    if (split.fresh.size() > kFew + split.known.size() / 16) { // placing each among the others would cost more
        split = splitTexts(pool, nullptr);
    }
    const TextOrder order(pool, locale);
    CollationRanks ranks;
    ranks.rank.assign(pool.size(), 0); // the empty text, handle 0, stays first
    std::uint32_t rank = 1;
    auto known = split.known.begin();
    for (const Entry& next : order.sorted(split.fresh)) {
        const auto place = std::lower_bound(known, split.known.end(), next, [&order](StringId id, const Entry& entry) {
            return order.less(order.entry(id), entry);
        });
        for (; known != place; ++known) {
            ranks.rank[*known] = rank++;
        }
        ranks.rank[next.id] = rank++;
    }
    for (; known != split.known.end(); ++known) {
        ranks.rank[*known] = rank++;
    }
    return ranks;
}

} // namespace tracedeck
