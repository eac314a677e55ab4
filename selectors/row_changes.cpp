// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/row_changes.h"

#include "selectors/key_row_index.h"

#include <algorithm>
#include <cstddef>
#include <unordered_map>

namespace tracedeck {
namespace {

/// Texts of the earlier moment as handles of the later one, each looked up once; kUnknown = not there.
class EarlierTexts {
public:
    EarlierTexts(const StringPool& before, const StringPool& after)
        : m_before(before), m_after(after), m_known(before.size(), kUnasked)
    { }

    [[nodiscard]] StringId of(StringId id)
    {
        StringId& known = m_known[id];
        if (known == kUnasked && !m_after.find(m_before.view(id), known)) {
            known = kUnknown;
        }
        return known;
    }

private:
    static constexpr StringId kUnasked = std::numeric_limits<StringId>::max();
    static constexpr StringId kUnknown = kUnasked - 1;
    const StringPool& m_before;
    const StringPool& m_after;
    std::vector<StringId> m_known;
};

/// Both moments and what is worked out about them on the way.
class MarkComparison {
public:
    MarkComparison(const RowMarks& before, const RowMarks& after)
        : m_before(before), m_after(after), m_texts(before.texts, after.texts)
    {
        m_out.ofRow.assign(after.rows(), 0);
        m_out.earlierRow.assign(after.rows(), RowChanges::kNoRow);
        pairByKey();
        pairByName();
        for (std::size_t row = 0; row < after.rows(); ++row) {
            judge(row);
        }
        for (std::uint32_t row = 0; row < before.rows(); ++row) {
            if (!m_taken[row] && isWatched(after, m_texts.of(before.source[row]))) {
                m_out.gone.push_back(row);
            }
        }
    }
    [[nodiscard]] RowChanges take() { return std::move(m_out); }

private:
    static bool isWatched(const RowMarks& marks, StringId label)
    {
        return std::find(marks.watched.begin(), marks.watched.end(), label) != marks.watched.end();
    }

    void pairByKey()
    {
        m_taken.assign(m_before.rows(), false);
        const KeyRowIndex index(m_before.keys, 0, static_cast<std::uint32_t>(m_before.rows()));
        for (std::size_t row = 0; row < m_after.rows(); ++row) {
            const std::int32_t found = index.find(m_after.keys[row]);
            if (found != KeyRowIndex::kMissing) {
                pair(row, static_cast<std::uint32_t>(found));
            }
        }
    }

    void pair(std::size_t row, std::uint32_t earlier)
    {
        m_out.earlierRow[row] = earlier;
        m_taken[earlier] = true;
    }

    /// Only names that exactly one row lost and exactly one row got: anything else would be a guess.
    void pairByName()
    {
        struct Namesakes {
            std::uint32_t went = RowChanges::kNoRow;
            std::uint32_t came = RowChanges::kNoRow;
            bool several = false;
        };
        std::unordered_map<std::uint64_t, Namesakes> byName;
        for (std::uint32_t row = 0; row < m_before.rows(); ++row) {
            if (!m_taken[row]) {
                Namesakes& those = byName[m_before.names[row]];
                those.several = those.several || those.went != RowChanges::kNoRow;
                those.went = row;
            }
        }
        if (byName.empty()) {
            return;
        }
        for (std::uint32_t row = 0; row < m_after.rows(); ++row) {
            const auto found =
                m_out.earlierRow[row] == RowChanges::kNoRow ? byName.find(m_after.names[row]) : byName.end();
            if (found != byName.end()) {
                found->second.several = found->second.several || found->second.came != RowChanges::kNoRow;
                found->second.came = row;
            }
        }
        for (const auto& [name, those] : byName) {
            if (!those.several && those.came != RowChanges::kNoRow) {
                pair(those.came, those.went);
                m_out.ofRow[those.came] = kRowRestarted;
            }
        }
    }

    void judge(std::size_t row)
    {
        const std::uint32_t earlier = m_out.earlierRow[row];
        RowChangeSet& set = m_out.ofRow[row];
        if (earlier == RowChanges::kNoRow) {
            StringId label = 0;
            const bool known = m_before.texts.find(m_after.texts.view(m_after.source[row]), label);
            const bool told = known && isWatched(m_before, label);
            set = told ? kRowNew : 0;
            m_out.untold += told ? 0 : 1;
            return;
        }
        const auto differs = [&](const TextColumn RowMarks::*column) {
            const StringId was = (m_before.*column)[earlier];
            const StringId is = (m_after.*column)[row];
            return was != 0 && is != 0 && m_texts.of(was) != is;
        };
        const std::int64_t started = m_before.startedAtNs[earlier];
        const std::int64_t starts = m_after.startedAtNs[row];
        const bool anew = started != 0 && starts > started && starts - started > kStartToleranceNs;
        const bool again = m_before.restarts[earlier] >= 0 && m_after.restarts[row] > m_before.restarts[earlier];
        set |= anew || again ? kRowRestarted : 0;
        set |= differs(&RowMarks::place) ? kRowMoved : 0;
        set |= differs(&RowMarks::image) ? kRowImageChanged : 0;
        set |= m_before.state[earlier] != m_after.state[row] ? kRowStateChanged : 0;
    }

    const RowMarks& m_before;
    const RowMarks& m_after;
    EarlierTexts m_texts;
    RowChanges m_out;
    std::vector<bool> m_taken; ///< rows of the earlier moment that are still there
};

} // namespace

ChangeTally tallyOf(const std::vector<RowChangeSet>& changes)
{
    ChangeTally tally;
    for (const RowChangeSet set : changes) {
        tally.fresh += (set & kRowNew) != 0 ? 1 : 0;
        tally.gone += (set & kRowGone) != 0 ? 1 : 0;
        tally.restarted += (set & kRowRestarted) != 0 ? 1 : 0;
        tally.moved += (set & kRowMoved) != 0 ? 1 : 0;
        tally.image += (set & kRowImageChanged) != 0 ? 1 : 0;
        tally.state += (set & kRowStateChanged) != 0 ? 1 : 0;
    }
    return tally;
}

void addChangesToDigests(RowPlan& plan, const std::vector<RowChangeSet>& changes)
{
    constexpr std::uint64_t kSpread = 0x9E3779B185EBCA87ULL;
    for (std::size_t i = 0; i < plan.rows.size(); ++i) {
        if (!plan.rows[i].isGroup() && !plan.rows[i].isVanished() && plan.rows[i].index() < changes.size()) {
            plan.digests[i] ^= changes[plan.rows[i].index()] * kSpread;
        }
    }
}

RowChanges rowChanges(const RowMarks& before, const RowMarks& after)
{
    return MarkComparison(before, after).take();
}

} // namespace tracedeck
