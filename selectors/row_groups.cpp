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

/// Fills in key texts of seeds that were made without.
class KeyTexts {
public:
    KeyTexts(std::vector<GroupSeed>& seeds, const GroupKeyText& textOf) : m_seeds(seeds), m_textOf(textOf) { }

    const std::string& operator()(std::uint32_t seed) const
    {
        std::string& text = m_seeds[seed].group.keyText;
        if (text.empty() && m_textOf) {
            text = m_textOf(seed);
        }
        return text;
    }

private:
    std::vector<GroupSeed>& m_seeds;
    const GroupKeyText& m_textOf;
};

std::vector<Place> displayOrder(std::vector<GroupSeed>& seeds, GroupOrder order, const CollationRanks& ranks,
                                const KeyTexts& keyTexts)
{
    std::vector<Place> places(seeds.size());
    for (std::uint32_t i = 0; i < seeds.size(); ++i) {
        const std::uint64_t last = seeds[i].group.label.empty() ? std::uint64_t{1} << 32U : 0;
        places[i] = {last | (seeds[i].labelId != 0 ? ranks[seeds[i].labelId] : 0), i};
    }
    const auto byKey = [&](std::uint32_t a, std::uint32_t b) {
        return std::tie(keyTexts(a), seeds[a].group.key) < std::tie(keyTexts(b), seeds[b].group.key);
    };
    if (order == GroupOrder::Key) {
        std::for_each(places.begin(), places.end(), [&](const Place& place) { keyTexts(place.seed); });
        std::sort(places.begin(), places.end(), [&](const Place& a, const Place& b) { return byKey(a.seed, b.seed); });
        return places;
    }
    std::sort(places.begin(), places.end(), [&](const Place& a, const Place& b) {
        if (a.major != b.major) {
            return a.major < b.major;
        }
        const RowGroup& left = seeds[a.seed].group;
        const RowGroup& right = seeds[b.seed].group;
        const auto shown = std::tie(left.label, left.detail);
        const auto other = std::tie(right.label, right.detail);
        return shown != other ? shown < other : byKey(a.seed, b.seed);
    });
    return places;
}

} // namespace

GroupCodes::GroupCodes() : m_slots(kFirstSlots)
{ }

std::uint32_t GroupCodes::add(std::uint64_t code)
{
    const std::size_t slot = slotOf(code);
    m_codes.push_back(code);
    const auto number = static_cast<std::uint32_t>(m_codes.size());
    m_slots[slot] = {code, number};
    if (m_codes.size() * 4 > m_slots.size()) { // three of four stay free: hardly ever two codes meet
        grow();
    }
    return number - 1;
}

void GroupCodes::grow()
{
    m_slots.assign(m_slots.size() * 4, {});
    for (std::uint32_t number = 0; number < m_codes.size(); ++number) {
        m_slots[slotOf(m_codes[number])] = {m_codes[number], number + 1};
    }
}

RowGroups orderGroups(std::vector<GroupSeed> seeds, std::vector<std::uint32_t> groupOf, GroupOrder order,
                      const CollationRanks& ranks, const GroupKeyText& keyTextOf)
{
    const std::vector<Place> places = displayOrder(seeds, order, ranks, {seeds, keyTextOf});
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

} // namespace tracedeck
