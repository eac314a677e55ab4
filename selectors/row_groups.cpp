// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/row_groups.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace tracedeck {
namespace {

constexpr std::size_t kFirstSlots = 256;

/// What decides first, as a number: groups without a label last, then the rank of the label.
struct Place {
    std::uint64_t major = 0;
    std::uint32_t seed = 0;
};

std::vector<Place> displayOrder(const std::vector<GroupSeed>& seeds, GroupOrder order, const CollationRanks& ranks)
{
    std::vector<Place> places(seeds.size());
    for (std::uint32_t i = 0; i < seeds.size(); ++i) {
        const std::uint64_t last = seeds[i].group.label.empty() ? std::uint64_t{1} << 32U : 0;
        places[i] = {last | (seeds[i].labelId != 0 ? ranks[seeds[i].labelId] : 0), i};
    }
    if (order == GroupOrder::Key) {
        std::sort(places.begin(), places.end(), [&](const Place& a, const Place& b) {
            const RowGroup& left = seeds[a.seed].group;
            const RowGroup& right = seeds[b.seed].group;
            return std::tie(left.keyText, left.key) < std::tie(right.keyText, right.key);
        });
        return places;
    }
    std::sort(places.begin(), places.end(), [&](const Place& a, const Place& b) {
        if (a.major != b.major) {
            return a.major < b.major;
        }
        const RowGroup& left = seeds[a.seed].group;
        const RowGroup& right = seeds[b.seed].group;
        return std::tie(left.label, left.detail, left.keyText, left.key)
            < std::tie(right.label, right.detail, right.keyText, right.key);
    });
    return places;
}

} // namespace

GroupCodes::GroupCodes() : m_slots(kFirstSlots, 0)
{ }

std::uint32_t GroupCodes::add(std::uint64_t code)
{
    const std::size_t slot = slotOf(code);
    m_codes.push_back(code);
    const auto number = static_cast<std::uint32_t>(m_codes.size());
    m_slots[slot] = number;
    if (m_codes.size() * 2 > m_slots.size()) {
        grow();
    }
    return number - 1;
}

void GroupCodes::grow()
{
    m_slots.assign(m_slots.size() * 4, 0);
    for (std::uint32_t number = 0; number < m_codes.size(); ++number) {
        m_slots[slotOf(m_codes[number])] = number + 1;
    }
}

RowGroups orderGroups(std::vector<GroupSeed> seeds, std::vector<std::uint32_t> groupOf, GroupOrder order,
                      const CollationRanks& ranks)
{
    const std::vector<Place> places = displayOrder(seeds, order, ranks);
    std::vector<std::uint32_t> placeOf(seeds.size());
    RowGroups result;
    result.groups.reserve(seeds.size());
    for (std::uint32_t place = 0; place < places.size(); ++place) {
        placeOf[places[place].seed] = place;
        result.groups.push_back(std::move(seeds[places[place].seed].group));
    }
    result.groupOf = std::move(groupOf);
    for (std::uint32_t& group : result.groupOf) {
        group = group == RowGroups::kNoGroup ? group : placeOf[group];
    }
    return result;
}

ArrangedRows arrangeByGroup(const RowIndexes& rows, const RowGroups& groups)
{
    std::vector<std::uint32_t> counts(groups.groups.size());
    for (const std::uint32_t row : rows) {
        ++counts[groups.groupOf[row]];
    }
    return arrangeByGroup(rows, groups, std::move(counts));
}

ArrangedRows arrangeByGroup(const RowIndexes& rows, const RowGroups& groups, std::vector<std::uint32_t> counts)
{
    ArrangedRows arranged;
    arranged.ends = std::move(counts);
    std::uint32_t sum = 0;
    for (std::uint32_t& end : arranged.ends) {
        sum += std::exchange(end, sum); // starts for now, moved to the ends by the scatter below
    }
    arranged.rows.resize(rows.size());
    for (const std::uint32_t row : rows) {
        arranged.rows[arranged.ends[groups.groupOf[row]]++] = row;
    }
    return arranged;
}

} // namespace tracedeck
