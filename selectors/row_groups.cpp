// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectors/row_groups.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

namespace tracedeck {
namespace {

constexpr std::size_t kFirstSlots = 256;

std::vector<std::uint32_t> displayOrder(const std::vector<GroupSeed>& seeds, GroupOrder order,
                                        const CollationRanks& ranks)
{
    std::vector<std::uint32_t> places(seeds.size());
    std::iota(places.begin(), places.end(), 0U);
    if (order == GroupOrder::Key) {
        std::sort(places.begin(), places.end(), [&](std::uint32_t a, std::uint32_t b) {
            return std::tie(seeds[a].keyText, seeds[a].identity) < std::tie(seeds[b].keyText, seeds[b].identity);
        });
        return places;
    }
    const auto sortKey = [&](const GroupSeed& seed) {
        const std::uint32_t rank = seed.labelId != 0 ? ranks[seed.labelId] : 0;
        return std::tuple(seed.label.empty(), rank, seed.label, seed.detail, std::string_view(seed.identity));
    };
    std::sort(places.begin(), places.end(),
              [&](std::uint32_t a, std::uint32_t b) { return sortKey(seeds[a]) < sortKey(seeds[b]); });
    return places;
}

} // namespace

GroupCodes::GroupCodes() : m_slots(kFirstSlots, 0)
{ }

std::size_t GroupCodes::slotOf(std::uint64_t code) const
{
    const std::size_t mask = m_slots.size() - 1;
    std::size_t slot = (code * 0x9E3779B97F4A7C15ULL) >> 32U & mask;
    while (m_slots[slot] != 0 && m_codes[m_slots[slot] - 1] != code) {
        slot = (slot + 1) & mask;
    }
    return slot;
}

std::uint32_t GroupCodes::numberOf(std::uint64_t code)
{
    const std::size_t slot = slotOf(code);
    if (m_slots[slot] != 0) {
        return m_slots[slot] - 1;
    }
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
    const std::vector<std::uint32_t> places = displayOrder(seeds, order, ranks);
    std::vector<std::uint32_t> placeOf(seeds.size());
    RowGroups result;
    result.groups.reserve(seeds.size());
    for (std::uint32_t place = 0; place < places.size(); ++place) {
        GroupSeed& seed = seeds[places[place]];
        placeOf[places[place]] = place;
        result.groups.push_back({makeGroupKey(seed.dimension, seed.identity), std::move(seed.keyText),
                                 std::string(seed.label), std::string(seed.detail)});
    }
    result.groupOf = std::move(groupOf);
    for (std::uint32_t& group : result.groupOf) {
        group = group == RowGroups::kNoGroup ? group : placeOf[group];
    }
    return result;
}

ArrangedRows arrangeByGroup(const RowIndexes& rows, const RowGroups& groups)
{
    ArrangedRows arranged;
    arranged.ends.assign(groups.groups.size(), 0);
    for (const std::uint32_t row : rows) {
        ++arranged.ends[groups.groupOf[row]];
    }
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
